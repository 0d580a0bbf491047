import type { Chat } from '../engine/chat.ts';
import type { ChatId, NodeId } from '../engine/ids.ts';
import { type StoryNode, turnOf } from '../engine/node.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Store } from './ports/store.ts';

/** The turn that a message was or shows a part of, whichever chat it is of; null for any other message. */
export const turnIn = (
  store: Pick<Store, 'turnOfMessage' | 'deliveries'>,
  message: string,
): { readonly chat: ChatId; readonly node: NodeId } | null =>
  store.turnOfMessage(message) ?? store.deliveries.replyOf(message);

/**
 * The point of a story after a message of any age: the last turn that it shows, where that is on the line.
 * @throws {Refusal} `not-a-turn` for a message that is not of this story.
 */
export function pointAfter(
  store: Pick<Store, 'turnOfMessage' | 'deliveries'>,
  chat: Chat,
  message: string,
): NodeId {
  const turn = turnIn(store, message);
  if (turn === null || !chat.has(turn.node)) throw new Refusal('not-a-turn');
  return chat.isOnLine(turn.node) ? lastShownWith(chat, turn.node) : turn.node;
}

/** What goes on from a reply is shown in its messages. */
function lastShownWith(chat: Chat, reply: NodeId): NodeId {
  let last = reply;
  for (let at: NodeId | null = reply; at !== null; ) {
    const next: StoryNode | undefined = chat.tree.children(at).find(({ id }) => chat.isOnLine(id));
    if (next === undefined) break;
    const goesOn = next.own.some(
      (event) => event.type === 'ReplyContinued' && event.payload.continues === last,
    );
    if (goesOn) last = next.id;
    else if (turnOf(next) !== null) break;
    at = next.id;
  }
  return last;
}

/** A reply and everything that goes on from it, on whichever line: one set of messages shows it all. */
export function shownTogether(chat: Chat, root: NodeId): NodeId[] {
  const found = new Set([root]);
  const open = [root];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of chat.tree.children(at)) {
      const goesOn = next.own.some(
        (event) => event.type === 'ReplyContinued' && found.has(event.payload.continues),
      );
      if (goesOn) found.add(next.id);
      if (goesOn || turnOf(next) === null) open.push(next.id);
    }
  }
  return [...found];
}
