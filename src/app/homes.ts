import { authorCharacter } from '../engine/deciders/authorCharacter.ts';
import { evolve, type NewEvent, record } from '../engine/event.ts';
import { type Actor, type ChatId, type EntityId, type HomeId, homeStream } from '../engine/ids.ts';
import type { SelfPortrait } from '../engine/persona.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Sheet } from '../engine/sheet.ts';
import {
  type AuthoredCharacter,
  emptyHome,
  type HomeState,
  personaIn,
} from '../engine/state/home.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/store.ts';
import type { Row } from './ports/unitOfWork.ts';

/** A character that comes with Troupe. */
export interface ShippedCharacter {
  readonly id: EntityId;
  readonly sheet: Sheet;
  readonly avatar: {
    readonly hash: string;
    readonly type: string;
    readonly bytes: Uint8Array;
  } | null;
}

export interface Choice {
  readonly id: EntityId;
  readonly name: string;
  readonly summary: string;
}

export interface Appearance {
  readonly name: string;
  /** What they say of themselves; null for who said nothing. */
  readonly persona: SelfPortrait | null;
}

export interface HomeCommand {
  readonly home: HomeId;
  /** The interaction that asks. */
  readonly id: string;
  readonly actor: Actor;
  decide(home: HomeState): readonly NewEvent[];
  /** What goes into the same transaction. */
  readonly rows?: readonly Row[];
}

interface Decided extends Pick<HomeCommand, 'id' | 'actor'> {
  readonly events: readonly NewEvent[];
  readonly rows: readonly Row[];
}

/** What guilds, and people in their direct messages, own. Every home has the shipped characters. */
export class Homes {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #shipped: readonly ShippedCharacter[];
  readonly #known = new Map<HomeId, { readonly state: HomeState; readonly version: number }>();

  constructor(store: Store, clock: Clock, shipped: readonly ShippedCharacter[]) {
    this.#store = store;
    this.#clock = clock;
    this.#shipped = shipped;
  }

  /** @throws {Refusal} `unknown-character`. */
  character(home: HomeId, id: EntityId): AuthoredCharacter {
    const character = this.read(home).characters[id];
    if (character === undefined) throw new Refusal('unknown-character');
    return character;
  }

  /** Characters whose name or line holds every word of `query`, by name; at most 25, as Discord shows. */
  choices(home: HomeId, query: string): Choice[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return Object.entries(this.read(home).characters)
      .filter(([, { retired }]) => !retired)
      .map(([id, { sheet }]) => ({ id, name: sheet.name, summary: sheet.summary }))
      .filter(({ name, summary }) => {
        const text = `${name} ${summary}`.toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .sort((a, b) => a.name.localeCompare(b.name))
      .slice(0, 25);
  }

  /** How a person appears in a story. @param name what they go by on Discord */
  appearance(home: HomeId, person: EntityId, chat: ChatId, name: string): Appearance {
    const own = personaIn(this.read(home), person, chat);
    if (own === null) return { name, persona: null };
    const { name: called, ...persona } = own;
    return { name: called, persona };
  }

  /** A home as it stands now. */
  read(home: HomeId): HomeState {
    return this.#known.get(home)?.state ?? this.#load(home);
  }

  /** What was read of a home is written over: it is read again. */
  forget(home: HomeId): void {
    this.#known.delete(home);
  }

  /** Decides and commits; the same command again writes nothing. */
  execute(command: HomeCommand): HomeState {
    const { home, id, actor, decide, rows = [] } = command;
    const before = this.read(home);
    if (this.#store.recorded(homeStream(home), id) !== null) return before;
    const events = decide(before);
    return events.length === 0 ? before : this.#commit(home, { id, actor, events, rows });
  }

  #load(home: HomeId): HomeState {
    const events = this.#store.load(homeStream(home));
    const state = events.reduce((folded, event) => evolve<'home'>(folded, event), emptyHome);
    this.#known.set(home, { state, version: events.length });
    const rewritten = new Set(
      events.flatMap((event) =>
        event.type === 'CharacterRevised' && event.actor !== 'troupe'
          ? [event.payload.character]
          : [],
      ),
    );
    return this.#ship(home, state, rewritten);
  }

  /**
   * Writes the shipped characters into a home: once, and again when a new version of Troupe rewrote one
   * that nobody there has rewritten or retired.
   */
  #ship(home: HomeId, before: HomeState, rewritten: ReadonlySet<EntityId>): HomeState {
    const events = this.#shipped.flatMap(({ id, sheet }) =>
      before.characters[id]?.retired || rewritten.has(id)
        ? []
        : authorCharacter({ character: id, sheet }, before),
    );
    if (events.length === 0) return before;
    const rows = this.#shipped.flatMap(({ avatar }): Row[] =>
      avatar === null ? [] : [{ table: 'asset', ...avatar }],
    );
    const id = `ship:${this.#known.get(home)?.version ?? 0}`;
    return this.#commit(home, { id, actor: 'troupe', events, rows });
  }

  #commit(home: HomeId, { id, actor, events, rows }: Decided): HomeState {
    const before = this.#known.get(home);
    const expected = before?.version ?? 0;
    const at = new Date(this.#clock.now()).toISOString();
    const asked = { stream: homeStream(home), command: id, actor, at };
    const recorded = record(events, { ...asked, after: expected });
    this.#store.commit({ ...asked, expected, events: recorded, rows });
    const state = recorded.reduce(
      (folded, event) => evolve<'home'>(folded, event),
      before?.state ?? emptyHome,
    );
    this.#known.set(home, { state, version: expected + recorded.length });
    return state;
  }
}
