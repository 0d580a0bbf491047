import type { Chat } from '../chat.ts';
import type { NewEvent, PayloadFor } from '../event.ts';
import type { NodeId } from '../ids.ts';
import type { ReplyTurn } from '../state/story.ts';

export interface CompleteReply extends Omit<PayloadFor<'ReplyCompleted'>, 'by' | 'truncated'> {
  readonly node: NodeId;
}

/** A reply's words, whole or as far as they came. A reply that has its words already keeps them. */
export function completeReply({ node, ...result }: CompleteReply, chat: Chat): NewEvent[] {
  const reply = streamingReply(chat, node);
  if (reply === null) return [];
  const truncated = result.finish !== 'stop' && result.finish !== 'authored';
  return [{ type: 'ReplyCompleted', node, payload: { ...result, by: reply.by, truncated } }];
}

export interface FailReply {
  readonly node: NodeId;
  readonly failure: string;
}

/**
 * A reply that ended before any text: the head goes back to what it was to answer. Where people have
 * spoken since, their turns hold the head, and the reply stays behind them as a silent step.
 */
export function failReply({ node, failure }: FailReply, chat: Chat): NewEvent[] {
  const reply = streamingReply(chat, node);
  if (reply === null) return [];
  const events: NewEvent[] = [{ type: 'ReplyFailed', node, payload: { by: reply.by, failure } }];
  if (chat.head === node) {
    events.push({
      type: 'HeadMoved',
      payload: { from: node, to: chat.parentOf(node), why: 'reply-failed' },
    });
  }
  return events;
}

function streamingReply(chat: Chat, node: NodeId): ReplyTurn | null {
  if (!chat.has(node)) return null;
  const turn = chat.stateAt(node).turns.findLast((each) => each.node === node);
  return turn?.kind === 'reply' && turn.status === 'streaming' ? turn : null;
}
