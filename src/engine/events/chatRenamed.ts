import { z } from 'zod';
import { A_STORY, unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';

export const chatRenamed = defineEvent({
  type: 'ChatRenamed',
  schema: 1,
  scope: 'frame',
  payload: z.object({ name: z.string().min(1).max(100) }),
  example: { name: 'The long winter' },
  evolve: (frame, { name }) => ({ ...frame, name }),
  label: ({ name }) => `The story is called "${name}" now`,
  blank: ({ name }, { said }) => ({ name: unless(name, said, A_STORY) }),
});
