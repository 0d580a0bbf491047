import type { Store } from './store.ts';

/** Documents of one kind by id: read from memory, written through to the store. */
export class Collection<T> {
  readonly #kind: string;
  readonly #store: Store;
  readonly #items: Map<string, T>;

  constructor(store: Store, kind: string, revive?: (body: string) => string) {
    this.#kind = kind;
    this.#store = store;
    this.#items = new Map(store.all<T>(kind, revive));
  }

  get size(): number {
    return this.#items.size;
  }

  get(id: string): T | undefined {
    return this.#items.get(id);
  }

  values(): IteratorObject<T> {
    return this.#items.values();
  }

  put(id: string, item: T): T {
    this.#items.set(id, item);
    this.#store.put(this.#kind, id, item);
    return item;
  }

  delete(id: string): boolean {
    this.#store.remove(this.#kind, id);
    return this.#items.delete(id);
  }
}
