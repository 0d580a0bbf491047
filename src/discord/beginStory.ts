import type { ChatInputCommandInteraction, MessageComponentInteraction } from 'discord.js';
import type { Begin } from '../app/troupe.ts';
import type { Bot } from './bot.ts';
import { openingCard } from './embeds/openingCard.ts';
import { homeOf } from './homeOf.ts';

/** Begins a story in the interaction's channel: the opening for everyone to read, then the greeting. */
export async function beginStory(
  interaction: ChatInputCommandInteraction | MessageComponentInteraction,
  { troupe, avatars, log }: Bot,
  asked: Pick<Begin, 'character' | 'replaces'>,
): Promise<void> {
  const { chat, sheet } = await troupe.begin({
    ...asked,
    command: interaction.id,
    home: homeOf(interaction),
    guild: interaction.guildId,
    channel: interaction.channelId,
    owner: `user:${interaction.user.id}`,
    name: nameOf(interaction),
  });
  const card = openingCard(sheet, {
    user: interaction.user.id,
    avatar: await avatars.url(sheet.avatar),
    offline: troupe.offline,
  });
  const opening = { embeds: [card] };
  if (interaction.isMessageComponent()) await interaction.followUp(opening);
  else await interaction.editReply(opening);
  // The story has begun whatever becomes of the showing: what is owed is shown at the next start.
  await troupe
    .greet(chat)
    .catch((error) => log.error({ chat, err: error }, 'a greeting could not be shown'));
}

/** What someone goes by where they ask. */
function nameOf({
  member,
  user,
}: ChatInputCommandInteraction | MessageComponentInteraction): string {
  return member !== null && 'displayName' in member ? member.displayName : user.displayName;
}
