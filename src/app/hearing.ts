import type { Chat } from '../engine/chat.ts';
import { type EntityId, isCharacter, type NodeId } from '../engine/ids.ts';
import { turnOf } from '../engine/node.ts';
import type { Quote } from '../engine/state/story.ts';
import { isPerceived } from '../engine/turns.ts';
import type { Store } from './ports/store.ts';

/** A message that another one replies to. */
export interface QuotedMessage {
  readonly by: string;
  readonly text: string;
  readonly message: string;
}

/**
 * What became of a message: `not-allowed` where its author may not speak; `unheard` where no character was
 * near enough to perceive it; `used-up` where it is not answered, since nothing is left of someone's day.
 */
export type Hearing = 'no-story' | 'not-allowed' | 'taken' | 'unheard' | 'used-up';

/** Which turn of a story a quoted message is, so that only those who perceived it are reminded of it. */
export function quoteIn(
  chat: Chat,
  store: Pick<Store, 'turnOfMessage' | 'deliveries'>,
  { by, text, message }: QuotedMessage,
): Quote {
  const found = store.turnOfMessage(message) ?? store.deliveries.replyOf(message);
  const turn = found === null || !chat.has(found.node) ? null : chat.tree.node(found.node);
  return {
    by,
    text,
    node: turn?.id ?? null,
    entity: (turn && turnOf(turn)?.by) ?? null,
  };
}

/** Whether a turn says something, and no character but its own speaker perceives it. */
export function isUnheard(chat: Chat, node: NodeId, by: EntityId): boolean {
  const turn = chat.stateAt(node).turns.findLast((each) => each.node === node);
  if (turn?.kind !== 'user' || !isPerceived(turn)) return false;
  return !turn.witnesses.some((entity) => entity !== by && isCharacter(entity));
}
