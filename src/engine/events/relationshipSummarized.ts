import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withRelationship } from '../state/relationships.ts';
import { stands, summaryMark, withMark } from '../state/summaries.ts';

export const relationshipSummarized = defineEvent({
  type: 'RelationshipSummarized',
  schema: 3,
  scope: 'either',
  mends: true,
  payload: z.object({
    from: entityId,
    to: entityId,
    /** Empty where a person took away what was there. */
    summary: z.string().max(2_000),
    /** For display. */
    before: z.string().nullable(),
    /** The earlier summaries of `from` that were read for it; what a person writes stands by itself. */
    standsOn: summaryMark.nullable().optional(),
    /** Who perceived all that was read for it, `from` included. */
    witnesses: z.array(entityId).optional(),
  }),
  upcasts: [(payload) => payload, (payload) => payload],
  example: { from: 'character:mira', to: 'user:1', summary: 'Trusts her, mostly.', before: null },
  evolve: (story, { from, to, summary, standsOn, witnesses }, envelope) => {
    if (!stands(story, from, standsOn, envelope)) return story;
    const summaryKnownTo = witnesses ?? [from, envelope.actor];
    const change = { summary, summaryKnownTo, summarizedAt: envelope.node };
    const summed = withRelationship(story, from, to, () => change);
    return withMark(summed, from, summary, envelope);
  },
  label: ({ from, to }, names) => `${names(from)} sums up how it stands to ${names(to)}`,
  account: true,
  blank: ({ summary, before, ...summed }, { said, repeated }) => ({
    ...summed,
    summary: unless(summary, said, ''),
    before: unless(before, repeated, null),
  }),
});
