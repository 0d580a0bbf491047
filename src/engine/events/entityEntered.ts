import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { exampleSheet, sheet } from '../sheet.ts';

/** A character enters with the sheet that it plays here; a person with the name that the story knows. */
export const entityEntered = defineEvent({
  type: 'EntityEntered',
  schema: 1,
  scope: 'opens',
  payload: z.object({
    entity: entityId,
    name: z.string().min(1),
    sheet: sheet.nullable(),
    revision: z.int().min(1).nullable(),
  }),
  example: { entity: 'character:mira', name: 'Mira', sheet: exampleSheet, revision: 1 },
  evolve: (story, { entity, name, sheet, revision }) => {
    const resetAt = story.cast[entity]?.resetAt ?? null;
    const member = { entity, name, sheet, revision, present: true, resetAt };
    return { ...story, cast: { ...story.cast, [entity]: member } };
  },
  label: ({ name }) => `${name} comes in`,
});
