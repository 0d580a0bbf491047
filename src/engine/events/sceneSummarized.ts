import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';
import { withSummary } from '../state/summaries.ts';
import { significance } from '../world.ts';

/** One owner's account of a closed scene; written again by a person, it replaces what was. */
export const sceneSummarized = defineEvent({
  type: 'SceneSummarized',
  schema: 1,
  scope: 'either',
  payload: z.object({
    owner: entityId,
    scene: nodeId,
    text: z.string().min(1),
    significance,
    /** For display. */
    before: z.string().nullable(),
  }),
  example: {
    owner: 'character:mira',
    scene: 'n1',
    text: 'Ann came in from the rain.',
    significance: 1,
    before: null,
  },
  evolve: (story, { owner, scene, text, significance }) =>
    withSummary(story, owner, { scene, text, significance }),
  label: ({ owner }, names) => `${names(owner)} looks back on the scene`,
  target: ({ scene }) => scene,
});
