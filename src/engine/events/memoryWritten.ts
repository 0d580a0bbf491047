import { z } from 'zod';
import { NO_WORDS, unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';
import { withSignificance } from '../state/pins.ts';
import { significance } from '../world.ts';

/** One character's own account of something, named by the node that it counts at and by whose it is. */
export const memoryWritten = defineEvent({
  type: 'MemoryWritten',
  schema: 1,
  scope: 'either',
  mends: true,
  payload: z.object({
    owner: entityId,
    text: z.string().min(1).max(2_000),
    kind: z.enum(['event', 'fact', 'preference', 'promise', 'joke']),
    /** Who could perceive it, the owner included. */
    witnesses: z.array(entityId),
    /** The node that opened its scene. */
    scene: nodeId.nullable(),
    /** Minutes of the story's clock. */
    storyTime: z.int().min(0),
    /** Seen or heard, or who told it. */
    source: z.string().regex(/^(direct|told_by:(user|character):[A-Za-z0-9_-]{1,64})$/),
    /** Per cent. */
    reliability: z.int().min(0).max(100),
    significance,
  }),
  example: {
    owner: 'character:mira',
    text: 'Ann is afraid of dogs.',
    kind: 'fact',
    witnesses: ['character:mira', 'user:1'],
    scene: 'n1',
    storyTime: 0,
    source: 'direct',
    reliability: 100,
    significance: 1,
  },
  evolve: (story, { owner, significance }, { node }) =>
    node === null ? story : withSignificance(story, { node, owner }, significance),
  label: ({ owner }, names) => `${names(owner)} will remember this`,
  account: true,
  blank: ({ text, ...memory }, { said }) => ({ ...memory, text: unless(text, said, NO_WORDS) }),
});
