import type { EntityId } from '../ids.ts';
import {
  type KnownFact,
  type Relationship,
  relationshipKey,
  relationshipOf,
  type Scores,
} from '../state/relationships.ts';
import type { StoryState } from '../state/story.ts';
import { markOf } from './mark.ts';
import type { Eyes } from './viewpoint.ts';

/** How one stands to another, as far as these eyes know. */
export interface RelationshipSeen {
  readonly from: EntityId;
  readonly to: EntityId;
  readonly fromName: string;
  readonly toName: string;
  /** Whether nothing has passed between them yet. */
  readonly isNew: boolean;
  /** Null where those who look know different ones. */
  readonly scores: Scores | null;
  readonly summary: string;
  /** Oldest first, each with the mark that an edit of it names. */
  readonly facts: readonly { readonly text: string; readonly mark: string }[];
}

/**
 * Relationships between those whom all of them have met. Facts and summaries are shown to whoever
 * perceived all that they were made from; scores as who looks knows them, which leaves out what a
 * whisper, or a scene that they were not in, did to them. Who came later finds scores as they stand then.
 */
export const relationshipsView = (story: StoryState, eyes: Eyes): RelationshipSeen[] =>
  Object.values(story.relationships)
    .filter(({ from, to }) => eyes.met(from) && eyes.met(to))
    .map((each) => relationshipSeen(story, each, eyes));

/** How one stands to another, whether anything has passed between them or not; null for who is not met. */
export function relationshipBetween(
  story: StoryState,
  from: EntityId,
  to: EntityId,
  eyes: Eyes,
): RelationshipSeen | null {
  const known = [from, to].every((each) => story.cast[each] !== undefined && eyes.met(each));
  return known && from !== to
    ? relationshipSeen(story, relationshipOf(story, from, to), eyes)
    : null;
}

function relationshipSeen(
  story: StoryState,
  relationship: Relationship,
  eyes: Eyes,
): RelationshipSeen {
  const { from, to, summary, summaryKnownTo, facts } = relationship;
  return {
    from,
    to,
    fromName: story.cast[from]?.name ?? '',
    toName: story.cast[to]?.name ?? '',
    isNew: story.relationships[relationshipKey(from, to)] === undefined,
    scores: scoresSeen(relationship, eyes),
    summary: eyes.knows(summaryKnownTo) ? summary : '',
    facts: factsSeen(facts, eyes).map(({ text }) => ({ text, mark: markOf(text) })),
  };
}

const factsSeen = (facts: readonly KnownFact[], eyes: Eyes): KnownFact[] =>
  facts.filter(({ knownTo }) => eyes.knows(knownTo));

export function scoresSeen({ affinity, trust, seen }: Relationship, eyes: Eyes): Scores | null {
  const known = eyes.of.map((person) => seen[person] ?? { affinity, trust });
  const [first = { affinity, trust }] = known;
  const same = known.every(
    (each) => each.affinity === first.affinity && each.trust === first.trust,
  );
  return same ? first : null;
}
