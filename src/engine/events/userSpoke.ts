import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId, snowflake } from '../ids.ts';
import { withSpeaker, witnessesOf } from '../presence.ts';
import { segment } from '../segments.ts';
import { withTurn } from '../state/story.ts';

/** A message of a person in the story's channel: raw, and by its segments. */
export const userSpoke = defineEvent({
  type: 'UserSpoke',
  schema: 2,
  scope: 'opens',
  mends: false,
  payload: z.object({
    by: entityId,
    /** The only one whom a whisper reaches; null for everyone near. */
    to: entityId.nullable(),
    message: snowflake,
    text: z.string(),
    segments: z.array(segment),
    /** The node whose words they are; null for what is no turn of a story. */
    quote: z
      .object({
        by: z.string(),
        text: z.string(),
        node: nodeId.nullable(),
        entity: entityId.nullable(),
      })
      .nullable(),
    attachments: z.array(
      z.object({
        name: z.string(),
        type: z.string().nullable(),
        size: z.int().min(0),
        /** Where a model that can see finds it; null for what it has no use for. */
        url: z.url().nullable(),
      }),
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
  upcasts: [
    (payload) => {
      const { quote, attachments, ...spoken } = payload as {
        quote: object | null;
        attachments: object[];
      };
      return {
        to: null,
        ...spoken,
        quote: quote && { ...quote, node: null, entity: null },
        attachments: attachments.map((each) => ({ ...each, url: null })),
      };
    },
  ],
  evolve: (story, { by, to, segments, quote, attachments }, { node }) => {
    if (node === null) return story;
    const here = withSpeaker(story, by);
    const witnesses = witnessesOf(here, { by, to });
    return withTurn(here, { kind: 'user', node, by, to, witnesses, segments, quote, attachments });
  },
  label: ({ by }, names) => `${names(by)} says something`,
  blank: (payload, { said }) =>
    said(payload.text)
      ? { ...payload, text: '', segments: [], quote: null, attachments: [] }
      : payload,
});
