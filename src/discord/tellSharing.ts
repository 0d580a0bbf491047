import {
  type ChatInputCommandInteraction,
  escapeMarkdown,
  type MessageComponentInteraction,
} from 'discord.js';
import type { EntityId } from '../engine/ids.ts';
import { announce } from './announce.ts';
import type { Bot } from './bot.ts';
import { homeOf } from './homeOf.ts';
import { showCharacter } from './showCharacter.ts';
import { textsFor } from './texts.ts';
import { askedBy } from './viewerOf.ts';

/**
 * Sets whether a character brings up in one story what happened in another, shows its card, and says so to
 * everyone there: it concerns whoever plays with it.
 */
export async function tellSharing(
  interaction: ChatInputCommandInteraction | MessageComponentInteraction,
  bot: Bot,
  character: EntityId,
  shares: boolean,
): Promise<void> {
  const { casting } = bot.troupe;
  const home = homeOf(interaction);
  const before = casting.sharesMemories(home, character);
  casting.shareMemories(home, character, shares, askedBy(interaction));
  await interaction.editReply(showCharacter(interaction, bot, character).message);
  if (before === shares) return;
  const { sharing } = textsFor(interaction.guildLocale).characters;
  const name = escapeMarkdown(casting.character(home, character).sheet.name);
  await announce(interaction, sharing.told(interaction.user.id, name, shares));
}
