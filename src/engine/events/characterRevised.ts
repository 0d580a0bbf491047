import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { bareSheet, exampleSheet, sheet, upcastSheet } from '../sheet.ts';

/** Running chats keep the sheet that they began with. */
export const characterRevised = defineEvent({
  type: 'CharacterRevised',
  schema: 2,
  scope: 'home',
  payload: z.object({ character: entityId, sheet, revision: z.int().min(2) }),
  example: { character: 'character:mira', sheet: exampleSheet, revision: 2 },
  upcasts: [upcastSheet],
  evolve: (home, { character, sheet, revision }, { actor }) => {
    const author = home.characters[character]?.author ?? actor;
    const revised = { sheet, author, revision, retired: false };
    return { ...home, characters: { ...home.characters, [character]: revised } };
  },
  label: ({ sheet }) => `${sheet.name} was rewritten`,
  blank: (payload, { made }) =>
    made(payload.character) ? { ...payload, sheet: bareSheet(payload.sheet) } : payload,
});
