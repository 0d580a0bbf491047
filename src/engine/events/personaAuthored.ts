import { z } from 'zod';
import { anyGone } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { chatId, entityId } from '../ids.ts';
import { persona } from '../persona.ts';
import { personaKey } from '../state/home.ts';

/**
 * How a person appears in the stories of a home, or in one of them alone; written again, it replaces
 * what was, and null takes it back.
 */
export const personaAuthored = defineEvent({
  type: 'PersonaAuthored',
  schema: 2,
  scope: 'home',
  payload: z.object({
    person: entityId,
    /** The only story that it is for; null for all that have none of their own. */
    chat: chatId.nullable(),
    persona: persona.nullable(),
  }),
  example: {
    person: 'user:100000000000000002',
    chat: null,
    persona: { name: 'Ann', pronouns: 'she/her', description: 'A cartographer without a map.' },
  },
  upcasts: [(payload) => ({ chat: null, ...(payload as object) })],
  evolve: (home, { person, chat, persona }) => {
    const key = personaKey(person, chat);
    const { [key]: _before, ...others } = home.personas;
    return { ...home, personas: persona === null ? others : { ...others, [key]: persona } };
  },
  label: ({ persona, person }, names) => `${persona?.name ?? names(person)} was described`,
  blank: ({ persona, ...whose }, { said }) => {
    const told = persona && [persona.name, persona.pronouns, persona.description];
    return { ...whose, persona: told && anyGone(told, said) ? null : persona };
  },
});
