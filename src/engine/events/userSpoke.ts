import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, snowflake } from '../ids.ts';
import { withSpeaker, witnessesOf } from '../presence.ts';
import { segment } from '../segments.ts';
import { withTurn } from '../state/story.ts';

/** A message of a person in the story's channel: raw, and by its segments. */
export const userSpoke = defineEvent({
  type: 'UserSpoke',
  schema: 2,
  scope: 'opens',
  payload: z.object({
    by: entityId,
    /** The only one whom a whisper reaches; null for everyone near. */
    to: entityId.nullable(),
    message: snowflake,
    text: z.string(),
    segments: z.array(segment),
    quote: z.object({ by: z.string(), text: z.string() }).nullable(),
    attachments: z.array(
      z.object({ name: z.string(), type: z.string().nullable(), size: z.int().min(0) }),
    ),
  }),
  example: {
    by: 'user:100000000000000002',
    to: null,
    message: '100000000000000004',
    text: '*sits down* What is in the soup?',
    segments: [
      { kind: 'action', text: 'sits down' },
      { kind: 'dialogue', text: 'What is in the soup?' },
    ],
    quote: null,
    attachments: [],
  },
  upcasts: [(payload) => ({ to: null, ...(payload as object) })],
  evolve: (story, { by, to, segments, quote, attachments }, { node }) => {
    if (node === null) return story;
    const here = withSpeaker(story, by);
    const witnesses = witnessesOf(here, { by, to });
    return withTurn(here, { kind: 'user', node, by, to, witnesses, segments, quote, attachments });
  },
  label: ({ by }, names) => `${names(by)} says something`,
});
