import { z } from 'zod';
import type { ListedBook } from '../../app/lore.ts';
import { bookId } from '../../engine/ids.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId, defineComponent } from '../component.ts';
import { homeOf } from '../homeOf.ts';
import { type Texts, textsFor } from '../texts.ts';
import { askedBy } from '../viewerOf.ts';
import { keep } from './keep.ts';

/** Takes a whole lorebook away. */
export const bookAway = defineComponent({
  name: 'book-away',
  args: z.tuple([bookId]),
  async execute(interaction, [id], { troupe: { lore } }) {
    await interaction.deferUpdate();
    const home = homeOf(interaction);
    const asked = askedBy(interaction);
    const { book } = lore.find(home, id, asked.by);
    lore.retire(home, id, asked);
    const words = textsFor(interaction.locale).lore;
    const content = words.removing.done(book.name || words.unnamed);
    await interaction.editReply({ content, components: [] });
  },
});

/** The safe one first. */
export const bookAwayQuestion = ({ id, book }: ListedBook, { lore, travel }: Texts) => ({
  content: lore.removing.question(book.name || lore.unnamed, book.entries.length),
  components: [
    buttonRow(
      button('Secondary', travel.cancel, customId(keep.name)),
      button('Danger', lore.removing.button, customId(bookAway.name, id)),
    ),
  ],
});
