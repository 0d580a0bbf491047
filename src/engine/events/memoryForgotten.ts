import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { withoutPin } from '../state/pins.ts';
import { memoryKey } from '../world.ts';

/** From here on the character does not remember it. */
export const memoryForgotten = defineEvent({
  type: 'MemoryForgotten',
  schema: 1,
  scope: 'opens',
  mends: true,
  payload: z.object({
    memory: memoryKey,
    /** For display. */
    before: z.string().nullable(),
  }),
  example: { memory: { node: 'n2', owner: 'character:mira' }, before: null },
  evolve: (story, { memory }) => withoutPin(story, memory),
  label: ({ memory }, names) => `${names(memory.owner)} forgets something`,
  target: ({ memory }) => memory.node,
  blank: ({ memory, before }, { repeated }) => ({
    memory,
    before: unless(before, repeated, null),
  }),
});
