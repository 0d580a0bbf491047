import type { NewEvent } from '../event.ts';
import type { ChatId, EntityId } from '../ids.ts';
import type { Persona } from '../persona.ts';
import { Refusal } from '../refusal.ts';
import type { Sheet } from '../sheet.ts';
import { type HomeState, personaKey } from '../state/home.ts';

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

/**
 * It plays on where it plays, and is not offered for new stories; written again, it is back.
 * @throws {Refusal} `unknown-character`.
 */
export function retireCharacter(
  { character }: { readonly character: EntityId },
  home: HomeState,
): NewEvent[] {
  const known = home.characters[character];
  if (known === undefined || known.retired) throw new Refusal('unknown-character');
  return [{ type: 'CharacterRetired', payload: { character } }];
}

/** How a person appears in a story, or in all that have no persona of their own; null takes it back. */
export function authorPersona(
  asked: {
    readonly person: EntityId;
    readonly chat: ChatId | null;
    readonly persona: Persona | null;
  },
  home: HomeState,
): NewEvent[] {
  const known = home.personas[personaKey(asked.person, asked.chat)] ?? null;
  if (JSON.stringify(known) === JSON.stringify(asked.persona)) return [];
  return [{ type: 'PersonaAuthored', payload: asked }];
}
