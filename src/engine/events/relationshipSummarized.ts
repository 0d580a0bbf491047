import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withRelationship } from '../state/relationships.ts';

export const relationshipSummarized = defineEvent({
  type: 'RelationshipSummarized',
  schema: 1,
  scope: 'either',
  payload: z.object({
    from: entityId,
    to: entityId,
    summary: z.string().min(1).max(2_000),
    /** For display. */
    before: z.string().nullable(),
  }),
  example: { from: 'character:mira', to: 'user:1', summary: 'Trusts her, mostly.', before: null },
  evolve: (story, { from, to, summary }) => withRelationship(story, from, to, () => ({ summary })),
  label: ({ from, to }, names) => `${names(from)} sums up how it stands to ${names(to)}`,
});
