import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { nodeId } from '../ids.ts';

/** Where the story stands was changed: nothing is destroyed, and the old line can be returned to. */
export const headMoved = defineEvent({
  type: 'HeadMoved',
  schema: 1,
  scope: 'frame',
  payload: z.object({
    from: nodeId.nullable(),
    to: nodeId.nullable(),
    why: z.enum(['reply-failed', 'rewind', 'undo', 'variant', 'regenerate', 'load', 'reset']),
  }),
  example: { from: 'n2', to: 'n1', why: 'reply-failed' },
  evolve: (frame, { to }) => ({ ...frame, head: to }),
  label: ({ why }) => `The story went to another point (${why})`,
});
