import type { ChatId, EntityId, NodeId } from '../../engine/ids.ts';
import type { Sheet } from '../../engine/sheet.ts';
import type { Binding } from '../../engine/state/frame.ts';
import type { LeavingMessage } from './shownLine.ts';

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
