import { MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { dashboard } from '../src/discord/embeds/dashboard.ts';
import { homeOf } from '../src/discord/homeOf.ts';
import { textsFor } from '../src/discord/texts.ts';
import { askedBy } from '../src/discord/viewerOf.ts';

/** How this server plays: rights, limits, adult characters, language. */
export const settings = {
  group: 'about',
  data: {
    name: 'settings',
    description: 'How this server plays: who may do what, limits, language',
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const texts = textsFor(interaction.locale);
    if (interaction.guildId === null) {
      await interaction.editReply(texts.settings.only);
      return;
    }
    const now = troupe.settings.of(homeOf(interaction), askedBy(interaction));
    await interaction.editReply(dashboard(now, texts));
  },
} as const satisfies Command;
