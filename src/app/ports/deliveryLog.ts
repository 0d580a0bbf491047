import type { ChatId, NodeId } from '../../engine/ids.ts';

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

/** A message that says why the last reply in a channel failed. */
export interface FailureCard {
  readonly message: string;
  /** The kind of failure: the same one again is not said again. */
  readonly failure: string;
}
