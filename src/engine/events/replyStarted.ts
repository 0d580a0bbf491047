import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';
import { witnessesOf } from '../presence.ts';
import { withTurn } from '../state/story.ts';

/** A character begins to answer; its words come later and count here. */
export const replyStarted = defineEvent({
  type: 'ReplyStarted',
  schema: 2,
  scope: 'opens',
  mends: false,
  payload: z.object({
    by: entityId,
    /** The only one whom it reaches: the answer to a whisper; null for everyone near. */
    to: entityId.nullable(),
    answers: z.array(nodeId),
    /** What whoever asked for another attempt wants of it; it reaches the prompt of this one only. */
    note: z.string().min(1).nullable(),
  }),
  example: { by: 'character:mira', to: null, answers: ['n1'], note: null },
  upcasts: [(payload) => ({ to: null, note: null, ...(payload as object) })],
  evolve: (story, { by, to, answers }, { node }) =>
    node === null
      ? story
      : withTurn(story, {
          kind: 'reply',
          node,
          by,
          to,
          witnesses: witnessesOf(story, { by, to }),
          answers,
          continues: null,
          status: 'streaming',
          text: '',
          truncated: false,
          stopped: false,
        }),
  label: ({ by }, names) => `${names(by)} begins to answer`,
  blank: ({ note, ...begun }, { said }) => ({ ...begun, note: unless(note, said, null) }),
});
