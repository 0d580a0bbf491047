import type { EntityId, NodeId } from '../ids.ts';
import type { StoryState } from './story.ts';

/** How one entity stands to another. */
export interface Relationship {
  readonly from: EntityId;
  readonly to: EntityId;
  /** 0 to 100. */
  readonly affinity: number;
  readonly trust: number;
  readonly summary: string;
  /** The node that the summary was written at; null for one that the story began with. */
  readonly summarizedAt: NodeId | null;
  /** What `from` knows of `to`, oldest first; at most {@link KEPT_FACTS}. */
  readonly facts: readonly string[];
  /** The node of the last interaction. */
  readonly last: NodeId | null;
}

const START = 50;
export const KEPT_FACTS = 20;

export const relationshipKey = (from: EntityId, to: EntityId): string => `${from}>${to}`;

/** How `from` stands to `to`; a stranger's standing where nothing is known. */
export const relationshipOf = (state: StoryState, from: EntityId, to: EntityId): Relationship =>
  state.relationships[relationshipKey(from, to)] ?? {
    from,
    to,
    affinity: START,
    trust: START,
    summary: '',
    summarizedAt: null,
    facts: [],
    last: null,
  };

/** Applies a change, its scores kept within 0 to 100 and the newest facts within their number. */
export function withRelationship(
  state: StoryState,
  from: EntityId,
  to: EntityId,
  change: (before: Relationship) => Partial<Relationship>,
): StoryState {
  const before = relationshipOf(state, from, to);
  const after = { ...before, ...change(before) };
  const kept = {
    ...after,
    affinity: inRange(after.affinity),
    trust: inRange(after.trust),
    facts:
      after.facts === before.facts ? before.facts : [...new Set(after.facts)].slice(-KEPT_FACTS),
  };
  return {
    ...state,
    relationships: { ...state.relationships, [relationshipKey(from, to)]: kept },
  };
}

const inRange = (score: number): number => Math.min(100, Math.max(0, score));
