import type { Chat } from '../engine/chat.ts';
import type { Source } from '../engine/defineEvent.ts';
import type { DomainEvent } from '../engine/event.ts';
import type { Actor, ChatId, EntityId, HomeId, NodeId, Stream } from '../engine/ids.ts';
import type { KickoffCard } from '../engine/kickoff/kickoffCard.ts';
import type { Unseen } from '../engine/mending.ts';
import type { Archive, StoryNode, Stretch } from '../engine/node.ts';
import type { Receipt } from '../engine/prompt/assemblePrompt.ts';
import type { Found } from '../engine/retrieval/rank.ts';
import type { Sheet } from '../engine/sheet.ts';
import type { Binding, FrameState } from '../engine/state/frame.ts';
import type { StoryState } from '../engine/state/story.ts';
import type { MemoryKey } from '../engine/world.ts';
import type { ClassifierFailure } from './classifier.ts';
import type { PanelLog } from './panels.ts';

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Opaque ids, unique across every chat. */
export type NewId = () => string;

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Everything that one command writes: it is committed in one transaction, or not at all. */
export interface UnitOfWork {
  readonly stream: Stream;
  /** Version that the stream must be at. */
  readonly expected: number;
  /** Recorded once per stream; the same id again gives the first result and writes nothing. */
  readonly command: string;
  readonly actor: Actor;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly events: readonly DomainEvent[];
  readonly rows?: readonly Row[];
  readonly jobs?: readonly JobChange[];
}

/** A change to a read model; what concerns a chat is of the unit's own. */
export type Row =
  /** The chat exists, in the family of the chat that the story began in. */
  | { readonly table: 'chat'; readonly root: ChatId }
  | ({ readonly table: 'node' } & Pick<StoryNode, 'parent' | 'stretch' | 'position'> & {
        readonly node: NodeId;
      })
  | ({ readonly table: 'storyline' } & Pick<FrameState, 'home' | 'name' | 'owner' | 'archived'>)
  | { readonly table: 'participant'; readonly entity: EntityId; readonly name: string }
  | { readonly table: 'head'; readonly node: NodeId | null }
  | {
      readonly table: 'line';
      readonly remove: readonly NodeId[];
      readonly put: readonly Stretch[];
    }
  | {
      readonly table: 'turn';
      readonly node: NodeId;
      readonly by: EntityId;
      readonly kind: 'user' | 'reply';
      readonly text: string;
    }
  /** The Discord message that a person's turn was; null where there is none of this id. */
  | { readonly table: 'message'; readonly message: string; readonly node: NodeId | null }
  /** Replaces everything that is remembered from, or was done to memories at, a node. */
  | {
      readonly table: 'memories';
      readonly node: NodeId;
      readonly stretch: NodeId;
      readonly position: number;
      /** The chat that the story began in. */
      readonly root: ChatId;
      readonly memories: readonly MemoryRow[];
    }
  /** What was remembered from an older revision of a node's words is gone, on every line. */
  | { readonly table: 'words'; readonly node: NodeId; readonly revision: number }
  | { readonly table: 'save'; readonly name: string; readonly node: NodeId }
  /** Snapshots that something at an earlier node has changed since. */
  | {
      readonly table: 'outdate';
      readonly snapshots: readonly NodeId[];
      readonly unseen: Unseen;
    }
  | { readonly table: 'binding'; readonly chat: ChatId; readonly channel: string | null }
  /** What someone played, besides what is counted for that day already. */
  | ({
      readonly table: 'usage';
      readonly home: HomeId;
      readonly person: EntityId;
      /** In UTC: "2026-11-21". */
      readonly day: string;
    } & Spent)
  | {
      readonly table: 'asset';
      readonly hash: string;
      readonly type: string;
      readonly bytes: Uint8Array;
    };

/** Messages that a person wrote into stories, and tokens of the replies to them. */
export interface Spent {
  readonly turns: number;
  readonly tokens: number;
}

/** A memory as it was written, or what was done to one at a node. */
export interface MemoryRow {
  readonly memory: MemoryKey;
  /** Null where the text was not changed. */
  readonly text: string | null;
  readonly forgotten: boolean;
  /** Null where it was not rated. */
  readonly significance: number | null;
  /** Everyone who may find it. */
  readonly witnesses: readonly EntityId[];
  /** The node that opened its scene; null where it is not known, and for what was done to a memory. */
  readonly scene: NodeId | null;
  /** Minutes of the story's clock; null for what was done to a memory. */
  readonly storyTime: number | null;
  readonly sources: readonly Source[];
}

