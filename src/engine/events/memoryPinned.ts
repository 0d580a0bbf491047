import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { withPin } from '../state/pins.ts';
import { memoryKey, significance } from '../world.ts';

/** Always before the character's eyes from here on. */
export const memoryPinned = defineEvent({
  type: 'MemoryPinned',
  schema: 1,
  scope: 'opens',
  mends: true,
  payload: z.object({ memory: memoryKey, significance }),
  example: { memory: { node: 'n2', owner: 'character:mira' }, significance: 1 },
  evolve: (story, { memory, significance }) =>
    withPin(story, { memory, significance, byHand: true }),
  label: ({ memory }, names) => `${names(memory.owner)} keeps a memory in mind`,
  target: ({ memory }) => memory.node,
  blank: null,
});
