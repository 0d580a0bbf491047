import { dueReply } from '../answering.ts';
import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';

/** Whoever is due begins to answer; nothing happens where nobody is. */
export function startReply({ node }: { readonly node: NodeId }, chat: Chat): NewEvent[] {
  const due = chat.frame.archived ? null : dueReply(chat.story, chat.frame.settings.answers);
  if (due === null) return [];
  return [
    {
      type: 'ReplyStarted',
      node,
      payload: { ...due, to: null, answers: [...due.answers], note: null },
    },
  ];
}
