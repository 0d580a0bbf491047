import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';
import { withAllWords } from '../state/frame.ts';

/** Everything that a person said in this chat was erased: it says that it happened, not what it was. */
export const erased = defineEvent({
  type: 'Erased',
  schema: 1,
  scope: 'frame',
  payload: z.object({
    person: entityId,
    turns: z.array(z.object({ turn: nodeId, revision: z.int().min(1) })),
  }),
  example: { person: 'user:100000000000000002', turns: [{ turn: 'n1', revision: 1 }] },
  evolve: (frame, { turns }) =>
    withAllWords(
      frame,
      turns.map(({ turn, revision }) => [turn, { revision, text: null, erased: true }]),
    ),
  label: () => 'What someone said was erased',
  blank: null,
});
