import { can } from '../permissions.ts';
import type { Notice } from '../protocol.ts';
import type { World } from '../state/world.ts';

type Listener = (notice: Notice) => void;

/** Tells people's pages and actors what they can see happening. */
export class Notices {
  readonly #world: World;
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Calls `listener` with every notice for that person, until the returned function is called. */
  listen(person: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(person) ?? new Set();
    this.#listeners.set(person, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** To one person. */
  tell(person: string, notice: Notice): void {
    for (const listener of this.#listeners.get(person) ?? []) listener(notice);
  }

  /** To everyone who can see the channel; what depends on the reader is made for each. */
  tellChannel(channel: string, notice: Notice | ((person: string) => Notice)): void {
    const record = this.#world.channels.get(channel);
    for (const person of this.#listeners.keys()) {
      if (record && !can(this.#world, record, person, 'ViewChannel')) continue;
      this.tell(person, typeof notice === 'function' ? notice(person) : notice);
    }
  }

  tellEveryone(notice: Notice): void {
    for (const person of this.#listeners.keys()) this.tell(person, notice);
  }
}
