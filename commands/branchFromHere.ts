import { ApplicationCommandType, MessageFlags } from 'discord.js';
import { branchOff } from '../src/discord/branchOff.ts';
import type { MessageMenu } from '../src/discord/command.ts';
import { storyHere } from '../src/discord/viewerOf.ts';

/** Branches off after any message of the story, those of lines left behind included. */
export const branchFromHere = {
  data: { type: ApplicationCommandType.Message, name: 'Branch from here' },

  async execute(interaction, bot) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { chat } = storyHere(bot.troupe, interaction.channelId);
    await branchOff(interaction, bot, bot.troupe.reading.pointAfter(chat, interaction.targetId));
  },
} as const satisfies MessageMenu;
