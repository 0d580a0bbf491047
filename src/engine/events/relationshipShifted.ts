import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withRelationship } from '../state/relationships.ts';
import { delta, fact } from '../world.ts';

export const relationshipShifted = defineEvent({
  type: 'RelationshipShifted',
  schema: 1,
  scope: 'either',
  payload: z.object({
    from: entityId,
    to: entityId,
    affinity: delta,
    trust: delta,
    facts: z.array(fact),
  }),
  example: { from: 'character:mira', to: 'user:1', affinity: 3, trust: 0, facts: ['Fears dogs'] },
  evolve: (story, { from, to, affinity, trust, facts }, { node }) =>
    withRelationship(story, from, to, (before) => ({
      affinity: before.affinity + affinity,
      trust: before.trust + trust,
      facts: facts.length === 0 ? before.facts : [...before.facts, ...facts],
      last: node,
    })),
  label: ({ from, to, affinity }, names) =>
    `${names(from)} ${affinity >= 0 ? 'warms' : 'cools'} to ${names(to)}`,
});
