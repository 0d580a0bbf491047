import type { Clock } from '../app/ports/clock.ts';

/** A bucket as Discord's headers last told it. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970 at which the allowance is whole again. */
  readonly resetAt: number;
}

/** How much of an even gap a stream's first pauses take: a reader waits for those most. */
const HEAD_START = [0.6, 0.8];
/** The pauses that pay for them are never longer than this many even gaps. */
const LONGEST = 1.2;
/** Timers fire up to a millisecond early, and a request that is early by that much is refused. */
const MARGIN = 5;
/** A refusal that does not say how long it holds. */
const UNTOLD = 1_000;

/**
 * When the next request may go out in one bucket, from the headers of the answers and never from
 * constants: what is left of the allowance, spread evenly over what is left of its window, so that a
 * stream neither freezes nor meets a limit, and whatever else used the bucket is made up for.
 *
 * One request at a time, see `Lane`: an answer that is still out would not be counted.
 */
export class Pace {
  readonly #clock: Clock;
  #allowance: Allowance | null = null;
  /** Milliseconds between two requests that are spread evenly over a whole window. */
  #even = 0;
  #next = 0;
  #begun: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A stream begins: its first pauses are short. */
  begin(): void {
    this.#begun = [...HEAD_START];
  }

  /**
   * The moment from which the next request may go, in milliseconds since 1970.
   * @param urgent goes ahead of the even spread as long as anything is left.
   */
  readyAt(urgent: boolean): number {
    const allowance = this.#allowance;
    if (allowance === null || allowance.resetAt + MARGIN <= this.#clock.now()) return 0;
    if (allowance.remaining <= 0) return allowance.resetAt + MARGIN;
    return urgent ? 0 : this.#next;
  }

  /**
   * Takes the headers of an answer.
   * @param sentAt when its request went out. Pauses are counted from there, or every answer's way back
   *   would be lost.
   */
  learn(allowance: Allowance | null, sentAt: number): void {
    if (allowance === null) return;
    const { limit, remaining, resetAt } = allowance;
    const left = resetAt - sentAt;
    // The first of a window: what is left of it is all of it.
    if (remaining >= limit - 1 || this.#allowance === null) this.#even = left / (remaining + 1);
    this.#allowance = allowance;
    const ease = this.#begun.shift() ?? 1;
    const pause = Math.max(
      (ease * left) / (remaining + 1),
      left - LONGEST * this.#even * remaining,
    );
    this.#next = sentAt + pause;
  }

  /** Discord asked to wait so many milliseconds. */
  blocked(milliseconds: number): void {
    const resetAt = this.#clock.now() + (milliseconds > 0 ? milliseconds : UNTOLD);
    this.#allowance = { limit: this.#allowance?.limit ?? 1, remaining: 0, resetAt };
  }
}

/** @returns null where the answer carries no bucket, as interaction routes do. */
export function allowanceOf(
  headers: { get(name: string): string | null },
  now: number,
): Allowance | null {
  const limit = Number(headers.get('x-ratelimit-limit') ?? Number.NaN);
  const remaining = Number(headers.get('x-ratelimit-remaining') ?? Number.NaN);
  const resetAfter = Number(headers.get('x-ratelimit-reset-after') ?? Number.NaN);
  if (![limit, remaining, resetAfter].every(Number.isFinite)) return null;
  return { limit, remaining, resetAt: now + resetAfter * 1_000 };
}
