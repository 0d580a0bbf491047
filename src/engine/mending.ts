import { type DomainEvent, type EventType, evolve } from './event.ts';
import type { NodeId } from './ids.ts';
import type { StoryState } from './state/story.ts';

/**
 * The kinds that can change what hangs on words that were said: relationships, pins and summaries;
 * and who is there to have them. `mending.test.ts` fails when one is missing.
 */
export const MENDING_KINDS: readonly EventType[] = [
  'EntityEntered',
  'CharacterReset',
  'RelationshipSeeded',
  'RelationshipShifted',
  'RelationshipSummarized',
  'RelationshipSet',
  'SceneSummarized',
  'MemoryWritten',
  'MemoryRated',
  'MemoryPinned',
  'MemoryUnpinned',
  'MemoryRevised',
  'MemoryForgotten',
];
const kinds: ReadonlySet<string> = new Set(MENDING_KINDS);

/** What has changed at earlier nodes since a state was kept. */
export interface Unseen {
  readonly nodes: readonly NodeId[];
  /** Whether more than relationships, pins and summaries may have changed with them. */
  readonly whole: boolean;
}

/** Whether a kept state must be folded whole: a turn that it shows has changed, or the world has. */
export const isWhole = (state: StoryState, { nodes, whole }: Unseen): boolean =>
  whole || state.turns.some(({ node }) => nodes.includes(node));

/** Folds what counts at a node into the slices that hang on words; the others mean nothing in it. */
export const evolveSlices = (before: StoryState, counting: readonly DomainEvent[]): StoryState =>
  counting.reduce(
    (state, event) => (kinds.has(event.type) ? evolve<'either'>(state, event) : state),
    before,
  );

/** A kept state with the slices that were folded anew. */
export const mended = (
  kept: StoryState,
  { relationships, pins, summaries }: StoryState,
): StoryState => ({ ...kept, relationships, pins, summaries });
