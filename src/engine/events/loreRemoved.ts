import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { bookId } from '../ids.ts';

/** An entry of a lorebook is not in it any more. */
export const loreRemoved = defineEvent({
  type: 'LoreRemoved',
  schema: 1,
  scope: 'home',
  payload: z.object({ book: bookId, entry: z.string().min(1).max(80) }),
  example: { book: 'b1', entry: 'e1' },
  evolve: (home, { book: id, entry }) => {
    const known = home.books[id];
    if (known === undefined) return home;
    const entries = known.book.entries.filter((each) => each.id !== entry);
    const book = { ...known.book, entries };
    return { ...home, books: { ...home.books, [id]: { ...known, book } } };
  },
  label: () => 'An entry was taken out of a lorebook',
  // Entries are named by ids.
  blank: (payload) => payload,
});