/** A memory as it reads on a line. */
export interface Remembered {
  readonly memory: MemoryKey;
  readonly text: string;
  readonly significance: number;
}

/** A chat as the store keeps it, to be loaded without its story. */
export interface StoredChat {
  /** The chat that the story began in. */
  readonly root: ChatId;
  readonly version: number;
  readonly head: NodeId | null;
  /** The newest frame that was kept, and its version; null where none is usable. */
  readonly frame: { readonly version: number; readonly state: FrameState } | null;
}

/** A story as a list shows it. */
export interface Storyline extends Pick<FrameState, 'name' | 'owner' | 'archived'> {
  readonly chat: ChatId;
  /** Where it is played; null for one that waits. */
  readonly channel: string | null;
  /** Everyone who ever took part, characters and people. */
  readonly participants: readonly { readonly entity: EntityId; readonly name: string }[];
  /** When something was last said in it; ISO 8601, UTC. */
  readonly playedAt: string;
}

/** What the log makes of the read models of a chat. */
export interface Written {
  readonly chat: ChatId;
  readonly rows: readonly Row[];
}

/** Writing the read models anew. */
export interface Rebuilding {
  /** Whether other code wrote them. */
  isDue(): boolean;
  /** The chats of the log, the oldest first. */
  chats(): ChatId[];
  /** Empties them. */
  clear(): void;
  /** Writes those of some chats, in one transaction. */
  write(written: readonly Written[]): void;
  /** All are written. */
  done(): void;
}

/** A snapshot that is not right any more, and why. */
export interface Outdated {
  readonly node: NodeId;
  readonly state: StoryState;
  readonly unseen: Unseen;
}

/** Work that must be done once, even when the process dies before it is. */
export interface Job {
  readonly kind: 'answer' | 'deliver' | 'show' | 'digest' | 'summary' | 'room' | 'whisper';
  readonly chat: ChatId;
  /** The reply to deliver; for an answer, nothing. */
  readonly node: NodeId | null;
}

export type JobChange = { readonly add: Job } | { readonly done: Job };

/** A job that is not given up. */
export interface OwedJob extends Job {
  /** Milliseconds since 1970 from which it may be taken. */
  readonly due: number;
}

/** A job that someone works on until its lease ends. */
export interface ClaimedJob extends Job {
  /** Counts from 1. */
  readonly attempt: number;
}

export interface Committed {
  readonly events: readonly DomainEvent[];
  /** The command was recorded before: these are the events of that first time. */
  readonly repeated: boolean;
}

