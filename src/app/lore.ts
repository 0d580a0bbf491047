import {
  authorBook,
  bookOf,
  removeLore,
  retireBook,
  writeLore,
} from '../engine/deciders/authorLore.ts';
import { configureChat } from '../engine/deciders/changeChat.ts';
import type { NewEvent } from '../engine/event.ts';
import type { BookId, ChatId, HomeId } from '../engine/ids.ts';
import {
  DEFAULT_SCAN_DEPTH,
  type Lorebook,
  type LoreEntry,
  loreEntry,
  USUAL_ENTRY,
} from '../engine/lore/lorebook.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { AuthoredBook, HomeState } from '../engine/state/home.ts';
import type { Settings } from '../engine/world.ts';
import type { Chats } from './chats.ts';
import type { Homes } from './homes.ts';
import type { Cards } from './ports/cards.ts';
import type { NewId } from './ports/newId.ts';
import type { Rights } from './rights.ts';
import type { Asked } from './storylines.ts';

export interface LoreNeeds {
  readonly homes: Homes;
  readonly chats: Chats;
  readonly rights: Rights;
  readonly cards: Pick<Cards, 'readBook' | 'writeBook'>;
  readonly newId: NewId;
}

/** A book in a list of those of a home. */
export interface ListedBook extends AuthoredBook {
  readonly id: BookId;
  /** Whether whoever asks may read and change it: what a book holds is not for players to read ahead. */
  readonly own: boolean;
}

/** What a form and a command's options say of an entry; what is left out is as it was, or as usual. */
export type WrittenLore = Partial<Omit<LoreEntry, 'id'>>;

/** The lorebooks of homes: written, taken in, given out, and used in stories and by characters. */
export class Lore {
  readonly #needs: LoreNeeds;

  constructor(needs: LoreNeeds) {
    this.#needs = needs;
  }

