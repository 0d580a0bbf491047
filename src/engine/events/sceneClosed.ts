import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { significance } from '../world.ts';

/** The open scene ends; its summaries come later and count here. */
export const sceneClosed = defineEvent({
  type: 'SceneClosed',
  schema: 1,
  scope: 'either',
  mends: false,
  payload: z.object({ significance }),
  example: { significance: 2 },
  evolve: (story) => ({ ...story, scene: null }),
  label: () => 'The scene ends',
  moves: true,
  blank: null,
});
