import { escapeMarkdown } from 'discord.js';
import { z } from 'zod';
import { bookId, chatId } from '../../engine/ids.ts';
import { bookHere } from '../bookHere.ts';
import { defineComponent } from '../component.ts';
import { BOOK_USE, bookCard } from '../embeds/bookCard.ts';
import { homeOf } from '../homeOf.ts';
import { textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';

/** Has the story of the channel draw on a lorebook, or not, and says so to everyone there. */
export const bookUse = defineComponent({
  name: BOOK_USE,
  args: z.tuple([chatId, bookId, z.enum(['yes', 'no'])]),
  ofStory: true,
  async execute(interaction, [chat, id, answer], bot) {
    await interaction.deferUpdate();
    const { lore } = bot.troupe;
    const asked = askedBy(interaction);
    const used = answer === 'yes';
    await lore.use(chat, id, used, asked);
    const book = lore.find(homeOf(interaction), id, asked.by);
    const texts = textsFor(interaction.locale);
    await interaction.editReply(bookCard(book, 0, bookHere(interaction, bot), texts));
    const words = textsFor(interaction.guildLocale).lore;
    const name = escapeMarkdown(book.book.name || words.unnamed);
    const line = used ? words.used : words.left;
    await interaction.followUp({
      content: line(interaction.user.id, name),
      allowedMentions: { parse: [] },
    });
  },
});
