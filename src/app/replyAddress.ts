import type { Chat } from '../engine/chat.ts';
import type { NodeId } from '../engine/ids.ts';
import type { ReplyTurn } from '../engine/state/story.ts';
import type { ReplyAddress } from './ports.ts';

export function replyAt(chat: Chat, node: NodeId | null): ReplyTurn | null {
  if (node === null || !chat.has(node)) return null;
  const turn = chat.stateAt(node).turns.findLast((each) => each.node === node);
  return turn?.kind === 'reply' ? turn : null;
}

/** Where and by whom a reply is shown; null where it is none, or its story has no channel. */
export function addressOf(chat: Chat, node: NodeId | null): ReplyAddress | null {
  const reply = replyAt(chat, node);
  const { binding } = chat.frame;
  const sheet = reply && chat.stateAt(reply.node).cast[reply.by]?.sheet;
  if (!reply || !sheet || binding === null) return null;
  let root = reply;
  const before: string[] = [];
  for (let at = reply.continues; at !== null; at = root.continues) {
    const continued = replyAt(chat, at);
    if (continued === null) break;
    root = continued;
    before.unshift(root.text);
  }
  return {
    chat: chat.id,
    node: reply.node,
    binding,
    character: reply.by,
    sheet,
    root: root.node,
    before: before.join(' '),
  };
}
