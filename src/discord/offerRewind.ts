import type { ChatInputCommandInteraction, MessageContextMenuCommandInteraction } from 'discord.js';
import type { Bot } from './bot.ts';
import { rewindRow } from './components/rewind.ts';
import { rewindCard } from './embeds/rewindCard.ts';
import { standingOf } from './standing.ts';
import { textsFor } from './texts.ts';

/** Shows one person what a rewind would take, with the button that does it. */
export async function offerRewind(
  interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  { troupe }: Bot,
  chat: string,
  to: string,
): Promise<void> {
  const { goes, point } = await troupe.travel.preview(chat, to, standingOf(interaction));
  const texts = textsFor(interaction.locale);
  await interaction.editReply({
    embeds: [rewindCard(goes, point, texts)],
    components: [rewindRow(chat, to, goes.turns, texts)],
  });
}
