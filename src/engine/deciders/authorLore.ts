import type { NewEvent } from '../event.ts';
import type { BookId } from '../ids.ts';
import { type Lorebook, type LoreEntry, MOST_ENTRIES } from '../lore/lorebook.ts';
import { Refusal } from '../refusal.ts';
import type { AuthoredBook, HomeState } from '../state/home.ts';

/** Books of a home: as many as Discord offers while one types. */
const MOST_BOOKS = 25;

/** @throws {Refusal} `unknown-book`. */
export function bookOf(home: HomeState, id: BookId): AuthoredBook {
  const known = home.books[id];
  if (known === undefined) throw new Refusal('unknown-book');
  return known;
}

/** Writes a book into a home. @throws {Refusal} `books-full`. */
export function authorBook(asked: { id: BookId; book: Lorebook }, home: HomeState): NewEvent[] {
  const isNew = home.books[asked.id] === undefined;
  if (isNew && Object.keys(home.books).length >= MOST_BOOKS) {
    throw new Refusal('books-full', { most: MOST_BOOKS });
  }
  return [{ type: 'LorebookAuthored', payload: asked }];
}

/** @throws {Refusal} `unknown-book`. */
export function retireBook({ id }: { id: BookId }, home: HomeState): NewEvent[] {
  bookOf(home, id);
  return [{ type: 'LorebookRetired', payload: { id } }];
}

/**
 * Writes an entry, or the one with its id anew; the same again changes nothing.
 * @throws {Refusal} `unknown-book`, `book-full`.
 */
export function writeLore(
  { book, entry }: { book: BookId; entry: LoreEntry },
  home: HomeState,
): NewEvent[] {
  const { entries } = bookOf(home, book).book;
  const before = entries.find(({ id }) => id === entry.id);
  if (before === undefined && entries.length >= MOST_ENTRIES) {
    throw new Refusal('book-full', { most: MOST_ENTRIES });
  }
  if (JSON.stringify(before) === JSON.stringify(entry)) return [];
  return [{ type: 'LoreWritten', payload: { book, entry } }];
}

/** @throws {Refusal} `unknown-book`, `unknown-lore`. */
export function removeLore(
  { book, entry }: { book: BookId; entry: string },
  home: HomeState,
): NewEvent[] {
  const found = bookOf(home, book).book.entries.some(({ id }) => id === entry);
  if (!found) throw new Refusal('unknown-lore');
  return [{ type: 'LoreRemoved', payload: { book, entry } }];
}
