import type { EntityId, NodeId, PlaceId } from '../ids.ts';
import type { SelfPortrait } from '../persona.ts';
import type { Segment } from '../segments.ts';
import type { Sheet } from '../sheet.ts';
import type { Activity, MemoryKey, Place } from '../world.ts';
import type { Relationship } from './relationships.ts';
import type { SceneSummary, SummaryMark } from './summaries.ts';

/** Who could know of something: they perceived all that it was made from. Null for everyone. */
export type KnownTo = readonly EntityId[] | null;

/** The state of a story at one node: immutable and bounded (DESIGN 3). */
export interface StoryState {
  readonly cast: Readonly<Record<EntityId, CastMember>>;
  readonly places: Readonly<Record<PlaceId, Place>>;
  readonly activities: Readonly<Record<EntityId, Activity>>;
  /** By `relationshipKey(from, to)`. */
  readonly relationships: Readonly<Record<string, Relationship>>;
  readonly clock: StoryClock;
  readonly weather: string | null;
  readonly scene: Scene | null;
  /** Where the newest scene was opened: who comes in comes there. */
  readonly at: PlaceId | null;
  /** The newest scene summaries of each owner, oldest first. */
  readonly summaries: Readonly<Record<EntityId, readonly SceneSummary[]>>;
  /** What the newest derived summaries of each owner came to. */
  readonly summarized: Readonly<Record<EntityId, SummaryMark>>;
  /** At most {@link MAX_PINS} of each character. */
  readonly pins: Readonly<Record<EntityId, readonly Pin[]>>;
  /** Whom each entity has seen or heard do anything. */
  readonly met: Readonly<Record<EntityId, readonly EntityId[]>>;
  /** The last turns of the line, oldest first. */
  readonly turns: readonly Turn[];
}

export interface CastMember {
  readonly entity: EntityId;
  readonly name: string;
  /** A character's sheet as it plays here; null for a person. */
  readonly sheet: Sheet | null;
  /** Of the sheet; null for a person. */
  readonly revision: number | null;
  /** What a person says of themselves; null for who said nothing, and for a character. */
  readonly persona: SelfPortrait | null;
  readonly present: boolean;
  /** The node of its last reset: nothing that it witnessed before is remembered. */
  readonly resetAt: NodeId | null;
}

/** Story time: minutes since an anchor in words, such as "Day 1 = the first frost". */
export interface StoryClock {
  readonly anchor: string | null;
  readonly minutes: number;
}

export interface Scene {
  /** The node that opened it. */
  readonly id: NodeId;
  readonly place: PlaceId;
  /** Story time in words, as the scene opened. */
  readonly time: string;
  readonly opening: string;
  readonly participants: readonly EntityId[];
  /** Minutes of the story's clock. */
  readonly startedAt: number;
}

export interface Pin {
  readonly memory: MemoryKey;
  readonly significance: number;
  /** Pinned by hand: never gives way. */
  readonly byHand: boolean;
}

export type Turn = UserTurn | ReplyTurn;

interface AnyTurn {
  readonly node: NodeId;
  readonly by: EntityId;
  /** Who alone it was meant for: a whisper, and the answer to one; null for everyone near. */
  readonly to: EntityId | null;
  /** Everyone who perceived it, by the presence that held there, whoever it is by included. */
  readonly witnesses: readonly EntityId[];
  /** Characters who were reset since: it is not theirs any more. */
  readonly hiddenFrom?: readonly EntityId[];
}

export interface UserTurn extends AnyTurn {
  readonly kind: 'user';
  readonly segments: readonly Segment[];
  readonly quote: Quote | null;
  readonly attachments: readonly Attachment[];
}

export interface ReplyTurn extends AnyTurn {
  readonly kind: 'reply';
  /** The user turns that it answers; none for a greeting. */
  readonly answers: readonly NodeId[];
  /** The reply that it goes on from, in the same message; null for one of its own. */
  readonly continues: NodeId | null;
  readonly status: 'streaming' | 'complete' | 'failed';
  readonly text: string;
  readonly truncated: boolean;
  /** A person stopped it, and with it everyone who was to answer after it. */
  readonly stopped: boolean;
}

/** What a Discord reply quotes. */
export interface Quote {
  readonly by: string;
  readonly text: string;
  /** The turn whose words they are; null for what is no turn of a story. */
  readonly node: NodeId | null;
  /** Whose words they are; null where that is not known. */
  readonly entity: EntityId | null;
}

export interface Attachment {
  readonly name: string;
  /** Media type, where Discord knew it. */
  readonly type: string | null;
  /** Bytes. */
  readonly size: number;
  /** Where a model that can see finds it; null for what it has no use for. */
  readonly url: string | null;
}

export const emptyStory: StoryState = {
  cast: {},
  places: {},
  activities: {},
  relationships: {},
  clock: { anchor: null, minutes: 0 },
  weather: null,
  scene: null,
  at: null,
  summaries: {},
  summarized: {},
  pins: {},
  met: {},
  turns: [],
};

/** How many turns of the line a state holds (DESIGN 3). */
export const KEPT_TURNS = 40;
/** Turns that wait for an answer are held beyond that, so that a burst is answered together. */
export const KEPT_WAITING = 200;

export function withTurn(before: StoryState, turn: Turn): StoryState {
  const state = withMeeting(before, turn);
  const turns = [...state.turns, turn];
  const answered = turns.findLastIndex((each) => each.kind === 'reply' && each.status !== 'failed');
  const waiting = turns.length - answered - 1;
  const kept = Math.min(Math.max(KEPT_TURNS, waiting), KEPT_WAITING);
  if (turns.length > kept) turns.splice(0, turns.length - kept);
  return { ...state, turns };
}

/** Whoever perceives a turn has met whom it is by. */
function withMeeting(state: StoryState, { by, witnesses }: Turn): StoryState {
  const strangers = witnesses.filter((each) => each !== by && !state.met[each]?.includes(by));
  if (strangers.length === 0) return state;
  const met = { ...state.met };
  for (const each of strangers) met[each] = [...(met[each] ?? []), by];
  return { ...state, met };
}

/** Replaces what a reply's results changed; a reply older than the kept turns changes nothing here. */
export const withReply = (
  state: StoryState,
  node: NodeId | null,
  change: Partial<Omit<ReplyTurn, 'kind' | 'node'>>,
): StoryState => {
  const index = state.turns.findLastIndex((turn) => turn.node === node);
  const turn = state.turns[index];
  if (turn?.kind !== 'reply') return state;
  return { ...state, turns: state.turns.with(index, { ...turn, ...change }) };
};

export const withMember = (
  state: StoryState,
  entity: EntityId,
  change: Partial<Omit<CastMember, 'entity'>>,
): StoryState => {
  const member = state.cast[entity];
  if (member === undefined) return state;
  return { ...state, cast: { ...state.cast, [entity]: { ...member, ...change } } };
};
