import { z } from 'zod';
import { anyGone, type Gone } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withRelationship } from '../state/relationships.ts';
import { fact, score } from '../world.ts';

/** Someone set how one stands to another; what it does not name stays. */
export const relationshipSet = defineEvent({
  type: 'RelationshipSet',
  schema: 2,
  scope: 'opens',
  mends: true,
  payload: z.object({
    from: entityId,
    to: entityId,
    changes: z.object({
      affinity: score.optional(),
      trust: score.optional(),
      facts: z.array(fact).optional(),
      /** What is known besides from here on, and what no more: the other facts stand by what was said. */
      learned: z.array(fact).optional(),
      unlearned: z.array(fact).optional(),
    }),
    /** For display. */
    before: z.object({ affinity: score, trust: score, facts: z.array(fact) }).nullable(),
  }),
  upcasts: [(payload) => payload],
  example: { from: 'character:mira', to: 'user:1', changes: { trust: 70 }, before: null },
  evolve: (story, { from, to, changes }, { actor, node }) => {
    const { facts, learned = [], unlearned = [], ...scores } = changes;
    return withRelationship(story, from, to, (before) => {
      const told = (text: string) =>
        before.facts.find((each) => each.text === text) ?? { text, knownTo: [from, actor], node };
      const known = facts?.map(told) ?? before.facts;
      return {
        ...scores,
        // A score that somebody set is told to everyone.
        ...(Object.keys(scores).length === 0 ? {} : { seen: {} }),
        facts: [...known.filter(({ text }) => !unlearned.includes(text)), ...learned.map(told)],
      };
    });
  },
  label: ({ from, to, changes: { affinity, trust } }, names) =>
    affinity === undefined && trust === undefined
      ? `What ${names(from)} knows of ${names(to)} was changed`
      : `How ${names(from)} stands to ${names(to)} was set`,
  blank: ({ changes, before, ...pair }, { said, repeated }) => {
    const { facts, learned, unlearned, ...scores } = changes;
    const stays = (gone: Gone) => (text: string) => !gone(text);
    return {
      ...pair,
      changes: {
        ...scores,
        // A list that is not whole any more says nothing of what is known.
        ...(facts && !anyGone(facts, said) && { facts }),
        ...(learned && { learned: learned.filter(stays(said)) }),
        ...(unlearned && { unlearned: unlearned.filter(stays(repeated)) }),
      },
      before: before && { ...before, facts: before.facts.filter(stays(repeated)) },
    };
  },
});
