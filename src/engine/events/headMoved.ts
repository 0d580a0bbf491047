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
  evolve: (frame, { from, to, why }, { version }) => ({
    ...frame,
    head: to,
    lastMove: { from, to, why, version },
    left: from === null ? frame.left : [...frame.left.filter((node) => node !== from), from],
  }),
  label: ({ why }) => `The story went to another point (${why})`,
  blank: null,
});
