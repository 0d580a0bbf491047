import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { withoutPast } from '../state/withoutPast.ts';

/**
 * A character remembers nothing from before, and its relationships start again both ways. Who it is
 * stays, and the others remember it.
 */
export const characterReset = defineEvent({
  type: 'CharacterReset',
  schema: 1,
  scope: 'opens',
  mends: true,
  payload: z.object({ entity: entityId }),
  example: { entity: 'character:mira' },
  evolve: (story, { entity }, { node }) => withoutPast(story, entity, node),
  label: ({ entity }, names) => `${names(entity)} begins anew`,
  blank: null,
});
