import { z } from 'zod';
import { NO_WORDS, unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { memoryKey } from '../world.ts';

/** Someone rewrote a memory; it reads so from here on. */
export const memoryRevised = defineEvent({
  type: 'MemoryRevised',
  schema: 1,
  scope: 'opens',
  mends: false,
  payload: z.object({
    memory: memoryKey,
    text: z.string().min(1).max(2_000),
    /** For display. */
    before: z.string().nullable(),
  }),
  example: {
    memory: { node: 'n2', owner: 'character:mira' },
    text: 'Ann is afraid of wolves.',
    before: 'Ann is afraid of dogs.',
  },
  evolve: (story) => story,
  label: ({ memory }, names) => `${names(memory.owner)} remembers something otherwise`,
  target: ({ memory }) => memory.node,
  account: true,
  blank: ({ memory, text, before }, { said, repeated }) => ({
    memory,
    text: unless(text, said, NO_WORDS),
    before: unless(before, repeated, null),
  }),
});
