import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { bookId } from '../ids.ts';
import { bareEntry, exampleBook, loreEntry } from '../lore/lorebook.ts';

/** An entry of a lorebook, new or in place of the one with its id. */
export const loreWritten = defineEvent({
  type: 'LoreWritten',
  schema: 1,
  scope: 'home',
  payload: z.object({ book: bookId, entry: loreEntry }),
  example: { book: 'b1', entry: exampleBook.entries[0] as z.output<typeof loreEntry> },
  evolve: (home, { book: id, entry }) => {
    const known = home.books[id];
    if (known === undefined) return home;
    const { entries } = known.book;
    const at = entries.findIndex((each) => each.id === entry.id);
    const book = {
      ...known.book,
      entries: at < 0 ? [...entries, entry] : entries.with(at, entry),
    };
    return { ...home, books: { ...home.books, [id]: { ...known, book } } };
  },
  label: ({ entry }) => `"${entry.name}" was written into a lorebook`,
  blank: ({ book, entry }, { made }) => ({ book, entry: made(book) ? bareEntry(entry) : entry }),
});
