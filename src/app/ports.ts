import type { DomainEvent, NewEvent } from '../engine/event.ts';
import type { Actor, ChatId, EntityId, NodeId, Stream } from '../engine/ids.ts';
import type { Sheet } from '../engine/sheet.ts';
import type { Binding } from '../engine/state/frame.ts';

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
  readonly events: readonly NewEvent[];
  readonly rows?: readonly Row[];
  readonly jobs?: readonly JobChange[];
}

/** A change to a read model. */
export type Row =
  | { readonly table: 'binding'; readonly chat: ChatId; readonly channel: string | null }
  | {
      readonly table: 'asset';
      readonly hash: string;
      readonly type: string;
      readonly bytes: Uint8Array;
    };

/** Work that must be done once, even when the process dies before it is. */
export interface Job {
  readonly kind: 'answer' | 'deliver';
  readonly chat: ChatId;
  /** The reply to deliver; for an answer, nothing. */
  readonly node: NodeId | null;
}

export type JobChange = { readonly add: Job } | { readonly done: Job };

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
  chatIn(channel: string): ChatId | null;
  jobs(): Job[];
  finish(job: Job): void;
  asset(hash: string): { readonly type: string; readonly bytes: Uint8Array } | null;
  /** True the first time that it is asked about a notice, ever. */
  firstTime(notice: string): boolean;
  readonly deliveries: DeliveryLog;
  close(): void;
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
  /** The card that stands in a channel; it outlives the process that put it there. */
  card(channel: string): FailureCard | null;
  putCard(channel: string, card: FailureCard): void;
  removeCard(channel: string): void;
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
  readonly sheet: Sheet;
  /** The reply whose messages show it: itself, or the first of those that it goes on from. */
  readonly root: NodeId;
  /** What those messages show in front of it; empty for a reply of its own. */
  readonly before: string;
}

/** Where replies are shown: Discord, to the engine. */
export interface Stage {
  /** Shows that the character is about to speak, and takes its words as they come. */
  open(reply: ReplyAddress): ReplySink;
  /** What the channel shows of a reply whose process died; empty where it shows nothing. */
  shownOf(reply: ReplyAddress): Promise<string>;
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
   * @throws {OutOfReach}
   */
  finish(text: string, ending: Ending): Promise<void>;
  /** The reply ended before any text: says why, in plain words, with a way on. */
  fail(failure: Failure): Promise<void>;
  /** The reply ended without a word, and nothing needs to be said. */
  withdraw(): Promise<void>;
  /** Fires when a person deleted what is shown, which means stop, or nothing more can be shown there. */
  readonly removed: AbortSignal;
  /** Once that fired: the text that the channel keeps. */
  kept(): string;
}
