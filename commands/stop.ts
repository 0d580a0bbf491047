import { MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';

/** Ends the reply that is streaming here, keeping what it said. */
export const stop = {
  group: 'play',
  data: {
    name: 'stop',
    description: 'Stop the reply that is being written, keeping what is there',
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    troupe.stop(interaction.channelId, standingOf(interaction));
    await interaction.editReply(textsFor(interaction.locale).stop.done);
  },
} as const satisfies Command;
