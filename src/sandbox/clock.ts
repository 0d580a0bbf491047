/** Time as the sandbox sees it. `now` is in milliseconds since 1970. */
export interface Clock {
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

interface Pending {
  due: number;
  run: () => void;
  timer: unknown;
}

/** A clock that can be moved while timers wait: those that come due by the move run at once. */
export class MovableClock implements Clock {
  readonly #base: Clock;
  readonly #pending = new Set<Pending>();
  #offset = 0;

  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.#offset;
  }

  setTimeout(run: () => void, ms: number): Pending {
    const pending: Pending = { due: this.now() + ms, run, timer: undefined };
    this.#pending.add(pending);
    this.#arm(pending);
    return pending;
  }

  clearTimeout(timer: unknown): void {
    const pending = timer as Pending | undefined;
    if (!pending || !this.#pending.delete(pending)) return;
    this.#base.clearTimeout(pending.timer);
  }

  move(ms: number): void {
    this.#offset += ms;
    for (const pending of [...this.#pending].sort((a, b) => a.due - b.due)) {
      this.#base.clearTimeout(pending.timer);
      this.#arm(pending);
    }
  }

  /** Drops every timer that still waits. */
  stop(): void {
    for (const pending of this.#pending) this.#base.clearTimeout(pending.timer);
    this.#pending.clear();
  }

  #arm(pending: Pending): void {
    pending.timer = this.#base.setTimeout(
      () => {
        if (this.#pending.delete(pending)) pending.run();
      },
      Math.max(0, pending.due - this.now()),
    );
  }
}
