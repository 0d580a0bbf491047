import { escapeMarkdown, type MessageComponentInteraction } from 'discord.js';
import { z } from 'zod';
import { chatId } from '../../engine/ids.ts';
import type { Bot } from '../bot.ts';
import { defineComponent } from '../component.ts';
import { BEGIN } from '../embeds/kickoffCard.ts';
import { openingCard } from '../embeds/openingCard.ts';
import { homeOf } from '../homeOf.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';
import { nameOf } from '../viewerOf.ts';
import { setPersonaRow } from './setPersona.ts';

/** Begins the story whose opening was looked at: for everyone to read, then the first words. */
export const begin = defineComponent({
  name: BEGIN,
  args: z.tuple([chatId]),
  async execute(interaction, [id], bot) {
    const { troupe, avatars, log } = bot;
    await interaction.deferUpdate();
    const { chat, opening, room } = await troupe.beginning.begin(id, standingOf(interaction));
    const texts = textsFor(interaction.locale);
    if (room !== null) {
      const content = texts.chats.begun(room.name, room.channel ?? '');
      await interaction.editReply({ content, embeds: [], components: [] });
    }
    if (opening === null) return;
    await interaction.editReply({ content: texts.start.beginning, embeds: [], components: [] });
    const about = {
      user: interaction.user.id,
      avatar: await avatars.url(opening.sheet.avatar),
      offline: troupe.offline,
    };
    const card = openingCard(opening, about, textsFor(interaction.guildLocale));
    await interaction.followUp({ embeds: [card], allowedMentions: { parse: [] } });
    const more = offers(interaction, bot);
    if (more === null) await interaction.deleteReply();
    else await interaction.editReply(more);
    // The story has begun whatever becomes of the showing: what is owed is shown at the next start.
    await troupe.beginning
      .speakFirst(chat)
      .catch((error) => log.error({ chat, err: error }, 'first words could not be shown'));
  },
});

/** What could be set, and never has to be: offered once, in the place of the card. */
function offers(interaction: MessageComponentInteraction, { troupe }: Bot) {
  const home = homeOf(interaction);
  const { start, persona } = textsFor(interaction.locale);
  const offline = troupe.firstOffline(home) ? [start.connect] : [];
  if (!troupe.personas.isOffered({ home, person: `user:${interaction.user.id}` })) {
    return offline.length === 0 ? null : { content: offline.join() };
  }
  const content = [...offline, persona.offer(escapeMarkdown(nameOf(interaction)))].join('\n\n');
  return { content, components: [setPersonaRow(null, persona.button)] };
}
