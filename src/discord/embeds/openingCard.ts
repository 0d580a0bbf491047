import type { APIEmbed } from 'discord.js';
import type { Sheet } from '../../engine/sheet.ts';
import { texts } from '../texts.ts';

/** Where the story begins: the kickoff, and who, where, when. */
export const openingCard = (
  sheet: Sheet,
  about: { readonly user: string; readonly avatar: string | null; readonly offline: boolean },
): APIEmbed => ({
  color: accent(sheet),
  author: { name: sheet.name, ...(about.avatar === null ? {} : { icon_url: about.avatar }) },
  // A description holds 4,096 characters, and a kickoff at most 4,000.
  description: `${sheet.kickoff}\n\n-# ${texts.start.began(about.user)}`,
  fields: [
    { name: 'Where', value: sheet.place, inline: true },
    { name: 'When', value: sheet.time, inline: true },
  ],
  ...(about.offline ? { footer: { text: texts.start.offline(sheet.name) } } : {}),
});

export const accent = (sheet: Sheet): number => Number.parseInt(sheet.colour.slice(1), 16);
