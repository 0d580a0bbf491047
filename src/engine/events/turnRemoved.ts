import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { nodeId } from '../ids.ts';
import { withWords } from '../state/frame.ts';

/** Someone took a turn away. It stays as a silent step, on every line and branch. */
export const turnRemoved = defineEvent({
  type: 'TurnRemoved',
  schema: 1,
  scope: 'frame',
  payload: z.object({ turn: nodeId, revision: z.int().min(1) }),
  example: { turn: 'n1', revision: 1 },
  evolve: (frame, { turn, revision }) =>
    withWords(frame, turn, { revision, text: null, erased: false }),
  label: () => 'Something that was said was taken away',
  blank: null,
});
