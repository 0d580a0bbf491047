import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId } from '../ids.ts';

/** It plays on where it plays, and is not offered for new stories. */
export const characterRetired = defineEvent({
  type: 'CharacterRetired',
  schema: 1,
  scope: 'home',
  payload: z.object({ character: entityId }),
  example: { character: 'character:mira' },
  evolve: (home, { character }) => {
    const known = home.characters[character];
    if (known === undefined) return home;
    return {
      ...home,
      characters: { ...home.characters, [character]: { ...known, retired: true } },
    };
  },
  label: ({ character }, names) => `${names(character)} was retired`,
  blank: null,
});
