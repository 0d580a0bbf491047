import type { NewEvent } from '../event.ts';
import type { EntityId } from '../ids.ts';
import type { Sheet } from '../sheet.ts';
import type { HomeState } from '../state/home.ts';

/** Writes a character into a home, or a new revision of it; the same sheet again changes nothing. */
export function authorCharacter(
  { character, sheet }: { readonly character: EntityId; readonly sheet: Sheet },
  home: HomeState,
): NewEvent[] {
  const known = home.characters[character];
  if (known === undefined) return [{ type: 'CharacterAuthored', payload: { character, sheet } }];
  if (JSON.stringify(known.sheet) === JSON.stringify(sheet)) return [];
  return [
    {
      type: 'CharacterRevised',
      payload: { character, sheet, revision: known.revision + 1 },
    },
  ];
}
