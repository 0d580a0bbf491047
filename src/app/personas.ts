import { authorPersona } from '../engine/deciders/authorCharacter.ts';
import type { ChatId, EntityId, HomeId } from '../engine/ids.ts';
import type { Persona } from '../engine/persona.ts';
import { personaKey } from '../engine/state/home.ts';
import type { Homes } from './homes.ts';
import type { Store } from './ports/store.ts';

interface Needs {
  readonly homes: Homes;
  readonly store: Pick<Store, 'firstTime'>;
}

/** Whose persona, and in which story alone; null for all that have none of their own. */
export interface PersonaOf {
  readonly home: HomeId;
  readonly person: EntityId;
  readonly chat: ChatId | null;
}

/** How people appear in stories: each person's own to say. It counts from their next message on. */
export class Personas {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Null where nothing was said for just that. */
  of({ home, person, chat }: PersonaOf): Persona | null {
    return this.#needs.homes.read(home).personas[personaKey(person, chat)] ?? null;
  }

  /** What someone goes by there. @param name what they go by on Discord */
  nameIn({ home, person, chat }: PersonaOf, name: string): string {
    return (this.of({ home, person, chat }) ?? this.of({ home, person, chat: null }))?.name ?? name;
  }

  /** @param command the interaction that asks. @param persona null takes it back. */
  set({ home, person, chat }: PersonaOf, persona: Persona | null, command: string): void {
    this.#needs.homes.execute({
      home,
      id: command,
      actor: person,
      decide: (known) => authorPersona({ person, chat, persona }, known),
    });
  }

  /** True the first time that someone who has no persona is to be offered one. */
  isOffered({ home, person }: Omit<PersonaOf, 'chat'>): boolean {
    if (this.of({ home, person, chat: null }) !== null) return false;
    return this.#needs.store.firstTime(`persona:${home}:${person}`);
  }
}
