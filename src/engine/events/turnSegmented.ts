import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { nodeId } from '../ids.ts';
import { segment } from '../segments.ts';

/** Prose without markers was told apart: what is said in it, and what is done. */
export const turnSegmented = defineEvent({
  type: 'TurnSegmented',
  schema: 1,
  scope: 'attaches',
  mends: false,
  payload: z.object({ turn: nodeId, segments: z.array(segment).min(1) }),
  example: {
    turn: 'n1',
    segments: [
      { kind: 'dialogue', text: '"What is in the soup?"' },
      { kind: 'action', text: 'she asks and sits down.' },
    ],
  },
  evolve: (story, { turn, segments }) => ({
    ...story,
    turns: story.turns.map((each) =>
      each.kind === 'user' && each.node === turn ? { ...each, segments } : each,
    ),
  }),
  label: () => 'What was said and what was done were told apart',
  target: ({ turn }) => turn,
  blank: ({ turn, segments }, { said }) => ({
    turn,
    segments: segments.map(({ kind, text }) => ({ kind, text: unless(text, said, '') })),
  }),
});
