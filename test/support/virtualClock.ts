import type { Clock } from '../../src/app/ports/clock.ts';
import type { Clock as TimerClock } from '../../src/sandbox/clock.ts';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Turns of the event loop in which nothing happens before time moves on; a local request takes a few. */
const QUIET_TURNS = 12;

/**
 * Time that passes only when everybody waits for it: a minute takes as long as what happens in it, and
 * gives the same figures on a slow machine. It serves Troupe and the local Discord alike.
 */
export class VirtualClock implements Clock, TimerClock {
  #now: number;
  readonly #timers = new Set<Timer>();
  readonly #onMove: (now: number) => void;

  /** @param onMove is told of each moment, as for `vi.setSystemTime`. */
  constructor(onMove: (now: number) => void = () => {}, now = Date.now()) {
    this.#now = now;
    this.#onMove = onMove;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal?.aborted) return Promise.reject(signal.reason);
    const timer = this.setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      this.clearTimeout(timer);
      reject(signal.reason);
    });
    return promise;
  }

  setTimeout(run: () => void, ms: number): Timer {
    const timer = { due: this.#now + Math.max(0, ms), run };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as Timer);
  }

  /**
   * Lets time pass until nothing more is due by then.
   * @param activity counts what happens outside of timers: requests that were answered, say. While it
   *   changes, time stands still.
   */
  async runUntil(until: number, activity: () => number = () => 0): Promise<void> {
    for (;;) {
      await quiet(activity);
      const next = [...this.#timers].sort((a, b) => a.due - b.due)[0];
      if (next === undefined || next.due > until) break;
      this.#timers.delete(next);
      this.#move(Math.max(this.#now, next.due));
      next.run();
    }
    this.#move(Math.max(this.#now, until));
  }

  #move(now: number): void {
    this.#now = now;
    this.#onMove(now);
  }
}

async function quiet(activity: () => number): Promise<void> {
  let before = activity();
  for (let turns = 0; turns < QUIET_TURNS; turns += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = activity();
    if (now !== before) turns = 0;
    before = now;
  }
}
