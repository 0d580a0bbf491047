import { MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';

/** Has the character go on where its last words ended. */
export const goOn = {
  group: 'play',
  data: {
    name: 'continue',
    description: 'Have the character go on where the last reply ended',
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await troupe.goOn(interaction.channelId, interaction.id, standingOf(interaction));
    await interaction.editReply(textsFor(interaction.locale).goOn.done);
  },
} as const satisfies Command;
