import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { EntityId, NodeId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import { parseSegments } from '../segments.ts';
import { moveHead } from './moveHead.ts';

export interface RewordTurn {
  readonly turn: NodeId;
  readonly by: EntityId;
  readonly text: string;
  /** The interaction that asks: no message of theirs holds the new words. */
  readonly message: string;
  readonly node: NodeId;
}

/**
 * Other words in the place of a person's turn: a sibling, from which the story goes on anew. What was
 * said there before stays on the line that was left.
 * @throws {Refusal} `not-a-turn`, `out-of-date`; `not-your-words` for those of someone else.
 */
export function rewordTurn({ turn, by, text, message, node }: RewordTurn, chat: Chat): NewEvent[] {
  if (!chat.has(turn)) throw new Refusal('out-of-date');
  const spoken = chat.tree.node(turn).own.find((event) => event.type === 'UserSpoke');
  if (spoken?.type !== 'UserSpoke') throw new Refusal('not-a-turn');
  if (spoken.payload.by !== by) throw new Refusal('not-your-words');
  const entering = chat.tree
    .node(turn)
    .own.filter((event) => event.type === 'EntityEntered')
    .map(({ payload }): NewEvent => ({ type: 'EntityEntered', node, payload }));
  return [
    ...moveHead(chat.parentOf(turn), 'regenerate', chat),
    ...entering,
    {
      type: 'UserSpoke',
      node,
      payload: { ...spoken.payload, message, text, segments: parseSegments(text) },
    },
  ];
}
