import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';

export const chatUnbound = defineEvent({
  type: 'ChatUnbound',
  schema: 1,
  scope: 'frame',
  payload: z.object({ why: z.enum(['archived', 'channel-gone', 'moved']) }),
  example: { why: 'archived' },
  evolve: (frame) => ({ ...frame, binding: null }),
  label: () => 'The story left its channel',
  blank: null,
});
