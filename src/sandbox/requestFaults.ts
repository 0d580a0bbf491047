/** Which requests a fault is for. A text matches the end of the path, without the version. */
export interface Match {
  method?: string;
  path?: string | RegExp;
}

export type RequestFault =
  /** Waits before the answer is sent; the request has taken effect by then unless `before` is set. */
  | { kind: 'latency'; ms: number; jitter?: number; before?: boolean }
  /** Answers with this status instead of doing anything. */
  | { kind: 'status'; status: number; retryAfter?: number; scope?: 'user' | 'global' | 'shared' }
  /** Closes the socket, before or after the request took effect. */
  | { kind: 'drop'; when: 'before' | 'after' };

interface Armed {
  match: Match;
  fault: RequestFault;
  left: number;
}

/** Faults that requests run into. Each applies to the next `times` requests that it matches. */
export class RequestFaults {
  #armed: Armed[] = [];
  readonly #watchers = new Set<() => void>();

  /** What is armed, oldest first; `left` may be infinite. */
  get armed(): readonly { fault: RequestFault; left: number }[] {
    return this.#armed;
  }

  /** Calls `watcher` whenever something is armed, used up or taken back, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Arms a fault; the returned function takes it back. */
  add(match: Match, fault: RequestFault, times = 1): () => void {
    const armed = { match, fault, left: times };
    this.#armed.push(armed);
    this.#changed();
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
      this.#changed();
    };
  }

  clear(): void {
    this.#armed = [];
    this.#changed();
  }

  /** The faults that this request runs into, used up by it. */
  take(method: string, path: string): RequestFault[] {
    const hits = this.#armed.filter(({ match }) => matches(match, method, path));
    for (const hit of hits) hit.left -= 1;
    this.#armed = this.#armed.filter(({ left }) => left > 0);
    if (hits.some(({ left }) => Number.isFinite(left))) this.#changed();
    return hits.map(({ fault }) => fault);
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

export function matches(match: Match, method: string, path: string): boolean {
  if (match.method !== undefined && match.method !== method) return false;
  if (match.path === undefined) return true;
  return typeof match.path === 'string' ? path.endsWith(match.path) : match.path.test(path);
}
