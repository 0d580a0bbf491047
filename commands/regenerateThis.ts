import { ApplicationCommandType, MessageFlags } from 'discord.js';
import type { MessageMenu } from '../src/discord/command.ts';
import { standingOf } from '../src/discord/standing.ts';
import { textsFor } from '../src/discord/texts.ts';
import { storyHere } from '../src/discord/viewerOf.ts';

/** Has any reply of the story told anew: what came after it stays on the line that is left. */
export const regenerateThis = {
  data: { type: ApplicationCommandType.Message, name: 'Regenerate' },

  async execute(interaction, { troupe }) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(troupe, interaction.channelId);
    await troupe.regenerate({
      channel: interaction.channelId,
      command: interaction.id,
      by: standingOf(interaction),
      node: troupe.travel.after(chat, interaction.targetId),
      note: null,
      text: null,
    });
    await interaction.editReply(textsFor(interaction.locale).variants.regenerate.done);
  },
} as const satisfies MessageMenu;
