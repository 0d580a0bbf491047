import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Room } from '../app/ports/rooms.ts';
import type { EntityId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Bot } from './bot.ts';
import { respondWith } from './choices.ts';
import { commandMention } from './commandMention.ts';
import { ACCENT } from './embeds/helpCard.ts';
import { kickoffCard } from './embeds/kickoffCard.ts';
import { homeOf } from './homeOf.ts';
import { standingOf } from './standing.ts';
import { textsFor } from './texts.ts';
import { nameOf } from './viewerOf.ts';

/** Shows an opening to the one who asked, who has been answered with a deferral; nothing begins yet. */
export async function offerOpening(
  interaction: ChatInputCommandInteraction,
  { troupe, client, avatars }: Bot,
  asked: { readonly characters: readonly EntityId[]; readonly room: Room['kind'] | null },
): Promise<void> {
  const home = homeOf(interaction);
  const texts = textsFor(interaction.locale);
  if (troupe.characters(home, '').length === 0) {
    const { title, text } = texts.start.nobody;
    const mention = (name: string) => commandMention(client, name);
    const description = text(mention('character create'), mention('character import'));
    await interaction.editReply({ embeds: [{ color: ACCENT, title, description }] });
    return;
  }
  demandSpeech(interaction.appPermissions, interaction.channel?.isThread() ?? false);
  const opening = await troupe.openings.propose({
    ...asked,
    command: interaction.id,
    home,
    guild: interaction.guildId,
    channel: interaction.channelId,
    by: standingOf(interaction),
    name: nameOf(interaction),
    unsaid: textsFor(interaction.guildLocale).start.unsaid,
  });
  const avatar = await avatars.url(opening.sheet.avatar);
  await interaction.editReply(kickoffCard(opening, avatar, texts));
}

/** What playing takes, by Discord's names for it. @throws {Refusal} `may-not-speak`. */
function demandSpeech(may: Readonly<PermissionsBitField>, inThread: boolean): void {
  const send = inThread ? 'SendMessagesInThreads' : 'SendMessages';
  const missing = (['ViewChannel', send] as const).find(
    (each) => !may.has(PermissionFlagsBits[each]),
  );
  if (missing === undefined) return;
  throw new Refusal('may-not-speak', {
    permission: missing.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
  });
}

/** Completes the name of a character that a story may begin with. */
export async function offerCharacters(
  interaction: AutocompleteInteraction,
  { troupe }: Bot,
): Promise<void> {
  const choices = troupe.characters(homeOf(interaction), interaction.options.getFocused());
  await respondWith(
    interaction,
    choices.map(({ id, name, summary }) => ({ name: `${name} · ${summary}`, value: id })),
  );
}

/** Who was picked, or typed by name without picking. @throws {Refusal} `unknown-character`. */
export function pickCharacter<C extends { readonly id: EntityId; readonly name: string }>(
  choices: readonly C[],
  asked: string,
): C {
  const typed = asked.trim().toLowerCase();
  const found =
    choices.find(({ id }) => id === asked) ??
    choices.find(({ name }) => name.toLowerCase() === typed);
  if (found === undefined) throw new Refusal('unknown-character');
  return found;
}
