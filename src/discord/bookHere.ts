import type { BaseInteraction } from 'discord.js';
import type { Bot } from './bot.ts';
import type { StoryHere } from './embeds/bookCard.ts';
import { standingOf } from './standing.ts';

/** The story of the channel and the books that it draws on; null where whoever asks may not change that. */
export function bookHere(interaction: BaseInteraction, { troupe }: Bot): StoryHere | null {
  const here = troupe.storyIn(interaction.channelId ?? '');
  if (here === null) return null;
  const { chat } = here;
  const may = troupe.rights.may('edit-state', standingOf(interaction), chat);
  return may ? { chat, used: troupe.lore.usedIn(chat) } : null;
}
