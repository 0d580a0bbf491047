import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { persona } from '../persona.ts';

/** How a person appears in the stories of a home; written again, it replaces what was. */
export const personaAuthored = defineEvent({
  type: 'PersonaAuthored',
  schema: 1,
  scope: 'home',
  payload: z.object({ person: entityId, persona }),
  example: {
    person: 'user:100000000000000002',
    persona: { name: 'Ann', pronouns: 'she/her', description: 'A cartographer without a map.' },
  },
  evolve: (home, { person, persona }) => ({
    ...home,
    personas: { ...home.personas, [person]: persona },
  }),
  label: ({ persona }) => `${persona.name} was described`,
});
