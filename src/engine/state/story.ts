import type { EntityId, NodeId, PlaceId } from '../ids.ts';
import type { Segment } from '../segments.ts';
import type { Sheet } from '../sheet.ts';

/** The state of a story at one node: immutable and bounded (DESIGN 3). */
export interface StoryState {
  readonly cast: Readonly<Record<EntityId, CastMember>>;
  readonly places: Readonly<Record<PlaceId, Place>>;
  readonly scene: Scene | null;
  /** The last turns of the line, oldest first. */
  readonly turns: readonly Turn[];
}

export interface CastMember {
  readonly entity: EntityId;
  readonly name: string;
  /** A character's sheet as it was when it entered; null for a person. */
  readonly sheet: Sheet | null;
}

export interface Place {
  readonly name: string;
}

export interface Scene {
  readonly place: PlaceId;
  /** Story time in words, until the clock takes over. */
  readonly time: string;
  readonly opening: string;
  readonly participants: readonly EntityId[];
}

export type Turn = UserTurn | ReplyTurn;

export interface UserTurn {
  readonly kind: 'user';
  readonly node: NodeId;
  readonly by: EntityId;
  readonly segments: readonly Segment[];
  readonly quote: Quote | null;
  readonly attachments: readonly Attachment[];
}

export interface ReplyTurn {
  readonly kind: 'reply';
  readonly node: NodeId;
  readonly by: EntityId;
  /** The user turns that it answers; none for a greeting. */
  readonly answers: readonly NodeId[];
  /** The reply that it goes on from, in the same message; null for one of its own. */
  readonly continues: NodeId | null;
  readonly status: 'streaming' | 'complete' | 'failed';
  readonly text: string;
  readonly truncated: boolean;
}

/** What a Discord reply quotes. */
export interface Quote {
  readonly by: string;
  readonly text: string;
}

export interface Attachment {
  readonly name: string;
  /** Media type, where Discord knew it. */
  readonly type: string | null;
  /** Bytes. */
  readonly size: number;
}

export const emptyStory: StoryState = { cast: {}, places: {}, scene: null, turns: [] };

/** How many turns of the line a state holds (DESIGN 3). */
export const KEPT_TURNS = 40;
/** Turns that wait for an answer are held beyond that, so that a burst is answered together. */
export const KEPT_WAITING = 200;

export function withTurn(state: StoryState, turn: Turn): StoryState {
  const turns = [...state.turns, turn];
  if (turns.length <= KEPT_TURNS) return { ...state, turns };
  const answered = turns.findLastIndex((each) => each.kind === 'reply' && each.status !== 'failed');
  const waiting = turns.length - answered - 1;
  return { ...state, turns: turns.slice(-Math.min(Math.max(KEPT_TURNS, waiting), KEPT_WAITING)) };
}

/** Replaces what a reply's results changed; a reply older than the kept turns changes nothing here. */
export const withReply = (
  state: StoryState,
  node: NodeId | null,
  change: Partial<Omit<ReplyTurn, 'kind' | 'node'>>,
): StoryState => ({
  ...state,
  turns: state.turns.map((turn) =>
    turn.kind === 'reply' && turn.node === node ? { ...turn, ...change } : turn,
  ),
});
