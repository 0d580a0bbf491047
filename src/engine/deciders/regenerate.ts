import type { Chat } from '../chat.ts';
import { kindOf, type NewEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';
import { turnOf } from '../node.ts';
import { Refusal } from '../refusal.ts';
import { moveHead, replyIn } from './moveHead.ts';

export interface Regenerate {
  readonly reply: NodeId;
  /** The new reply. Edits that are issued again after it are named after it. */
  readonly node: NodeId;
  /** What is wanted of it; null for nothing in particular. */
  readonly note: string | null;
}

/**
 * Another reply in the place of one: the head moves to its parent, a sibling begins there, and the
 * edits that stood right after the old one are issued again after the new one.
 * @throws {Refusal} `not-a-reply`, `out-of-date`; `only-opening` for words that an author wrote.
 */
export function regenerate({ reply, node, note }: Regenerate, chat: Chat): NewEvent[] {
  const { by } = replyIn(chat, reply);
  if (isAuthored(chat, reply)) throw new Refusal('only-opening');
  const parent = chat.parentOf(reply);
  const opening = chat.tree.node(reply).own.find((event) => isReply(event.type));
  const payload =
    opening?.type === 'ReplyStarted' ? opening.payload : { by, to: null, answers: [] };
  const begun: NewEvent =
    opening?.type === 'ReplyContinued'
      ? { type: 'ReplyContinued', node, payload: { ...opening.payload, note } }
      : { type: 'ReplyStarted', node, payload: { ...payload, note } };
  const moved = chat.head === parent ? [] : moveHead(parent, 'regenerate', chat);
  return [...moved, begun, ...editsAfter(chat, reply, node)];
}

/** Whether a reply is a greeting, in the words of the character's author. */
export const isAuthored = (chat: Chat, reply: NodeId): boolean =>
  chat.tree
    .node(reply)
    .results.some(
      (event) => event.type === 'ReplyCompleted' && event.payload.finish === 'authored',
    );

const isReply = (type: string): boolean => type === 'ReplyStarted' || type === 'ReplyContinued';

/** The edits between a reply and the next turn of its line, to be issued again after `node`. */
function editsAfter(chat: Chat, reply: NodeId, node: NodeId): NewEvent[] {
  if (!chat.isOnLine(reply)) return [];
  let edits: NodeId[] = [];
  for (let at = chat.head; at !== null && at !== reply; at = chat.parentOf(at)) {
    edits = turnOf(chat.tree.node(at)) === null ? [at, ...edits] : [];
  }
  return edits.flatMap((edit, index) =>
    chat.tree
      .node(edit)
      .own.filter((event) => kindOf(event.type).target?.(event.payload) !== reply)
      // Of what was erased there is nothing to issue.
      .filter(({ type }) => !chat.tree.wordsOf(edit)?.erased || !kindOf(type).account)
      .map(({ type, payload, sources }) => {
        const again = `${node}-${index + 1}`;
        return { type, payload, sources, node: again } as NewEvent;
      }),
  );
}
