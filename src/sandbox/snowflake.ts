import type { Clock } from './clock.ts';

/** Discord's epoch: the first second of 2015. */
const EPOCH = 1_420_070_400_000n;

/** Gives ids that always grow, whatever the clock does: the order of ids is the order of messages. */
export class Snowflakes {
  readonly #clock: Clock;
  #last: bigint;

  /** `after` is the largest id that is already in use. */
  constructor(clock: Clock, after = '0') {
    this.#clock = clock;
    this.#last = BigInt(after);
  }

  next(): string {
    const fresh = (BigInt(this.#clock.now()) - EPOCH) << 22n;
    this.#last = fresh > this.#last ? fresh : this.#last + 1n;
    return String(this.#last);
  }
}

/** When an id was made, in milliseconds since 1970. */
export function snowflakeTime(id: string): number {
  return Number((BigInt(id) >> 22n) + EPOCH);
}

export function isSnowflake(text: string): boolean {
  return /^\d{17,20}$/.test(text);
}

/** Below zero when `a` is the older one. Comparing text is enough once the lengths are equal. */
export function compareSnowflakes(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
