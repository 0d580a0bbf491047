import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { bareSheet, exampleSheet, sheet, upcastSheet } from '../sheet.ts';
import { withMember } from '../state/story.ts';

/** A character plays by another revision of its sheet from here on. */
export const sheetUpdated = defineEvent({
  type: 'SheetUpdated',
  schema: 2,
  scope: 'opens',
  mends: false,
  payload: z.object({ entity: entityId, sheet, revision: z.int().min(1) }),
  example: { entity: 'character:mira', sheet: exampleSheet, revision: 2 },
  upcasts: [upcastSheet],
  evolve: (story, { entity, sheet, revision }) =>
    withMember(story, entity, { sheet, revision, name: sheet.name }),
  label: ({ entity }, names) => `${names(entity)} plays by its new sheet`,
  blank: (payload, { made }) =>
    made(payload.entity) ? { ...payload, sheet: bareSheet(payload.sheet) } : payload,
});
