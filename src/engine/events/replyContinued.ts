import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';
import { withTurn } from '../state/story.ts';

/**
 * A character goes on where its last words ended. It is a step of its own, with its own words and its
 * own digest, shown in the message of the reply that it continues.
 */
export const replyContinued = defineEvent({
  type: 'ReplyContinued',
  schema: 1,
  scope: 'opens',
  payload: z.object({ by: entityId, continues: nodeId }),
  example: { by: 'character:mira', continues: 'n2' },
  evolve: (story, { by, continues }, { node }) =>
    node === null
      ? story
      : withTurn(story, {
          kind: 'reply',
          node,
          by,
          answers: [],
          continues,
          status: 'streaming',
          text: '',
          truncated: false,
        }),
  label: ({ by }, names) => `${names(by)} goes on`,
});
