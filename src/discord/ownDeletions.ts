import { LRUCache } from 'lru-cache';

/** Deletions that Discord has still to tell of, at most. */
const KEPT = 5_000;

/** The messages that the bot takes away itself: when Discord tells of it, it is nobody's wish. */
export class OwnDeletions {
  readonly #messages = new LRUCache<string, true>({ max: KEPT });

  add(message: string): void {
    this.#messages.set(message, true);
  }

  has(message: string): boolean {
    return this.#messages.has(message);
  }
}
