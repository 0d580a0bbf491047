import { MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { statusCard } from '../src/discord/embeds/statusCard.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';

/** How Troupe runs. */
export const status = {
  group: 'about',
  data: {
    name: 'status',
    description: 'Whether all is well; for whoever manages the server, how Troupe runs',
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const report = troupe.status.of(homeOf(interaction), standingOf(interaction));
    const texts = textsFor(interaction.locale);
    await interaction.editReply(statusCard(report, texts, interaction.createdTimestamp));
  },
} as const satisfies Command;
