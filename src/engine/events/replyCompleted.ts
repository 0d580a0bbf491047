import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withReply } from '../state/story.ts';

/**
 * A reply has its words. `truncated` when they are not all that the character would have said: it was
 * stopped by a person, cut off by a limit or filter, or lost with the model or the process.
 */
export const replyCompleted = defineEvent({
  type: 'ReplyCompleted',
  schema: 1,
  scope: 'attaches',
  mends: false,
  payload: z.object({
    by: entityId,
    text: z.string().min(1),
    finish: z.enum(['authored', 'stop', 'length', 'filter', 'stopped', 'lost', 'shutdown']),
    truncated: z.boolean(),
    model: z.string().nullable(),
    /** Tokens, as the provider counted them. */
    usage: z.object({ input: z.int().min(0), output: z.int().min(0) }).nullable(),
  }),
  example: {
    by: 'character:mira',
    text: 'Fish. Mostly.',
    finish: 'stop',
    truncated: false,
    model: 'offline',
    usage: null,
  },
  evolve: (story, { text, finish, truncated }, { node }) =>
    withReply(story, node, { status: 'complete', text, truncated, stopped: finish === 'stopped' }),
  label: ({ by, truncated }, names) => `${names(by)} ${truncated ? 'is cut short' : 'answers'}`,
  // A reply that was given stands: it is the character's.
  blank: (payload) => payload,
});
