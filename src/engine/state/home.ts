import type { Actor, BookId, ChatId, EntityId } from '../ids.ts';
import type { Lorebook } from '../lore/lorebook.ts';
import type { Persona } from '../persona.ts';
import type { Sheet } from '../sheet.ts';

/** What a guild, or a person's direct messages, own. */
export interface HomeState {
  readonly characters: Readonly<Record<EntityId, AuthoredCharacter>>;
  /** By `personaKey`. */
  readonly personas: Readonly<Record<string, Persona>>;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Lorebooks by themselves; those of characters are in their sheets. */
  readonly books: Readonly<Record<BookId, AuthoredBook>>;
}

export interface AuthoredBook {
  readonly book: Lorebook;
  /** Whose it is: the person who began it. */
  readonly author: Actor;
}

export interface AuthoredCharacter {
  readonly sheet: Sheet;
  /** Whose it is: the person who wrote it first, or `troupe` for one that comes with it. */
  readonly author: Actor;
  /** Counts from 1; a chat keeps the revision that it began with. */
  readonly revision: number;
  /** Plays on where it plays, and is not offered for new stories. */
  readonly retired: boolean;
}

export const emptyHome: HomeState = {
  characters: {},
  personas: {},
  settings: {},
  books: {},
};

export const personaKey = (person: EntityId, chat: ChatId | null): string =>
  chat === null ? person : `${person} ${chat}`;

/** How a person appears in a story; null for one who never said. */
export const personaIn = (home: HomeState, person: EntityId, chat: ChatId): Persona | null =>
  home.personas[personaKey(person, chat)] ?? home.personas[personaKey(person, null)] ?? null;
