import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { nodeId } from '../ids.ts';
import { segment } from '../segments.ts';
import { withWords } from '../state/frame.ts';

/** A person rewrote its own words: they read so wherever they are read, on every line and branch. */
export const turnRevised = defineEvent({
  type: 'TurnRevised',
  schema: 1,
  scope: 'frame',
  payload: z.object({
    turn: nodeId,
    revision: z.int().min(1),
    text: z.string(),
    segments: z.array(segment),
  }),
  example: {
    turn: 'n1',
    revision: 1,
    text: 'What is in the stew?',
    segments: [{ kind: 'dialogue', text: 'What is in the stew?' }],
  },
  evolve: (frame, { turn, revision, text, segments }) =>
    withWords(frame, turn, { revision, text: { raw: text, segments }, erased: false }),
  label: () => 'Someone rewrote what they said',
  blank: (payload, { said }) =>
    said(payload.text) ? { ...payload, text: '', segments: [] } : payload,
});
