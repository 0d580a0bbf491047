import { ApplicationCommandType, MessageFlags } from 'discord.js';
import type { MessageMenu } from '../src/discord/command.ts';
import { offerRewind } from '../src/discord/offerRewind.ts';
import { storyHere } from '../src/discord/viewerOf.ts';

/** Takes the story back to a message, which stays as the last one. */
export const rewindToHere = {
  data: { type: ApplicationCommandType.Message, name: 'Rewind to here' },

  async execute(interaction, bot) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(bot.troupe, interaction.channelId);
    await offerRewind(interaction, bot, chat, bot.troupe.travel.after(chat, interaction.targetId));
  },
} as const satisfies MessageMenu;
