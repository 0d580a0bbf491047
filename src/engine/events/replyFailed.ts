import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withReply } from '../state/story.ts';

/** A reply ended before its first word. Nothing of it reaches a prompt. */
export const replyFailed = defineEvent({
  type: 'ReplyFailed',
  schema: 1,
  scope: 'attaches',
  mends: false,
  payload: z.object({ by: entityId, failure: z.string().min(1) }),
  example: { by: 'character:mira', failure: 'unavailable' },
  evolve: (story, _payload, { node }) => withReply(story, node, { status: 'failed' }),
  label: ({ by }, names) => `${names(by)} could not answer`,
  // A kind of failure.
  blank: (payload) => payload,
});
