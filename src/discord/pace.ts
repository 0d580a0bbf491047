import type { Clock } from '../app/ports.ts';

/** A route's allowance as Discord's headers last told it. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970 at which the allowance is whole again. */
  readonly resetAt: number;
}

/** The first edits of a stream go out faster than its steady pace, since a reader waits for them most. */
const HEAD_START = 0.4;

/**
 * When the next edit may go out, from the headers of the last answer and never from constants: what is
 * left is spread evenly over the time until it is whole again, so that the stream neither freezes nor
 * meets a limit. The last edit may take what is left at once.
 */
export class Pace {
  readonly #clock: Clock;
  #allowance: Allowance | null = null;
  #last = 0;
  #edits = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A stream begins, and its first edits go ahead. */
  begin(): void {
    this.#edits = 0;
  }

  /** Takes the headers of an answer. */
  learn(allowance: Allowance | null): void {
    this.#last = this.#clock.now();
    this.#edits += 1;
    if (allowance !== null) this.#allowance = allowance;
  }

  /** Discord asked to wait. */
  blocked(milliseconds: number): void {
    const now = this.#clock.now();
    this.#allowance = { limit: 1, remaining: 0, resetAt: now + milliseconds };
  }

  /** Milliseconds to wait from now. */
  wait(urgent: boolean): number {
    const now = this.#clock.now();
    const allowance = this.#allowance;
    if (allowance === null || allowance.resetAt <= now) return 0;
    const untilReset = allowance.resetAt - now;
    if (allowance.remaining <= 0) return untilReset;
    if (urgent) return 0;
    const early = this.#edits < allowance.limit ? HEAD_START : 1;
    const gap = ((allowance.resetAt - this.#last) / allowance.remaining) * early;
    return Math.max(0, this.#last + gap - now);
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
