import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import { Refusal } from '../refusal.ts';
import type { Binding } from '../state/frame.ts';

/** Puts a story away; its channel is free for another. Archiving twice changes nothing. */
export function archiveChat(why: 'archived' | 'channel-gone', chat: Chat): NewEvent[] {
  const events: NewEvent[] = [];
  if (chat.frame.binding !== null) events.push({ type: 'ChatUnbound', payload: { why } });
  if (!chat.frame.archived) events.push({ type: 'ChatArchived', payload: {} });
  return events;
}

/** Takes a story out of its channel, to go on elsewhere or later. One that is nowhere stays so. */
export const parkChat = (chat: Chat): NewEvent[] =>
  chat.frame.binding === null ? [] : [{ type: 'ChatUnbound', payload: { why: 'moved' } }];

/**
 * Plays a story in a channel, one that was put away included.
 * @throws {Refusal} `played-elsewhere` while it has another channel.
 */
export function bindChat({ channel, guild }: Binding, chat: Chat): NewEvent[] {
  const { binding } = chat.frame;
  if (binding?.channel === channel) return [];
  if (binding !== null) throw new Refusal('played-elsewhere');
  return [{ type: 'ChatBound', payload: { channel, guild } }];
}
