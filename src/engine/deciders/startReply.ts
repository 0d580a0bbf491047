import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import { isCharacter, type NodeId } from '../ids.ts';
import { isPerceived, unanswered } from '../turns.ts';

/** The character takes up everything said since its last words; nothing happens where nothing was said. */
export function startReply({ node }: { readonly node: NodeId }, chat: Chat): NewEvent[] {
  const story = chat.story;
  const turns = unanswered(story);
  const character = Object.keys(story.cast).find(isCharacter);
  if (character === undefined || chat.frame.archived || !turns.some(isPerceived)) return [];
  return [
    {
      type: 'ReplyStarted',
      node,
      payload: { by: character, to: null, answers: turns.map((turn) => turn.node), note: null },
    },
  ];
}
