import { z } from 'zod';
import { NO_WORDS, unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId, nodeId } from '../ids.ts';
import { stands, summaryMark, withMark, withSummary } from '../state/summaries.ts';
import { significance } from '../world.ts';

/** One owner's account of a closed scene; written again by a person, it replaces what was. */
export const sceneSummarized = defineEvent({
  type: 'SceneSummarized',
  schema: 3,
  scope: 'either',
  mends: true,
  payload: z.object({
    owner: entityId,
    scene: nodeId,
    text: z.string().min(1),
    significance,
    /** For display. */
    before: z.string().nullable(),
    /** The owner's earlier summaries that were read for it; what a person writes stands by itself. */
    standsOn: summaryMark.nullable().optional(),
    /** Who perceived all that was read for it, the owner included. */
    witnesses: z.array(entityId).optional(),
  }),
  upcasts: [(payload) => payload, (payload) => payload],
  example: {
    owner: 'character:mira',
    scene: 'n1',
    text: 'Ann came in from the rain.',
    significance: 1,
    before: null,
  },
  evolve: (story, { owner, scene, text, significance, standsOn, witnesses }, envelope) => {
    if (!stands(story, owner, standsOn, envelope)) return story;
    const summed = withSummary(story, owner, {
      scene,
      text,
      significance,
      knownTo: witnesses ?? [owner, envelope.actor],
      summarizedAt: envelope.node,
    });
    return withMark(summed, owner, text, envelope);
  },
  label: ({ owner }, names) => `${names(owner)} looks back on the scene`,
  target: ({ scene }) => scene,
  account: true,
  blank: ({ text, before, ...summed }, { said, repeated }) => ({
    ...summed,
    text: unless(text, said, NO_WORDS),
    before: unless(before, repeated, null),
  }),
});
