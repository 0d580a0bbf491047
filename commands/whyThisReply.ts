import { ApplicationCommandType, MessageFlags } from 'discord.js';
import type { MessageMenu } from '../src/discord/command.ts';
import { whyCard } from '../src/discord/embeds/receiptCard.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';

/** Shows what a reply was written from. */
export const whyThisReply = {
  data: { type: ApplicationCommandType.Message, name: 'Why this reply?' },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(troupe, interaction.channelId);
    const texts = textsFor(interaction.locale);
    const known = troupe.words.why(chat, interaction.targetId, standingOf(interaction));
    await interaction.editReply(
      known === null ? texts.drawerUi.receipt.unknown : { embeds: [whyCard(known, texts)] },
    );
  },
} as const satisfies MessageMenu;
