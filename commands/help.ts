import { MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { commandMention } from '../src/discord/commandMention.ts';
import { helpCard } from '../src/discord/embeds/helpCard.ts';
import { textsFor } from '../src/discord/texts.ts';

/** What Troupe is and what one can ask of it. */
export const help = {
  group: 'about',
  data: {
    name: 'help',
    description: 'What this is, and what you can do',
  },

  async execute(interaction, { client, commands }) {
    const texts = textsFor(interaction.locale);
    await interaction.reply({
      flags: MessageFlags.Ephemeral,
      embeds: [helpCard(commands, (name) => commandMention(client, name), texts)],
    });
  },
} as const satisfies Command;
