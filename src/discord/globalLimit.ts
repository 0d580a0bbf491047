import type { Clock } from '../app/ports.ts';

/**
 * Of Discord's 50 a second. Requests that leave evenly arrive in clusters, and those that are not
 * waited for here (see `count`) are known only once they are answered.
 */
const PER_SECOND = 42;
/** How many may go at once after a quiet moment. */
const BURST = 3;
/** Ordinary requests push those of streams back by no more than this many milliseconds. */
const LONGEST_DEBT = 1_000;

const GAP = 1_000 / PER_SECOND;

interface Waiting {
  readonly go: () => void;
}

/**
 * What all channels share: requests are let out in the order in which they asked, evenly, so that no
 * channel starves however many stream; the first and last text of a reply go ahead of edits between.
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

  /** Resolves when one more request may go. */
  take(urgent: boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    (urgent ? this.#urgent : this.#others).push({ go: resolve });
    this.#let();
    return promise;
  }

  /** A request went out that did not wait here. */
  count(): void {
    const now = this.#clock.now();
    this.#whole = Math.min(Math.max(this.#whole, now) + GAP, now + LONGEST_DEBT);
  }

  /** Discord asked all of the application to wait. */
  blocked(milliseconds: number): void {
    this.#whole = Math.max(this.#whole, this.#clock.now() + milliseconds + (BURST - 1) * GAP);
  }

  #let(): void {
    while (!this.#napping) {
      const now = this.#clock.now();
      const wait = this.#whole - (BURST - 1) * GAP - now;
      if (this.#urgent.length + this.#others.length === 0) return;
      if (wait > 0) {
        this.#napping = true;
        void this.#clock.sleep(Math.ceil(wait)).then(() => {
          this.#napping = false;
          this.#let();
        });
        return;
      }
      this.#whole = Math.max(this.#whole, now) + GAP;
      (this.#urgent.shift() ?? this.#others.shift())?.go();
    }
  }
}
