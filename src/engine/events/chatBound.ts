import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { snowflake } from '../ids.ts';

export const chatBound = defineEvent({
  type: 'ChatBound',
  schema: 1,
  scope: 'frame',
  payload: z.object({ channel: snowflake, guild: snowflake.nullable() }),
  example: { channel: '100000000000000003', guild: '100000000000000001' },
  // A story that was put away is played again.
  evolve: (frame, { channel, guild }) => ({
    ...frame,
    binding: { channel, guild },
    archived: false,
  }),
  label: () => 'The story moved into a channel',
  blank: null,
});
