import { type DueReply, dueReply } from '../answering.ts';
import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';
import { firstWordsOf } from '../kickoff/kickoffForm.ts';
import { isAwake } from '../presence.ts';

/** Whoever is due begins to answer; nothing happens where nobody is. */
export function startReply({ node }: { readonly node: NodeId }, chat: Chat): NewEvent[] {
  const due = dueIn(chat);
  if (due === null) return [];
  return [
    {
      type: 'ReplyStarted',
      node,
      payload: { ...due, to: null, answers: [...due.answers], note: null },
    },
  ];
}

/** The reply that is due in a chat: an answer, or the first words of a story whose card has none. */
export const dueIn = (chat: Chat): DueReply | null =>
  chat.frame.archived
    ? null
    : (dueReply(chat.story, chat.frame.settings.answers) ?? firstWords(chat));

function firstWords({ story, frame, head }: Chat): DueReply | null {
  const { card } = frame;
  if (card === null || head === null || story.turns.length > 0) return null;
  if (firstWordsOf(card).length > 0 || !isAwake(story, card.character)) return null;
  return { by: card.character, answers: [] };
}
