import type { Chat } from '../engine/chat.ts';
import { isAuthored } from '../engine/deciders/regenerate.ts';
import type { NodeId } from '../engine/ids.ts';
import type { ReplyTurn } from '../engine/state/story.ts';
import type { Offers, ReplyAddress } from './ports/stage.ts';

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
    // What a branch shares stands in another channel: there its own words begin a message.
    if (continued === null || chat.tree.node(at).chat !== chat.id) break;
    root = continued;
    before.unshift(root.text);
  }
  return {
    chat: chat.id,
    node: reply.node,
    binding,
    character: reply.by,
    sheet,
    quoted: false,
    root: root.node,
    before: before.join(' '),
    goesOn: reply.continues !== null,
    variant: Math.max(0, chat.variantsOf(reply.node).indexOf(reply.node)),
    note: noteOf(chat, reply.node),
  };
}

function noteOf(chat: Chat, node: NodeId): string | null {
  for (const event of chat.tree.node(node).own) {
    if (event.type === 'ReplyStarted' || event.type === 'ReplyContinued') return event.payload.note;
  }
  return null;
}

/** A person's words, for the bot to say again; null for a whisper, and for what was taken away. */
export function quotationOf(
  chat: Chat,
  node: NodeId,
): { readonly address: ReplyAddress; readonly text: string } | null {
  const { binding } = chat.frame;
  const spoken = chat.tree.node(node).own.find((event) => event.type === 'UserSpoke');
  if (spoken?.type !== 'UserSpoke' || spoken.payload.to !== null || binding === null) return null;
  const words = chat.tree.wordsOf(node);
  if (words?.text === null) return null;
  const { by, attachments } = spoken.payload;
  const name = chat.stateAt(node).cast[by]?.name ?? '';
  const files = attachments.map((file) => `[${file.name}]`);
  return {
    address: {
      chat: chat.id,
      node,
      binding,
      character: by,
      sheet: { name, avatar: null },
      quoted: true,
      root: node,
      before: '',
      goesOn: false,
      variant: 0,
      note: null,
    },
    text: [words?.text.raw ?? spoken.payload.text, ...files].join(' ').trim(),
  };
}

/** What can be asked for under a reply: something only while it is the newest words of its story. */
export function offersOf(chat: Chat, node: NodeId): Offers | null {
  if (chat.story.turns.at(-1)?.node !== node) return null;
  const variants = chat.variantsOf(node);
  const at = variants.indexOf(node);
  return {
    version: chat.version,
    variants,
    at,
    anew: !isAuthored(chat, node),
  };
}
