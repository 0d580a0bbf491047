import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { shifted, withRelationship } from '../state/relationships.ts';
import { delta, fact, score } from '../world.ts';

export const relationshipShifted = defineEvent({
  type: 'RelationshipShifted',
  schema: 3,
  scope: 'either',
  mends: true,
  payload: z.object({
    from: entityId,
    to: entityId,
    affinity: delta,
    trust: delta,
    facts: z.array(fact),
    /** Who perceived all that it was made from, `from` included; left out for what was done by hand. */
    witnesses: z.array(entityId).optional(),
    /** For display, of what was done by hand. */
    before: z.object({ affinity: score, trust: score }).optional(),
  }),
  upcasts: [(payload) => payload, (payload) => payload],
  example: { from: 'character:mira', to: 'user:1', affinity: 3, trust: 0, facts: ['Fears dogs'] },
  evolve: (story, { from, to, affinity, trust, facts, witnesses }, { node, run, actor }) => {
    // Who could know of a fact is in no event of an older Troupe: whose it is does.
    const knownTo = witnesses ?? (run === null ? [from, actor] : [from]);
    const learned = facts.map((text) => ({ text, knownTo, node }));
    return withRelationship(story, from, to, (before) => ({
      ...shifted(before, { affinity, trust }, witnesses ?? null, story.cast),
      facts: learned.length === 0 ? before.facts : [...before.facts, ...learned],
      last: node,
    }));
  },
  label: ({ from, to, affinity, trust }, names) => {
    if (affinity !== 0) return `${names(from)} ${affinity > 0 ? 'warms' : 'cools'} to ${names(to)}`;
    if (trust === 0) return `${names(from)} learns something of ${names(to)}`;
    return `${names(from)} trusts ${names(to)} ${trust > 0 ? 'more' : 'less'}`;
  },
  blank: ({ facts, ...shift }, { said }) => ({
    ...shift,
    facts: facts.filter((text) => !said(text)),
  }),
});