  /** By name. */
  list(home: HomeId, by: Standing): ListedBook[] {
    return Object.entries(this.#needs.homes.read(home).books)
      .map(([id, known]) => ({ id, ...known, own: this.#isOwn(home, known, by) }))
      .sort((a, b) => a.book.name.localeCompare(b.book.name));
  }

  /** @throws {Refusal} `unknown-book`. */
  find(home: HomeId, id: BookId, by: Standing): ListedBook {
    const known = bookOf(this.#needs.homes.read(home), id);
    return { id, ...known, own: this.#isOwn(home, known, by) };
  }

  /** Which books a story draws on, besides those of its characters. */
  usedIn(chat: ChatId): readonly BookId[] {
    return this.#needs.chats.read(chat).frame.settings.books;
  }

  /**
   * An entry as it would be written: what is given over what was there.
   * @throws {Refusal} `unknown-book`, `unknown-lore`, `not-your-book`.
   */
  entry(home: HomeId, id: BookId, entry: string, by: Standing): LoreEntry {
    this.#demand(home, id, by);
    const found = bookOf(this.#needs.homes.read(home), id).book.entries.find(
      (each) => each.id === entry,
    );
    if (found === undefined) throw new Refusal('unknown-lore');
    return found;
  }

  /** May somebody write here? @throws {Refusal} `not-allowed`, `unknown-book`, `not-your-book`. */
  demand(home: HomeId, id: BookId | null, by: Standing): void {
    if (id === null) this.#needs.rights.demandAt(home, 'author-characters', by);
    else this.#demand(home, id, by);
  }

  /** Begins a book. @throws {Refusal} `not-allowed`, `books-full`. */
  begin(home: HomeId, name: string, { by, command }: Asked): BookId {
    const none = { scanDepth: DEFAULT_SCAN_DEPTH, budget: null, recursive: false, entries: [] };
    // What is written into it next is a command of its own.
    return this.#author(home, { name, ...none }, { by, command: `${command}:book` });
  }

  /**
   * Writes an entry of a book.
   * @param entry null for a new one.
   * @throws {Refusal} `unknown-book`, `unknown-lore`, `not-your-book`, `book-full`; `broken-entry` with `field`.
   */
  write(
    home: HomeId,
    book: BookId,
    entry: string | null,
    written: WrittenLore,
    asked: Asked,
  ): LoreEntry {
    this.#demand(home, book, asked.by);
    const before = entry === null ? USUAL_ENTRY : this.entry(home, book, entry, asked.by);
    const id = entry ?? this.#needs.newId();
    const parsed = loreEntry.safeParse({ ...before, ...written, id });
    if (!parsed.success) {
      throw new Refusal('broken-entry', { field: String(parsed.error.issues[0]?.path[0] ?? '') });
    }
    this.#execute(home, asked, (state) => writeLore({ book, entry: parsed.data }, state));
    return parsed.data;
  }

  /** @throws {Refusal} `unknown-book`, `unknown-lore`, `not-your-book`. */
  remove(home: HomeId, book: BookId, entry: string, asked: Asked): void {
    this.#demand(home, book, asked.by);
    this.#execute(home, asked, (state) => removeLore({ book, entry }, state));
  }

  /** @throws {Refusal} `unknown-book`, `not-your-book`. */
  retire(home: HomeId, id: BookId, asked: Asked): void {
    this.#demand(home, id, asked.by);
    this.#execute(home, asked, (state) => retireBook({ id }, state));
  }

  /**
   * Takes a book in from a file, a card's own included.
   * @returns the book, and how much of it was not understood.
   * @throws {Refusal} `not-allowed`, `broken-book`, `books-full`.
   */
  importBook(
    home: HomeId,
    bytes: Uint8Array,
    name: string | null,
    asked: Asked,
  ): { readonly book: Lorebook; readonly notes: number } {
    this.demand(home, null, asked.by);
    const { book: read, notes } = this.#needs.cards.readBook(bytes);
    const entries = read.entries.map((entry) => ({ ...entry, id: this.#needs.newId() }));
    const book = { ...read, name: name ?? read.name, entries };
    this.#author(home, book, asked);
    return { book, notes };
  }

  /** A book as any program reads it. @throws {Refusal} `unknown-book`, `not-your-book`. */
  exportBook(home: HomeId, id: BookId, by: Standing): Uint8Array {
    this.#demand(home, id, by);
    return this.#needs.cards.writeBook(bookOf(this.#needs.homes.read(home), id).book);
  }

  /**
   * Has a story draw on a book, or not.
   * @throws {Refusal} `not-allowed`, `unknown-book`, `books-full`.
   */
  async use(chat: ChatId, id: BookId, used: boolean, { by, command }: Asked): Promise<void> {
    const { chats, rights, homes } = this.#needs;
    rights.demand('edit-state', by, chat);
    await chats.execute({
      chat,
      id: command,
      actor: by.person,
      decide: (known) => {
        const home = homes.read(known.frame.home);
        bookOf(home, id);
        // Books that are gone by now make room.
        const others = known.frame.settings.books.filter(
          (each) => each !== id && home.books[each] !== undefined,
        );
        if (used && others.length >= MOST_USED)
          throw new Refusal('books-full', { most: MOST_USED });
        const books = used ? [...others, id] : others;
        return configureChat({ settings: { books } }, known);
      },
    });
  }

  #author(home: HomeId, book: Lorebook, asked: Asked): BookId {
    this.demand(home, null, asked.by);
    const id = this.#needs.newId();
    this.#execute(home, asked, (state) => authorBook({ id, book }, state));
    return id;
  }

  #isOwn(home: HomeId, { author }: AuthoredBook, by: Standing): boolean {
    const { rights } = this.#needs;
    if (rights.mayAt(home, 'configure', by)) return true;
    return author === by.person && rights.mayAt(home, 'author-characters', by);
  }

  #demand(home: HomeId, id: BookId, by: Standing): void {
    const known = bookOf(this.#needs.homes.read(home), id);
    if (!this.#isOwn(home, known, by)) {
      throw new Refusal('not-your-book', { author: known.author });
    }
  }

  #execute(
    home: HomeId,
    { by, command }: Asked,
    decide: (home: HomeState) => readonly NewEvent[],
  ): void {
    this.#needs.homes.execute({ home, id: command, actor: by.person, decide });
  }
}

/** Books that a story draws on at most. */
const MOST_USED = 10;

/** The books that a story draws on, as they are by now; those that were taken away are not there. */
export const booksOf = ({ books }: HomeState, settings: Pick<Settings, 'books'>): Lorebook[] =>
  settings.books.flatMap((id) => books[id]?.book ?? []);
