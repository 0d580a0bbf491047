import type { Clock } from './clock.ts';

/** Counts what happened within the last `windowMs`, up to a limit. */
export class SlidingCount {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  #times: number[] = [];

  constructor(clock: Clock, limit: number, windowMs: number) {
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Takes one; false when there is none left. */
  take(): boolean {
    if (this.remaining() === 0) return false;
    this.#times.push(this.#clock.now());
    return true;
  }

  remaining(): number {
    const since = this.#clock.now() - this.#windowMs;
    this.#times = this.#times.filter((time) => time > since);
    return Math.max(0, this.#limit - this.#times.length);
  }

  /** Milliseconds until the oldest one no longer counts. */
  resetAfter(): number {
    const [oldest] = this.#times;
    return oldest === undefined ? 0 : Math.max(0, oldest + this.#windowMs - this.#clock.now());
  }
}
