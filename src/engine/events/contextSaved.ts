import { z } from 'zod';
import { NO_WORDS, unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { nodeId } from '../ids.ts';

/** A point of the story got a name. It is unique within a story and its branches. */
export const contextSaved = defineEvent({
  type: 'ContextSaved',
  schema: 1,
  scope: 'frame',
  payload: z.object({ name: z.string().min(1).max(100), at: nodeId }),
  example: { name: 'before the storm', at: 'n1' },
  evolve: (frame, { name, at }) => ({ ...frame, saves: { ...frame.saves, [name]: at } }),
  label: ({ name }) => `This point was kept as "${name}"`,
  blank: ({ name, at }, { said }, { stream, version }) => ({
    // Names are unique within a story and its branches.
    name: unless(name, said, `${NO_WORDS} ${version} ${stream.slice(-64)}`),
    at,
  }),
});
