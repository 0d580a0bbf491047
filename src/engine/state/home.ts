import type { EntityId } from '../ids.ts';
import type { Sheet } from '../sheet.ts';

/** What a guild, or a person's direct messages, own. */
export interface HomeState {
  readonly characters: Readonly<Record<EntityId, AuthoredCharacter>>;
}

export interface AuthoredCharacter {
  readonly sheet: Sheet;
  /** Counts from 1; a chat keeps the revision that it began with. */
  readonly revision: number;
}

export const emptyHome: HomeState = { characters: {} };
