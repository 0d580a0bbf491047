import { compareSnowflakes } from '../snowflake.ts';
import { Collection } from './collection.ts';
import type { MessageRecord } from './records.ts';
import type { Store } from './store.ts';

export interface MessageRange {
  before?: string | undefined;
  after?: string | undefined;
  around?: string | undefined;
  limit: number;
}

/** All messages, by id and, per channel, in order. */
export class MessageShelf {
  readonly #byId: Collection<MessageRecord>;
  readonly #ids = new Map<string, string[]>();

  constructor(store: Store, revive: (body: string) => string) {
    this.#byId = new Collection(store, 'message', revive);
    for (const message of this.#byId.values()) this.#of(message.channel_id).push(message.id);
    for (const ids of this.#ids.values()) ids.sort(compareSnowflakes);
  }

  /** The message, provided that it is in that channel. */
  get(channel: string, id: string): MessageRecord | undefined {
    const message = this.#byId.get(id);
    return message?.channel_id === channel ? message : undefined;
  }

  find(id: string): MessageRecord | undefined {
    return this.#byId.get(id);
  }

  put(message: MessageRecord): void {
    if (!this.#byId.get(message.id)) this.#of(message.channel_id).push(message.id);
    this.#byId.put(message.id, message);
  }

  delete(message: MessageRecord): void {
    const ids = this.#of(message.channel_id);
    const at = lowerBound(ids, message.id);
    if (ids[at] === message.id) ids.splice(at, 1);
    this.#byId.delete(message.id);
  }

  count(channel: string): number {
    return this.#ids.get(channel)?.length ?? 0;
  }

  all(channel: string): MessageRecord[] {
    return this.#read(this.#of(channel));
  }

  /** Newest first, as Discord lists them. `around` wins over `before`, `before` over `after`. */
  list(channel: string, { before, after, around, limit }: MessageRange): MessageRecord[] {
    const ids = this.#of(channel);
    let from = Math.max(0, ids.length - limit);
    let to = ids.length;
    if (around !== undefined) {
      from = Math.max(0, lowerBound(ids, around) - Math.floor(limit / 2));
      to = from + limit;
    } else if (before !== undefined) {
      to = lowerBound(ids, before);
      from = Math.max(0, to - limit);
    } else if (after !== undefined) {
      from = lowerBound(ids, after);
      if (ids[from] === after) from += 1;
      to = from + limit;
    }
    return this.#read(ids.slice(from, to)).reverse();
  }

  forget(channel: string): void {
    for (const message of this.all(channel)) this.#byId.delete(message.id);
    this.#ids.delete(channel);
  }

  #read(ids: string[]): MessageRecord[] {
    return ids.flatMap((id) => this.#byId.get(id) ?? []);
  }

  #of(channel: string): string[] {
    const ids = this.#ids.get(channel) ?? [];
    this.#ids.set(channel, ids);
    return ids;
  }
}

/** The first position whose id is not older than `id`. */
function lowerBound(ids: string[], id: string): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareSnowflakes(ids[middle] ?? '', id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
