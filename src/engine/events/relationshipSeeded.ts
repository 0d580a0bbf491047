import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withRelationship } from '../state/relationships.ts';
import { score } from '../world.ts';

/** How one stands to another as the story begins. */
export const relationshipSeeded = defineEvent({
  type: 'RelationshipSeeded',
  schema: 1,
  scope: 'opens',
  mends: true,
  payload: z.object({
    from: entityId,
    to: entityId,
    affinity: score,
    trust: score,
    summary: z.string(),
  }),
  example: { from: 'character:mira', to: 'user:1', affinity: 50, trust: 40, summary: 'A guest.' },
  // How a story begins is no secret.
  evolve: (story, { from, to, ...seed }) =>
    withRelationship(story, from, to, () => ({ ...seed, summaryKnownTo: null, seen: {} })),
  label: ({ from, to }, names) => `${names(from)} knows ${names(to)}`,
  blank: ({ summary, ...seed }, { said }) => ({ ...seed, summary: unless(summary, said, '') }),
});
