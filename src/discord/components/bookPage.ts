import { z } from 'zod';
import { bookId } from '../../engine/ids.ts';
import { bookHere } from '../bookHere.ts';
import { defineComponent } from '../component.ts';
import { BOOK_PAGE, bookCard } from '../embeds/bookCard.ts';
import { homeOf } from '../homeOf.ts';
import { standingOf } from '../standing.ts';
import { textsFor } from '../texts.ts';

/** Another page of a lorebook, as it is by now. */
export const bookPage = defineComponent({
  name: BOOK_PAGE,
  args: z.tuple([bookId, z.string().regex(/^-?\d{1,4}$/)]),
  async execute(interaction, [id, page], bot) {
    await interaction.deferUpdate();
    const book = bot.troupe.lore.find(homeOf(interaction), id, standingOf(interaction));
    const texts = textsFor(interaction.locale);
    await interaction.editReply(bookCard(book, Number(page), bookHere(interaction, bot), texts));
  },
});
