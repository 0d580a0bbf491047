import { MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { commandMention } from '../src/discord/commandMention.ts';
import { helpCard } from '../src/discord/embeds/helpCard.ts';

/** What Troupe is and what one can ask of it. */
export const help = {
  group: 'about',
  data: {
    name: 'help',
    description: 'What this is, and what you can do',
  },

  async execute(interaction, { client, commands }) {
    await interaction.reply({
      flags: MessageFlags.Ephemeral,
      embeds: [helpCard(commands, (name) => commandMention(client, name), interaction.locale)],
    });
  },
} as const satisfies Command;
