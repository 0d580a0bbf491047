import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { bareSheet, exampleSheet, sheet, upcastSheet } from '../sheet.ts';

export const characterAuthored = defineEvent({
  type: 'CharacterAuthored',
  schema: 2,
  scope: 'home',
  payload: z.object({ character: entityId, sheet }),
  example: { character: 'character:mira', sheet: exampleSheet },
  upcasts: [upcastSheet],
  evolve: (home, { character, sheet }, { actor: author }) => ({
    ...home,
    characters: { ...home.characters, [character]: { sheet, author, revision: 1, retired: false } },
  }),
  label: ({ sheet }) => `${sheet.name} was written`,
  blank: (payload, { made }) =>
    made(payload.character) ? { ...payload, sheet: bareSheet(payload.sheet) } : payload,
});
