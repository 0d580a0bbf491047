import type { Clock } from '../app/ports.ts';

/** A route's allowance as Discord's headers last told it. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970 at which the allowance is whole again. */
  readonly resetAt: number;
}

/** A stream's first pause is shorter, since a reader waits for it most; the window's last one pays. */
const HEAD_START = 0.7;

/**
 * When edits may go out in one channel, from the headers of the answers and never from constants: a
 * whole allowance spread evenly over its window, so that a stream neither freezes nor meets a limit.
 * Streams in the same channel take their slots in turn.
 */
export class Pace {
  readonly #clock: Clock;
  #allowance: Allowance | null = null;
  /** Milliseconds between two edits. */
  #gap = 0;
  /** The next slot that nobody has taken. */
  #next = 0;
  #begun = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A stream begins: its second edit comes early. */
  begin(): void {
    this.#begun = 1;
  }

  /**
   * Takes the next slot.
   * @param urgent the last text may go ahead of its slot as long as anything is left.
   * @returns milliseconds to wait until then.
   */
  take(urgent: boolean): number {
    const now = this.#clock.now();
    const allowance = this.#allowance;
    const blocked = allowance !== null && allowance.remaining <= 0 ? allowance.resetAt : 0;
    const slot = urgent ? Math.max(now, blocked) : Math.max(now, blocked, this.#next);
    this.#next = Math.max(this.#next, slot) + this.#gap * (this.#begun > 0 ? HEAD_START : 1);
    this.#begun = 0;
    return slot - now;
  }

  /** Takes the headers of an answer. */
  learn(allowance: Allowance | null): void {
    if (allowance === null) return;
    const now = this.#clock.now();
    const first = this.#allowance === null;
    this.#allowance = allowance;
    const left = allowance.resetAt - now;
    // One of the window is gone: it has just begun, and what is left of it is all of it.
    if (allowance.remaining === allowance.limit - 1) this.#gap = left / allowance.limit;
    else if (this.#gap === 0) this.#gap = left / Math.max(1, allowance.remaining);
    if (first) this.#next = now + this.#gap * HEAD_START;
  }

  /** Discord asked to wait. */
  blocked(milliseconds: number): void {
    const resetAt = this.#clock.now() + milliseconds;
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
