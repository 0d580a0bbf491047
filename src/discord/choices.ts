import type { AutocompleteInteraction } from 'discord.js';
import { shorten } from './shorten.ts';

/** Discord's limits: of a list, and of a line in it. */
const MOST = 25;
const LONGEST = 100;

export interface NamedChoice {
  readonly name: string;
  readonly value: string;
}

/** Offers what fits of a list for the option that is being typed; the best first. */
export const respondWith = (
  interaction: AutocompleteInteraction,
  choices: readonly NamedChoice[],
): Promise<unknown> =>
  interaction.respond(
    choices
      .filter(({ name, value }) => name !== '' && value.length <= LONGEST)
      .slice(0, MOST)
      .map(({ name, value }) => ({ name: shorten(name, LONGEST), value })),
  );
