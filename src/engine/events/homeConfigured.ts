import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';

/** Settings of a home by their keys; what it does not name stays as it was. */
export const homeConfigured = defineEvent({
  type: 'HomeConfigured',
  schema: 1,
  scope: 'home',
  payload: z.object({
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  example: { settings: { adults: 'nowhere', personTurns: 200 } },
  evolve: (home, { settings }) => ({ ...home, settings: { ...home.settings, ...settings } }),
  label: () => 'Settings were changed',
  // Figures and choices: nobody's words.
  blank: (payload) => payload,
});
