import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { Settings } from '../world.ts';

/** Gives a story another name; the same name again changes nothing. */
export const renameChat = ({ name }: { readonly name: string }, chat: Chat): NewEvent[] =>
  name === chat.frame.name ? [] : [{ type: 'ChatRenamed', payload: { name } }];

/** Sets what is named, and leaves the rest; what is set so already changes nothing. */
export function configureChat(
  { settings }: { readonly settings: Partial<Settings> },
  chat: Chat,
): NewEvent[] {
  const after = { ...chat.frame.settings, ...settings };
  if (JSON.stringify(after) === JSON.stringify(chat.frame.settings)) return [];
  return [{ type: 'ChatConfigured', payload: { settings } }];
}
