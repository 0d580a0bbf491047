import type { APIEmbed } from 'discord.js';
import type { Command } from '../command.ts';
import { texts } from '../texts.ts';

export const ACCENT = 0x7a6ff0;

/** What Troupe is and what one can ask of it, from the list that is deployed. */
export const helpCard = (
  commands: readonly Command[],
  mention: (name: string) => string,
): APIEmbed => ({
  color: ACCENT,
  title: texts.help.title,
  description: `${texts.help.about}\n\n${commands
    .map(({ data }) => `${mention(data.name)} ${data.description}`)
    .join('\n')}`,
});
