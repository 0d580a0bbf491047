import type { APIEmbed } from 'discord.js';
import type { Sheet } from '../../engine/sheet.ts';
import { texts } from '../texts.ts';

/** Where the story begins: the kickoff, and who, where, when. */
export const openingCard = (sheet: Sheet, user: string, avatar: string | null): APIEmbed => ({
  color: accent(sheet),
  author: { name: sheet.name, ...(avatar === null ? {} : { icon_url: avatar }) },
  // A description holds 4,096 characters, and a kickoff at most 4,000.
  description: `${sheet.kickoff}\n\n-# ${texts.start.began(user)}`,
  fields: [
    { name: 'Where', value: sheet.place, inline: true },
    { name: 'When', value: sheet.time, inline: true },
  ],
});

export const accent = (sheet: Sheet): number => Number.parseInt(sheet.colour.slice(1), 16);
