import type { Chat } from '../engine/chat.ts';
import type { NodeId } from '../engine/ids.ts';
import { perceived } from '../engine/segments.ts';
import type { StoryState, Turn } from '../engine/state/story.ts';
import type { Chats } from './chats.ts';
import type { MessagePlace, SpokenLine } from './ports/rooms.ts';
import type { Store } from './ports/store.ts';

const LINES = 3;

/** The last words that everyone may read, oldest first: no whispers, and nothing out of character. */
export const lastLines = (story: StoryState, most = LINES): SpokenLine[] =>
  story.turns
    .filter((turn) => turn.to === null)
    .map((turn) => ({ name: story.cast[turn.by]?.name ?? '', text: wordsOf(turn) }))
    .filter(({ text }) => text !== '')
    .slice(-most);

export const wordsOf = (turn: Turn): string =>
  turn.kind === 'reply' ? turn.text : perceived(turn.segments);

/** The message that shows a node's words, the last one of a reply; null where none does. */
export function placeOfMessage(
  { chats, store }: { readonly chats: Chats; readonly store: Pick<Store, 'deliveries'> },
  chat: Chat,
  id: NodeId,
): MessagePlace | null {
  const node = chat.tree.node(id);
  const binding = chats.read(node.chat).frame.binding;
  const guild = binding?.guild ?? null;
  const spoke = node.own.find((event) => event.type === 'UserSpoke');
  if (spoke?.type === 'UserSpoke') {
    if (spoke.payload.to !== null || binding === null) return null;
    return { guild, channel: binding.channel, message: spoke.payload.message };
  }
  const part = store.deliveries.parts(rootOf(chat, id)).findLast(({ message }) => message !== null);
  if (part?.message) return { guild, channel: part.channel, message: part.message };
  // An edit has no message of its own: what was said before it has.
  return node.parent === null ? null : placeOfMessage({ chats, store }, chat, node.parent);
}

/** The reply whose messages show one that goes on from it: told by the steps alone, however old they are. */
function rootOf(chat: Chat, id: NodeId): NodeId {
  const goesOn = chat.tree.node(id).own.find((event) => event.type === 'ReplyContinued');
  return goesOn?.type === 'ReplyContinued' ? rootOf(chat, goesOn.payload.continues) : id;
}
