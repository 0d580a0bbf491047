import type { DomainEvent } from '../../engine/event.ts';
import type { ChatId, EntityId, HomeId, Stream } from '../../engine/ids.ts';
import type { Spent } from './store.ts';

/** That a person had what is theirs erased: who, where and when, and never what. */
export interface Erasure {
  readonly id: string;
  readonly person: EntityId;
  /** Null for every home. */
  readonly home: HomeId | null;
  /** Whether the characters and lorebooks that they wrote go with it. */
  readonly works: boolean;
  /** What was written until then is erased; ISO 8601, UTC. */
  readonly at: string;
}

/** Every erasure that was ever asked for; it lies beside the database, and no backup takes it back. */
export interface ErasureLedger {
  all(): Erasure[];
  /** Is on the disk when it returns. */
  add(erasure: Erasure): void;
}

export interface UsageOfDay extends Spent {
  readonly home: HomeId;
  /** In UTC: "2026-11-21". */
  readonly day: string;
}

/**
 * The one way by which rows of the log are changed: nothing else in Troupe writes over what happened.
 * Whoever uses it keeps everybody else from the story meanwhile.
 */
export interface Erasures {
  /** Whether an erasure has been done in this database; a backup from before it lacks that. */
  isDone(id: string): boolean;
  done(id: string): void;
  /** The home that an erasure is limited to, or all of them. */
  homes(home: HomeId | null): HomeId[];
  /** The stories of a home, or all: each with its branches, in the order in which they began. */
  stories(home: HomeId | null): ChatId[][];
  /** Events of a stream after a version, oldest first. */
  after(stream: Stream, version: number, limit: number): DomainEvent[];
  /** Events of a stream before a version, newest first. */
  before(stream: Stream, version: number, limit: number): DomainEvent[];
  /** Writes payload and author of events over what they were; a save goes by its new name. */
  overwrite(events: readonly DomainEvent[]): void;
  /**
   * Forgets what is kept of a story besides its log and what is rebuilt from that: failures with what a
   * model said, and why jobs failed. Kept states are to be folded anew.
   */
  forgetStory(root: ChatId, person: EntityId): void;
  /** What a person played of each day. */
  usageOf(person: EntityId, home: HomeId | null): UsageOfDay[];
  /** What a person has begun to fill in and not yet confirmed. */
  draftsOf(person: EntityId): unknown[];
  /** Forgets what a person had begun to fill in, and what they were told once. */
  forgetPerson(person: EntityId): void;
  /** Forgets a picture that no sheet shows any more. */
  forgetPictures(hashes: readonly string[]): void;
  /** Takes words that were deleted out of the full-text index, and then out of the file. */
  compact(): Generator<void>;
  /** Moves what was written into the file; false while somebody reads an older state of it. */
  settle(): boolean;
}
