import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { withSignificance } from '../state/pins.ts';
import { memoryKey, significance } from '../world.ts';

export const memoryRated = defineEvent({
  type: 'MemoryRated',
  schema: 2,
  scope: 'either',
  mends: true,
  payload: z.object({
    memory: memoryKey,
    significance,
    /** For display. */
    before: significance.nullable().optional(),
  }),
  upcasts: [(payload) => payload],
  example: { memory: { node: 'n2', owner: 'character:mira' }, significance: 3 },
  evolve: (story, { memory, significance }) => withSignificance(story, memory, significance),
  label: ({ memory }, names) =>
    `${names(memory.owner)} holds a memory to be more or less important`,
  target: ({ memory }) => memory.node,
  blank: null,
});
