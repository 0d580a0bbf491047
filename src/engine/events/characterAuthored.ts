import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';
import { exampleSheet, sheet } from '../sheet.ts';

export const characterAuthored = defineEvent({
  type: 'CharacterAuthored',
  schema: 1,
  scope: 'home',
  payload: z.object({ character: entityId, sheet }),
  example: { character: 'character:mira', sheet: exampleSheet },
  evolve: (home, { character, sheet }) => ({
    ...home,
    characters: { ...home.characters, [character]: { sheet, revision: 1, retired: false } },
  }),
  label: ({ sheet }) => `${sheet.name} was written`,
});
