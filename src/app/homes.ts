import { authorCharacter } from '../engine/deciders/authorCharacter.ts';
import { evolve, record } from '../engine/event.ts';
import { type EntityId, type HomeId, homeStream } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Sheet } from '../engine/sheet.ts';
import { type AuthoredCharacter, emptyHome, type HomeState } from '../engine/state/home.ts';
import type { Clock, Row, Store } from './ports.ts';

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

/** What guilds, and people in their direct messages, own. Every home has the shipped characters. */
export class Homes {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #shipped: readonly ShippedCharacter[];
  readonly #known = new Map<HomeId, HomeState>();

  constructor(store: Store, clock: Clock, shipped: readonly ShippedCharacter[]) {
    this.#store = store;
    this.#clock = clock;
    this.#shipped = shipped;
  }

  /** @throws {Refusal} `unknown-character`. */
  character(home: HomeId, id: EntityId): AuthoredCharacter {
    const character = this.#read(home).characters[id];
    if (character === undefined) throw new Refusal('unknown-character');
    return character;
  }

  /** Characters whose name or line holds every word of `query`, by name; at most 25, as Discord shows. */
  choices(home: HomeId, query: string): Choice[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return Object.entries(this.#read(home).characters)
      .map(([id, { sheet }]) => ({ id, name: sheet.name, summary: sheet.summary }))
      .filter(({ name, summary }) => {
        const text = `${name} ${summary}`.toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .sort((a, b) => a.name.localeCompare(b.name))
      .slice(0, 25);
  }

  #read(home: HomeId): HomeState {
    let state = this.#known.get(home);
    if (state === undefined) {
      const stream = homeStream(home);
      const events = this.#store.load(stream);
      state = events.reduce((folded, event) => evolve<'home'>(folded, event), emptyHome);
      state = this.#ship(home, state, events.length);
      this.#known.set(home, state);
    }
    return state;
  }

  /** Writes the shipped characters into a home: once, and again when a new version of Troupe rewrote one. */
  #ship(home: HomeId, before: HomeState, version: number): HomeState {
    const events = this.#shipped.flatMap(({ id, sheet }) =>
      authorCharacter({ character: id, sheet }, before),
    );
    if (events.length === 0) return before;
    const rows = this.#shipped.flatMap(({ avatar }): Row[] =>
      avatar === null ? [] : [{ table: 'asset', ...avatar }],
    );
    const asked = {
      stream: homeStream(home),
      command: `ship:${version}`,
      actor: 'troupe',
      at: new Date(this.#clock.now()).toISOString(),
    };
    const recorded = record(events, { ...asked, after: version });
    const unit = { ...asked, expected: version, events: recorded, rows };
    const committed = this.#store.commit(unit);
    return committed.events.reduce((folded, event) => evolve<'home'>(folded, event), before);
  }
}