export interface Store {
  /** @throws {ConcurrencyError} when the stream is not at the expected version; nothing is written. */
  commit(unit: UnitOfWork): Committed;
  /** The events of a stream, oldest first. */
  load(stream: Stream): DomainEvent[];
  /** The events that a command wrote; null when the stream has not recorded it. */
  recorded(stream: Stream, command: string): DomainEvent[] | null;
  /** Frame events of a chat after a version: few, however long its story is. */
  frameEvents(chat: ChatId, after: number): DomainEvent[];
  /** Null for a chat that does not exist. */
  chat(chat: ChatId): StoredChat | null;
  /** The chats of a story, its root first. */
  family(root: ChatId): ChatId[];
  /** The stories of a home, the last played first. */
  storylines(home: HomeId): Storyline[];
  readonly archive: Archive;
  readonly rebuilding: Rebuilding;
  /** Keeps a state, and the frame with it. */
  keep(chat: Chat, node: NodeId): void;
  /** Nodes with a snapshot at or after a position, in all chats of a story. */
  snapshotsFrom(root: ChatId, position: number): NodeId[];
  /** The earliest snapshot of a story that is not right any more; null when all are. */
  outdated(root: ChatId): Outdated | null;
  /** Puts a snapshot right. */
  mend(node: NodeId, state: StoryState): void;
  /** The node at a position of a stretch. */
  nodeAt(stretch: NodeId, position: number): NodeId | null;
  /** Where a name stands in a story and its branches; null for an unknown name. */
  saveOf(root: ChatId, name: string): NodeId | null;
  /** The last turns of a chat's line, oldest first. */
  transcript(chat: ChatId, limit: number): { readonly node: NodeId; readonly text: string }[];
  /**
   * What `owner` remembers on a chat's line, the best matches first; without words, all of it in the
   * order of the line.
   * @param after only what was witnessed after this position (a reset); -1 for all.
   */
  memories(
    chat: ChatId,
    owner: EntityId,
    search: {
      readonly words: readonly string[] | null;
      readonly after: number;
      readonly limit: number;
    },
  ): Remembered[];
  /**
   * What `owner` remembers on a chat's line by words, and what it remembers beside that, in the order of
   * the line. Words that match more than can be weighed give way to the rarer ones, then to the newest.
   * @param after only what was witnessed after this position (a reset); -1 for all.
   */
  nearMemories(
    chat: ChatId,
    owner: EntityId,
    search: { readonly words: readonly string[]; readonly after: number },
  ): Found[];
  /**
   * What `owner` remembers on a chat's line that means nearly the same as something else, the nearest
   * first; only what has a vector of the same model by now, and of that the newest 4,000.
   * @param after only what was witnessed after this position (a reset); -1 for all.
   */
  alikeMemories(
    chat: ChatId,
    owner: EntityId,
    search: { readonly meaning: Meaning; readonly after: number },
  ): Found[];
  readonly vectors: MemoryVectors;
  /** A memory as it reads on a chat's line; null where it is not there, or not after a position. */
  memory(chat: ChatId, key: MemoryKey, after: number): Remembered | null;
  /**
   * What `owner` remembers on a chat's line and all of some people witnessed, too: the last written
   * first, or the best matches of some words.
   * @param after only what was witnessed after this position (a reset); -1 for all.
   */
  memoryPage(
    chat: ChatId,
    owner: EntityId,
    page: {
      readonly words: readonly string[] | null;
      readonly after: number;
      readonly viewers: readonly EntityId[];
      readonly offset: number;
      readonly limit: number;
    },
  ): Remembered[];
  /** The steps of a chat's line that people made by hand, the newest first. */
  edits(chat: ChatId, page: { readonly offset: number; readonly limit: number }): NodeId[];
  chatIn(channel: string): ChatId | null;
  /** What was played in a home on a day, by one person or by everyone. @param day see the row `usage` */
  spent(home: HomeId, person: EntityId | null, day: string): Spent;
  /** The turn that a person's message was, however old; null for one that is in no story. */
  turnOfMessage(message: string): { readonly chat: ChatId; readonly node: NodeId } | null;
  jobs(): Job[];
  finish(job: Job): void;
  /** The oldest job of a kind that is due, for `lease` milliseconds; null when there is none. */
  claim(kind: Job['kind'], now: number, lease: number): ClaimedJob | null;
  /** Adds jobs that no unit of work causes; one that is there already stays as it is. */
  enqueue(jobs: readonly Job[]): void;
  /** What is owed of some kinds, in the order in which it was added. */
  owed(kinds: readonly Job['kind'][]): OwedJob[];
  /** Takes one job for `lease` milliseconds; null when it is not due, or gone. */
  take(job: Job, now: number, lease: number): ClaimedJob | null;
  /**
   * Nobody works on jobs of these kinds any more: whoever did has ended. All of them are due, and those
   * that were given up get another chance.
   */
  release(kinds: readonly Job['kind'][]): void;
  /** A job failed: it is due again later, and later each time, until it is given up. */
  putBack(job: Job, now: number, error: string): void;
  /** Jobs that were given up. */
  deadJobs(): (Job & { readonly error: string })[];
  asset(hash: string): { readonly type: string; readonly bytes: Uint8Array } | null;
  /** True the first time that it is asked about a notice, ever. */
  firstTime(notice: string): boolean;
  /** Keeps the newest 200 failures of the classifier. */
  noteClassifierFailure(failure: ClassifierFailure): void;
  /** The newest first. */
  classifierFailures(limit: number): ClassifierFailure[];
  readonly deliveries: DeliveryLog;
  readonly shown: ShownLine;
  readonly panels: PanelLog;
  readonly drafts: Drafts;
  readonly receipts: ReceiptLog;
  close(): void;
}

/** What some words mean, to an embeddings model. */
export interface Meaning {
  readonly model: string;
  /** Of length 1. */
  readonly vector: Float32Array;
}

/** What memories mean: goes with the memory, and is made again where it is missing. */
export interface MemoryVectors {
  /**
   * Some of what has no vector of a model yet, often none though there is more; null when nothing is left
   * to look through.
   */
  missing(model: string, limit: number): { readonly id: number; readonly text: string }[] | null;
  /** Keeps vectors; that of a memory which says something else by now is dropped. */
  put(
    model: string,
    found: readonly { readonly id: number; readonly text: string; readonly vector: Float32Array }[],
  ): void;
}

/** What people have begun to fill in and not yet confirmed: kept for a week after the last touch. */
export interface Drafts {
  /** @param content as JSON takes it @param now milliseconds since 1970 */
  put(id: string, content: unknown, now: number): void;
  /** To be parsed by whoever put it there; null when it is not there any more. */
  get(id: string): unknown;
  remove(id: string): void;
}

