import type { Clock } from '../app/ports/clock.ts';

/** Of Discord's 50 a second: what leaves evenly arrives in clusters, after a hiccup of a fifth of a second too. */
const PER_SECOND = 40;
/** How many may go at once after a quiet moment. */
const BURST = 3;

const GAP = 1_000 / PER_SECOND;

interface Waiting {
  readonly signal: AbortSignal | undefined;
  /** @param taken false when it was given up. */
  readonly go: (taken: boolean) => void;
}

/**
 * What everything that is sent to Discord shares: requests are let out in the order in which they asked,
 * evenly, so that no channel starves however many stream; whatever a person waits for goes ahead of the
 * edits between a reply's first text and its last.
 */
export class GlobalLimit {
  readonly #clock: Clock;
  readonly #urgent: Waiting[] = [];
  readonly #others: Waiting[] = [];
  /** When the allowance would be whole again. */
  #whole = 0;
  #napping = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when one more request may go; with false, and nothing taken, when the signal fires first. */
  take(urgent: boolean, signal?: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    (urgent ? this.#urgent : this.#others).push({ signal, go: resolve });
    this.#let();
    return promise;
  }

  /** Discord asked all of the application to wait. */
  blocked(milliseconds: number): void {
    this.#whole = Math.max(this.#whole, this.#clock.now() + milliseconds + (BURST - 1) * GAP);
  }

  #let(): void {
    while (!this.#napping) {
      const now = this.#clock.now();
      const wait = this.#whole - (BURST - 1) * GAP - now;
      const queue = this.#urgent.length > 0 ? this.#urgent : this.#others;
      const [first] = queue;
      if (first === undefined) return;
      if (first.signal?.aborted) {
        queue.shift()?.go(false);
        continue;
      }
      if (wait > 0) {
        this.#napping = true;
        void this.#clock.sleep(Math.ceil(wait)).then(() => {
          this.#napping = false;
          this.#let();
        });
        return;
      }
      this.#whole = Math.max(this.#whole, now) + GAP;
      queue.shift()?.go(true);
    }
  }
}
