import { z } from 'zod';
import { NO_WORDS } from '../blanking.ts';

/** A piece of what a world holds, told to a character when the talk comes to it. */
export const loreEntry = z.object({
  /** Unique in its book. */
  id: z.string().min(1).max(80),
  name: z.string().max(200),
  /** One of them has to occur in the recent turns. */
  keys: z.array(z.string().min(1).max(200)).max(200),
  /** Where there are any, one of them has to occur as well. */
  secondaryKeys: z.array(z.string().min(1).max(200)).max(200),
  content: z.string().min(1).max(16_000),
  enabled: z.boolean(),
  /** Told whatever the talk is about. */
  constant: z.boolean(),
  /** Lower ones stand higher in the prompt. */
  order: z.int(),
  /** Lower ones are left out first when the budget is used up. */
  priority: z.int(),
  /** Turns that are searched for its keys; null for as many as the book says. */
  scanDepth: z.int().min(0).max(1_000).nullable(),
  /** Per cent. */
  probability: z.int().min(0).max(100),
  caseSensitive: z.boolean(),
  /** Names of the only ones who know of it; empty where everyone may. */
  knownBy: z.array(z.string().min(1).max(80)).max(50),
});
export type LoreEntry = z.infer<typeof loreEntry>;

/** As many as can be searched for every prompt. */
export const MOST_ENTRIES = 2_000;

export const lorebook = z.object({
  name: z.string().max(200),
  /** Turns that are searched for keys. */
  scanDepth: z.int().min(0).max(1_000),
  /** Tokens that its entries may take together; null for as many as the prompt allows. */
  budget: z.int().min(0).nullable(),
  /** Whether an entry's words can call another one. */
  recursive: z.boolean(),
  entries: z.array(loreEntry).max(MOST_ENTRIES),
});
export type Lorebook = z.infer<typeof lorebook>;

export const DEFAULT_SCAN_DEPTH = 4;

/** What an entry is where nobody says otherwise. */
export const USUAL_ENTRY: Omit<LoreEntry, 'id' | 'content'> = {
  name: '',
  keys: [],
  secondaryKeys: [],
  enabled: true,
  constant: false,
  order: 100,
  priority: 100,
  scanDepth: null,
  probability: 100,
  caseSensitive: false,
  knownBy: [],
};

export const exampleBook: Lorebook = {
  name: 'The street',
  scanDepth: DEFAULT_SCAN_DEPTH,
  budget: null,
  recursive: false,
  entries: [
    {
      ...USUAL_ENTRY,
      id: 'e1',
      name: 'The tower',
      keys: ['tower'],
      content: 'The tower clock has stood still for nine years.',
    },
  ],
};

/** What is left of an entry, and of a book, that their author took back. */
export const bareEntry = (entry: LoreEntry): LoreEntry => ({
  ...entry,
  name: '',
  keys: [],
  secondaryKeys: [],
  content: NO_WORDS,
  enabled: false,
  knownBy: [],
});
export const bareBook = (book: Lorebook): Lorebook => ({
  ...book,
  name: '',
  entries: book.entries.map(bareEntry),
});
