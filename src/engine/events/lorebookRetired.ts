import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { bookId } from '../ids.ts';

/** Nobody is told of it any more, in any story. */
export const lorebookRetired = defineEvent({
  type: 'LorebookRetired',
  schema: 1,
  scope: 'home',
  payload: z.object({ id: bookId }),
  example: { id: 'b1' },
  evolve: (home, { id }) => {
    const { [id]: _retired, ...books } = home.books;
    return { ...home, books };
  },
  label: () => 'A lorebook was taken away',
  blank: null,
});
