import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';
import { witnessesOf } from '../presence.ts';
import { withTurn } from '../state/story.ts';

/**
 * A character goes on where its last words ended. It is a step of its own, with its own words and its
 * own digest, shown in the message of the reply that it continues.
 */
export const replyContinued = defineEvent({
  type: 'ReplyContinued',
  schema: 2,
  scope: 'opens',
  mends: false,
  payload: z.object({
    by: entityId,
    /** As in the reply that it continues. */
    to: entityId.nullable(),
    continues: nodeId,
    /** As for a reply of its own. */
    note: z.string().min(1).nullable(),
  }),
  example: { by: 'character:mira', to: null, continues: 'n2', note: null },
  upcasts: [(payload) => ({ to: null, note: null, ...(payload as object) })],
  evolve: (story, { by, to, continues }, { node }) =>
    node === null
      ? story
      : withTurn(story, {
          kind: 'reply',
          node,
          by,
          to,
          witnesses: witnessesOf(story, { by, to }),
          answers: [],
          continues,
          status: 'streaming',
          text: '',
          truncated: false,
          stopped: false,
        }),
  label: ({ by }, names) => `${names(by)} goes on`,
  blank: ({ note, ...begun }, { said }) => ({ ...begun, note: unless(note, said, null) }),
});
