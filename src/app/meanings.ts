import type { Clock } from './ports/clock.ts';
import type { Embeddings } from './ports/embeddings.ts';
import type { Log } from './ports/log.ts';
import type { Meaning } from './ports/memoryVectors.ts';
import { ModelError } from './ports/model.ts';
import type { Store } from './ports/store.ts';

interface Needs {
  readonly store: Pick<Store, 'vectors'>;
  readonly embeddings: Embeddings;
  /** Milliseconds that a reply waits for what was said last. */
  readonly wait: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Memories that are read at a time. */
const TOGETHER = 64;
/** Milliseconds after which what failed is tried again, twice as long each time. */
const [FIRST_WAIT, LONGEST_WAIT] = [5_000, 10 * 60_000];
const pause = () => new Promise((resolve) => setImmediate(resolve));

/**
 * What memories mean, where an embeddings model is configured: theirs is found out beside everything
 * else and kept, that of what was said last while a reply waits a moment.
 */
export class Meanings {
  readonly #needs: Needs;
  readonly #closing = new AbortController();
  #filling: Promise<void> | null = null;
  #woken = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** There may be memories without a vector. Never waits. */
  wake(): void {
    this.#woken = true;
    if (this.#closing.signal.aborted) return;
    this.#filling ??= this.#fill();
  }

  /** What some texts mean together; null where that is not known in time. Never rejects. */
  async of(texts: readonly string[], signal: AbortSignal): Promise<Meaning | null> {
    const { embeddings, wait, clock, log } = this.#needs;
    if (texts.length === 0) return null;
    const done = new AbortController();
    const late = new AbortController();
    const limit = clock.sleep(wait, done.signal).then(
      () => late.abort(),
      () => {},
    );
    const asked = AbortSignal.any([signal, late.signal, this.#closing.signal]);
    try {
      // A server that does not notice that nobody waits any more is not waited for either.
      const [vector] = await Promise.race([
        embeddings.embed([texts.join('\n')], asked),
        limit.then(() => []),
      ]);
      return vector === undefined ? null : { model: embeddings.model, vector };
    } catch (error) {
      const told = late.signal.aborted ? {} : { err: error };
      if (!signal.aborted) log.warn({ ...told }, 'what was said is looked for by its words alone');
      return null;
    } finally {
      done.abort();
    }
  }

  /** Stops where it is; the next process goes on from there. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#filling;
  }

  async #fill(): Promise<void> {
    const { clock, log } = this.#needs;
    const { signal } = this.#closing;
    for (let wait = FIRST_WAIT; !signal.aborted; ) {
      try {
        // A step later: whoever woke it is in the middle of a command.
        await pause();
        if (await this.#next()) wait = FIRST_WAIT;
        else if (!this.#woken) {
          // In the same step in which nothing is left: whoever wakes it next begins anew.
          this.#filling = null;
          return;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ModelError) log.warn({ err: error, wait }, 'embeddings are put off');
        else log.error({ err: error, wait }, 'embeddings failed');
        await clock.sleep(wait, signal).catch(() => {});
        wait = Math.min(LONGEST_WAIT, wait * 2);
      }
    }
  }

  /** Does a part of what is left; false where nothing is. */
  async #next(): Promise<boolean> {
    const { store, embeddings } = this.#needs;
    this.#woken = false;
    const memories = store.vectors.missing(embeddings.model, TOGETHER);
    if (memories === null) return false;
    if (memories.length === 0) return true;
    const texts = memories.map(({ text }) => text);
    const vectors = await embeddings.embed(texts, this.#closing.signal);
    const found = memories.flatMap((memory, index) => {
      const vector = vectors[index];
      return vector === undefined ? [] : [{ ...memory, vector }];
    });
    store.vectors.put(embeddings.model, found);
    return true;
  }
}
