import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';

/** Puts a story away; its channel is free for another. Archiving twice changes nothing. */
export function archiveChat(why: 'archived' | 'channel-gone', chat: Chat): NewEvent[] {
  const events: NewEvent[] = [];
  if (chat.frame.binding !== null) events.push({ type: 'ChatUnbound', payload: { why } });
  if (!chat.frame.archived) events.push({ type: 'ChatArchived', payload: {} });
  return events;
}
