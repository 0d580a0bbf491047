import { type DomainEvent, type EventType, evolve } from './event.ts';
import { kinds } from './events/index.ts';
import type { NodeId } from './ids.ts';
import type { StoryState } from './state/story.ts';

/**
 * Whether a slice hangs on words that were said. The others stand as they were first derived; the turns
 * hang on nothing but themselves.
 */
export const HANGS_ON_WORDS: Readonly<Record<keyof StoryState, boolean>> = {
  cast: false,
  places: false,
  activities: false,
  relationships: true,
  clock: false,
  weather: false,
  scene: false,
  at: false,
  summaries: true,
  summarized: true,
  pins: true,
  met: false,
  turns: false,
};

/** The kinds that are folded again when words change. */
export const MENDING_KINDS: readonly EventType[] = kinds.flatMap((kind) =>
  'mends' in kind && kind.mends ? [kind.type] : [],
);
const mending: ReadonlySet<string> = new Set(MENDING_KINDS);

/** What has changed at earlier nodes since a state was kept. */
export interface Unseen {
  readonly nodes: readonly NodeId[];
  /** Whether more may have changed with them than what hangs on words. */
  readonly whole: boolean;
}

/** Whether a kept state must be folded whole: a turn that it shows has changed, or the world has. */
export const isWhole = (state: StoryState, { nodes, whole }: Unseen): boolean =>
  whole || state.turns.some(({ node }) => nodes.includes(node));

/** Folds what counts at a node into the slices that hang on words; the others mean nothing in it. */
export const evolveSlices = (before: StoryState, counting: readonly DomainEvent[]): StoryState =>
  counting.reduce(
    (state, event) => (mending.has(event.type) ? evolve<'either'>(state, event) : state),
    before,
  );

/** A kept state with the slices that were folded anew. */
export function mended(kept: StoryState, folded: StoryState): StoryState {
  const state: Record<string, unknown> = { ...folded };
  for (const [slice, hangs] of Object.entries(HANGS_ON_WORDS)) {
    if (!hangs) state[slice] = kept[slice as keyof StoryState];
  }
  return state as unknown as StoryState;
}
