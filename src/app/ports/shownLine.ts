import type { ChatId, NodeId } from '../../engine/ids.ts';
import type { Stretch } from '../../engine/node.ts';

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
