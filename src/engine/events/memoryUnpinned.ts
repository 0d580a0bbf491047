import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { withoutPin } from '../state/pins.ts';
import { memoryKey } from '../world.ts';

export const memoryUnpinned = defineEvent({
  type: 'MemoryUnpinned',
  schema: 1,
  scope: 'opens',
  mends: true,
  payload: z.object({ memory: memoryKey }),
  example: { memory: { node: 'n2', owner: 'character:mira' } },
  evolve: (story, { memory }) => withoutPin(story, memory),
  label: ({ memory }, names) => `${names(memory.owner)} no longer keeps a memory in mind`,
  target: ({ memory }) => memory.node,
  blank: null,
});
