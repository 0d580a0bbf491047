/** The time that timeouts and waits are measured by; a test passes its own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls `then` once after `ms` milliseconds, unless the returned function was called before. */
  after(ms: number, then: () => void): () => void;
}

/** Node fires at once what is set for longer. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, Math.min(ms, longestTimer));
    return () => clearTimeout(timer);
  },
};

/** What a stream throws when its signal fires; told apart from every `ModelError` by its name. */
export function abortError(): DOMException {
  return new DOMException('The reply was stopped', 'AbortError');
}

/**
 * Waits by the given clock.
 * @throws {DOMException} `AbortError`, as soon as the signal fires.
 */
export function waitFor(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(abortError());
    const stopped = () => {
      cancel();
      reject(abortError());
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stopped);
      resolve();
    });
    signal.addEventListener('abort', stopped, { once: true });
  });
}
