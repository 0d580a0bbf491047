import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';
import { withTurn } from '../state/story.ts';

/** A character begins to answer; its words come later and count here. */
export const replyStarted = defineEvent({
  type: 'ReplyStarted',
  schema: 1,
  scope: 'opens',
  payload: z.object({ by: entityId, answers: z.array(nodeId) }),
  example: { by: 'character:mira', answers: ['n1'] },
  evolve: (story, { by, answers }, { node }) =>
    node === null
      ? story
      : withTurn(story, {
          kind: 'reply',
          node,
          by,
          answers,
          continues: null,
          status: 'streaming',
          text: '',
          truncated: false,
        }),
  label: ({ by }, names) => `${names(by)} begins to answer`,
});
