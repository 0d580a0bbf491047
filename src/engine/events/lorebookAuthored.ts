import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { bookId } from '../ids.ts';
import { bareBook, exampleBook, lorebook } from '../lore/lorebook.ts';

/** A lorebook by itself; written again, it keeps whose it is. */
export const lorebookAuthored = defineEvent({
  type: 'LorebookAuthored',
  schema: 1,
  scope: 'home',
  payload: z.object({ id: bookId, book: lorebook }),
  example: { id: 'b1', book: exampleBook },
  evolve: (home, { id, book }, { actor }) => {
    const author = home.books[id]?.author ?? actor;
    return { ...home, books: { ...home.books, [id]: { book, author } } };
  },
  label: ({ book }) => `The lorebook "${book.name}" was written`,
  blank: ({ id, book }, { made }) => ({ id, book: made(id) ? bareBook(book) : book }),
});