/** What each reply was written from. */
export interface ReceiptLog {
  put(chat: ChatId, node: NodeId, receipt: Receipt): void;
  /** Null for a reply whose prompt was never put together. */
  of(node: NodeId): Receipt | null;
}

/** Someone else wrote to the stream first. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
  constructor(stream: Stream, expected: number, actual: number) {
    super(`${stream} is at version ${actual}, not ${expected}`);
  }
}

/** A message that shows a part of a reply: what it is known to show, and what it may show by now. */
export interface DeliveredPart {
  readonly part: number;
  readonly channel: string;
  /** Null until Discord has answered the first send. */
  readonly message: string | null;
  readonly by: 'webhook' | 'bot';
  /** Last content that Discord acknowledged, and the reply's own text that it stands for. */
  readonly shown: Shown | null;
  /** Content of a request that has not been answered. */
  readonly pending: Shown | null;
  /** Whether buttons may stand under it. */
  readonly buttons: boolean;
}

export interface Shown {
  readonly content: string;
  readonly raw: string;
}

export interface DeliveryLog {
  put(chat: ChatId, node: NodeId, part: DeliveredPart): void;
  remove(node: NodeId, part: number): void;
  parts(node: NodeId): DeliveredPart[];
  /** The reply that a message shows a part of. */
  replyOf(message: string): { readonly chat: ChatId; readonly node: NodeId } | null;
  /**
   * The messages of one reply show another from now on, in its place; what they still say is nobody's.
   * Nothing happens where the other has messages of its own.
   */
  pass(from: NodeId, to: NodeId): void;
  /** The parts in a channel under which buttons may stand. */
  withButtons(
    channel: string,
  ): (DeliveredPart & { readonly chat: ChatId; readonly node: NodeId })[];
  /** The card that stands in a channel; it outlives the process that put it there. */
  card(channel: string): FailureCard | null;
  putCard(channel: string, card: FailureCard): void;
  removeCard(channel: string): void;
}

/** Which messages show the turns of a line, and which of them are on their way out. */
export interface ShownLine {
  /** The turns in a part of a line, in order, with the messages that show them. */
  turns(stretch: Stretch): ShownTurn[];
  /** Messages have left the story; they stand until they are taken away. */
  leave(chat: ChatId, messages: readonly LeavingMessage[]): void;
  /** What shows these turns has come back. */
  stay(chat: ChatId, nodes: readonly NodeId[]): void;
  /** Messages that have left, oldest first. */
  leaving(chat: ChatId): LeavingMessage[];
  /** Messages show nothing any more: they are about to be taken away, and not by anyone's wish. */
  forget(messages: readonly LeavingMessage[]): void;
  /** Messages have been taken away. */
  gone(messages: readonly LeavingMessage[]): void;
  /** Messages stay in the channel though they left the story: what they say is said anew if it comes back. */
  remain(messages: readonly LeavingMessage[]): void;
  /** The line above which messages have left; it can be taken back as long as it is known. */
  divider(chat: ChatId): string | null;
  putDivider(chat: ChatId, message: string | null): void;
}

export interface ShownTurn {
  readonly node: NodeId;
  readonly position: number;
  readonly messages: readonly LeavingMessage[];
}

export interface LeavingMessage {
  readonly message: string;
  readonly node: NodeId;
  /** Whose message it is, which decides who may take it away. */
  readonly by: 'user' | 'webhook' | 'bot';
}

/** A message that says why the last reply in a channel failed. */
export interface FailureCard {
  readonly message: string;
  /** The kind of failure: the same one again is not said again. */
  readonly failure: string;
}

/** A reply on its way into a channel. */
export interface ReplyAddress {
  readonly chat: ChatId;
  readonly node: NodeId;
  readonly binding: Binding;
  readonly character: EntityId;
  readonly sheet: Pick<Sheet, 'name' | 'avatar'>;
  /** A person's words, which the bot says again: `character` is that person then. */
  readonly quoted: boolean;
  /** The reply whose messages show it: itself, or the first of those that it goes on from. */
  readonly root: NodeId;
  /** What those messages show in front of it; empty for a reply of its own. */
  readonly before: string;
  /** It goes on with words that stand already, here or where the story branched off. */
  readonly goesOn: boolean;
  /** How many attempts at it there were before. */
  readonly variant: number;
  /** What is wanted of this attempt; null for nothing in particular. */
  readonly note: string | null;
}

/** What can be asked for under a reply that holds the newest words of its story. */
export interface Offers {
  /** Of the chat: the same choice made later is another. */
  readonly version: number;
  /** The attempts, oldest first, and which of them is shown. */
  readonly variants: readonly NodeId[];
  readonly at: number;
  /** Whether it can be told anew. */
  readonly anew: boolean;
}

