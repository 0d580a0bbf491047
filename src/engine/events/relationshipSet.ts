import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withRelationship } from '../state/relationships.ts';
import { fact, score } from '../world.ts';

/** Someone set how one stands to another; what it does not name stays. */
export const relationshipSet = defineEvent({
  type: 'RelationshipSet',
  schema: 1,
  scope: 'opens',
  payload: z.object({
    from: entityId,
    to: entityId,
    changes: z.object({
      affinity: score.optional(),
      trust: score.optional(),
      facts: z.array(fact).optional(),
    }),
    /** For display. */
    before: z.object({ affinity: score, trust: score, facts: z.array(fact) }).nullable(),
  }),
  example: { from: 'character:mira', to: 'user:1', changes: { trust: 70 }, before: null },
  evolve: (story, { from, to, changes: { facts, ...scores } }, { actor }) =>
    withRelationship(story, from, to, (before) => ({
      ...scores,
      // A score that somebody set is told to everyone.
      ...(Object.keys(scores).length === 0 ? {} : { seen: {} }),
      ...(facts === undefined
        ? {}
        : {
            facts: facts.map(
              (text) =>
                before.facts.find((each) => each.text === text) ?? { text, knownTo: [from, actor] },
            ),
          }),
    })),
  label: ({ from, to }, names) => `How ${names(from)} stands to ${names(to)} was set`,
});
