import type { Chat } from '../chat.ts';
import type { NewEvent, PayloadFor } from '../event.ts';
import type { NodeId } from '../ids.ts';
import { turnOf } from '../node.ts';
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
  if (chat.head !== null && endsWith(chat, node)) {
    const parent = chat.parentOf(node);
    const { lastMove } = chat.frame;
    // A reply that was to replace another gives way to it, with everything that stood after it.
    const to = lastMove?.why === 'regenerate' && lastMove.to === parent ? lastMove.from : parent;
    events.push({ type: 'HeadMoved', payload: { from: chat.head, to, why: 'reply-failed' } });
  }
  return events;
}

/** Whether nobody has spoken on the line since a reply began. */
function endsWith(chat: Chat, reply: NodeId): boolean {
  for (let at = chat.head; at !== null; at = chat.parentOf(at)) {
    if (at === reply) return true;
    if (turnOf(chat.tree.node(at)) !== null) return false;
  }
  return false;
}

function streamingReply(chat: Chat, node: NodeId): ReplyTurn | null {
  if (!chat.has(node)) return null;
  const turn = chat.stateAt(node).turns.findLast((each) => each.node === node);
  return turn?.kind === 'reply' && turn.status === 'streaming' ? turn : null;
}
