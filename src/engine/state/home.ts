import type { EntityId } from '../ids.ts';
import type { Persona } from '../persona.ts';
import type { Sheet } from '../sheet.ts';

/** What a guild, or a person's direct messages, own. */
export interface HomeState {
  readonly characters: Readonly<Record<EntityId, AuthoredCharacter>>;
  readonly personas: Readonly<Record<EntityId, Persona>>;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
}

export interface AuthoredCharacter {
  readonly sheet: Sheet;
  /** Counts from 1; a chat keeps the revision that it began with. */
  readonly revision: number;
  /** Plays on where it plays, and is not offered for new stories. */
  readonly retired: boolean;
}

export const emptyHome: HomeState = { characters: {}, personas: {}, settings: {} };
