import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Bot } from './bot.ts';
import { branchCard } from './embeds/branchCard.ts';
import { homeOf } from './homeOf.ts';
import { textsFor } from './texts.ts';
import { viewerOf } from './viewerOf.ts';

/** Plays a story in the interaction's channel, and shows everyone there where it stands. */
export async function switchHere(
  interaction: ChatInputCommandInteraction | ButtonInteraction,
  { troupe }: Pick<Bot, 'troupe'>,
  chat: string,
): Promise<void> {
  const { channelId: channel, guildId: guild, user } = interaction;
  const name = await troupe.storylines.switchTo(
    chat,
    { channel, guild },
    { home: homeOf(interaction), viewer: viewerOf(interaction), command: interaction.id },
  );
  const { chats } = textsFor(interaction.guildLocale);
  await interaction.followUp({
    content: chats.switched(user.id, name),
    embeds: [branchCard(name, troupe.reading.standOf(chat), textsFor(interaction.guildLocale))],
    allowedMentions: { parse: [] },
  });
}
