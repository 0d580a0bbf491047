import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';

/** The minor memories of a scene are in its summary now, and come to mind by themselves no more. */
export const memoriesFolded = defineEvent({
  type: 'MemoriesFolded',
  schema: 1,
  scope: 'attaches',
  mends: false,
  payload: z.object({
    owner: entityId,
    /** The nodes that they were written at. */
    memories: z.array(nodeId).min(1),
  }),
  example: { owner: 'character:mira', memories: ['n2', 'n4'] },
  evolve: (story) => story,
  label: ({ owner }, names) => `What mattered less to ${names(owner)} is in the summary`,
  blank: null,
});
