import { type EntityId, isCharacter, type NodeId } from '../ids.ts';
import type { KnownTo, StoryState } from './story.ts';

/** How one entity stands to another. */
export interface Relationship {
  readonly from: EntityId;
  readonly to: EntityId;
  /** 0 to 100. */
  readonly affinity: number;
  readonly trust: number;
  readonly summary: string;
  readonly summaryKnownTo: KnownTo;
  /** The node that the summary was written at; null for one that the story began with. */
  readonly summarizedAt: NodeId | null;
  /** What `from` knows of `to`, oldest first; at most {@link KEPT_FACTS}. */
  readonly facts: readonly KnownFact[];
  /** The node of the last interaction. */
  readonly last: NodeId | null;
  /** The scores as people know them who missed some of what changed them; others know them as they are. */
  readonly seen: Readonly<Record<EntityId, Scores>>;
}

export type Scores = Pick<Relationship, 'affinity' | 'trust'>;

export interface KnownFact {
  readonly text: string;
  readonly knownTo: KnownTo;
  /** Where it was learned. */
  readonly node: NodeId | null;
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
    summaryKnownTo: null,
    summarizedAt: null,
    facts: [],
    last: null,
    seen: {},
  };

/** Applies a change, its scores kept within 0 to 100 and the newest facts within their number. */
export function withRelationship(
  state: StoryState,
  from: EntityId,
  to: EntityId,
  change: (before: Relationship) => Partial<Relationship>,
): StoryState {
  const before = relationshipOf(state, from, to);
  const changes = change(before);
  const after: Relationship = {
    ...before,
    ...changes,
    affinity: inRange(changes.affinity ?? before.affinity),
    trust: inRange(changes.trust ?? before.trust),
    facts: changes.facts === undefined ? before.facts : keptFacts(changes.facts),
  };
  return {
    ...state,
    relationships: { ...state.relationships, [relationshipKey(from, to)]: after },
  };
}

/** Of the same fact learned twice, the first. */
const keptFacts = (facts: readonly KnownFact[]): KnownFact[] =>
  facts
    .filter(({ text }, at) => facts.findIndex((each) => each.text === text) === at)
    .slice(-KEPT_FACTS);

/** What becomes of a standing by something that not everyone witnessed. */
export function shifted(
  before: Relationship,
  { affinity, trust }: Scores,
  knownTo: KnownTo,
  cast: StoryState['cast'],
): Pick<Relationship, 'affinity' | 'trust' | 'seen'> {
  const moved = (at: Scores): Scores => ({
    affinity: inRange(at.affinity + affinity),
    trust: inRange(at.trust + trust),
  });
  const after = moved(before);
  const seen: Record<EntityId, Scores> = {};
  for (const entity of Object.keys(cast)) {
    if (isCharacter(entity)) continue;
    const knew = before.seen[entity] ?? before;
    const knows = knownTo === null || knownTo.includes(entity) ? moved(knew) : knew;
    if (knows.affinity === after.affinity && knows.trust === after.trust) continue;
    seen[entity] = { affinity: knows.affinity, trust: knows.trust };
  }
  return { ...after, seen };
}

const inRange = (score: number): number => Math.min(100, Math.max(0, score));
