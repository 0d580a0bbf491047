import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withMember } from '../state/story.ts';

export const entityLeft = defineEvent({
  type: 'EntityLeft',
  schema: 1,
  scope: 'either',
  mends: false,
  payload: z.object({ entity: entityId }),
  example: { entity: 'character:mira' },
  evolve: (story, { entity }) => withMember(story, entity, { present: false }),
  label: ({ entity }, names) => `${names(entity)} leaves`,
  moves: true,
  blank: null,
});
