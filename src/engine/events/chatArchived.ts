import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';

export const chatArchived = defineEvent({
  type: 'ChatArchived',
  schema: 1,
  scope: 'frame',
  payload: z.object({}),
  example: {},
  evolve: (frame) => ({ ...frame, archived: true }),
  label: () => 'The story was put away',
  blank: null,
});
