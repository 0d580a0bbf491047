import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import type { Command } from '../src/discord/command.ts';
import { variantCard } from '../src/discord/embeds/variantCard.ts';
import { textsFor } from '../src/discord/texts.ts';

/** The attempts at a reply, however long ago, to look at and to choose from. */
export const variants = {
  group: 'travel',
  data: {
    name: 'variants',
    description: 'Look at the other versions of a reply, and choose one',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'message',
        description: 'A link to the reply; the newest where you leave it out',
        max_length: 200,
      },
    ],
  },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const link = interaction.options.getString('message');
    // A link ends with the message's id.
    const message = link === null ? null : (/\d{17,20}\D*$/.exec(link)?.[0] ?? '');
    const attempts = troupe.variants.listAt(
      interaction.channelId,
      message?.replace(/\D/g, '') ?? null,
    );
    const at = attempts.variants.findIndex(({ current }) => current);
    const card = variantCard(attempts, Math.max(0, at), textsFor(interaction.locale));
    await interaction.editReply(card);
  },
} as const satisfies Command;