/** Where replies are shown: Discord, to the engine. */
export interface Stage {
  /** Shows for a while that somebody is about to speak in a channel. Never throws. */
  think(binding: Binding): void;
  /** Shows that the character is about to speak, and takes its words as they come. */
  open(reply: ReplyAddress): ReplySink;
  /** What the channel shows of a reply whose process died; empty where it shows nothing. */
  shownOf(reply: ReplyAddress): Promise<string>;
  /** Says in plain words why a reply ended before any text, with a way on. Never throws. */
  tell(reply: ReplyAddress, failure: Failure): Promise<void>;
  /** Whether people's own messages can be taken away there. */
  mayRemove(binding: Binding): boolean;
  /**
   * Takes messages away, as many at a time as Discord allows.
   * @param gone told of those that are gone, as it goes.
   * @throws {OutOfReach}
   */
  remove(
    binding: Binding,
    chat: ChatId,
    messages: readonly LeavingMessage[],
    gone?: (messages: readonly LeavingMessage[]) => void,
  ): Promise<void>;
  /**
   * Puts a line below what left the story, and gives its message.
   * @param first the message with which that begins.
   * @throws {OutOfReach}
   */
  divide(binding: Binding, chat: ChatId, first: string): Promise<string>;
}

/** A place to be opened for a story: a thread or post beside where it was asked for, or a channel. */
export interface Room {
  readonly kind: 'thread' | 'private' | 'channel';
  /** Where it was asked for. */
  readonly from: string;
  readonly chat: ChatId;
  readonly name: string;
  readonly person: EntityId;
  readonly welcome: Welcome;
  /** It may have been opened already, by a process that died. */
  readonly again: boolean;
}

/** What a story's channel shows first. */
export type Welcome =
  | {
      readonly kind: 'opening';
      readonly card: KickoffCard;
      /** Of who speaks first. */
      readonly sheet: Sheet;
      /** Of those who play, by who they are. */
      readonly names: Readonly<Record<EntityId, string>>;
    }
  | {
      readonly kind: 'branch';
      /** The story that it branched off; null for one that goes on. */
      readonly of: string | null;
      /** The message that it branched off after; null where none is known. */
      readonly at: MessagePlace | null;
      /** The last words, oldest first. */
      readonly lines: readonly SpokenLine[];
    };

export interface MessagePlace {
  readonly guild: string | null;
  readonly channel: string;
  readonly message: string;
}

export interface SpokenLine {
  readonly name: string;
  readonly text: string;
}

/** Opens channels for stories: Discord, to the engine. */
export interface Rooms {
  /** @throws {Refusal} `may-not-open` with the missing permission, `nowhere-to-open`. */
  check(room: Pick<Room, 'kind' | 'from'>): Promise<void>;
  /**
   * Opens a room and shows its welcome.
   * @throws {Refusal} as {@link check}.
   */
  open(room: Room): Promise<Binding>;
  /** Whether Discord shows a channel to adults only; false where that cannot be known. */
  isAgeRestricted(channel: string): Promise<boolean>;
}

/** What a person may need to know about a failure, besides its kind. */
export interface FailureDetails {
  /** Names the failure in the log, for whoever asks the owner about it. */
  readonly id: string;
  /** Seconds since 1970 at which it makes sense to try again, where somebody said so. */
  readonly retryAt: number | null;
  /** Figures and names for the words that explain it. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface Failure {
  readonly kind: string;
  readonly details: FailureDetails;
}

/** How a shown reply ended. What nobody asked for is marked: it was cut off, and why. */
export type Ending =
  | { readonly kind: 'whole' | 'stopped' }
  | { readonly kind: 'cut'; readonly failure: Failure };

/** Nothing can be shown there for now: what is owed to the channel stays owed. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach';
}

export interface ReplySink {
  /** The text so far; only the newest matters. Never waits. */
  show(text: string): void;
  /**
   * Shows the whole text and settles the message. Resolves when the channel holds it.
   * @param offers null where the story has gone on.
   * @throws {OutOfReach}
   */
  finish(text: string, ending: Ending, offers: Offers | null): Promise<void>;
  /** The reply ended without a word: nothing of it is left. */
  withdraw(): Promise<void>;
  /** Shows nothing more, and leaves what is there to whoever shows the line. */
  close(): Promise<void>;
  /** Fires when a person deleted what is shown, which means stop, or nothing more can be shown there. */
  readonly removed: AbortSignal;
  /** Once that fired: the text that the channel keeps. */
  kept(): string;
}
