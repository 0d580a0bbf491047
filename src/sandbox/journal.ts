import { type Match, matches } from './requestFaults.ts';

/** One request as it was answered. */
export interface RequestEntry {
  at: number;
  method: string;
  /** Without `/api` and the version. */
  path: string;
  /** Method and path template, such as `POST /channels/:channel/messages`. */
  route: string;
  /** The thread that a webhook's message was for. */
  thread: string | null;
  status: number;
  /** Discord's error code, when the answer was an error. */
  code: number | null;
  message: string | null;
  ms: number;
  bucket: string | null;
  limit: number | null;
  remaining: number | null;
  /** Discord's nested errors, when it complained about fields. */
  errors: unknown;
  /** Whether an armed fault made this answer. */
  injected: boolean;
  /** Whether an armed fault kept the answer back. */
  dropped: boolean;
}

/** A message of the application that would have notified someone. */
export interface Ping {
  message: string;
  channel: string;
  users: string[];
  everyone: boolean;
}

export type Violation =
  | { kind: 'refused'; request: RequestEntry }
  | { kind: 'rateLimited'; request: RequestEntry }
  | { kind: 'ping'; ping: Ping };

/** What a test declares to be expected; what is left out matches anything. */
export interface Expectation extends Match {
  kind?: Violation['kind'];
  status?: number;
  code?: number;
}

/** The oldest entries are dropped past this many. */
const KEPT = 20_000;

/** What the application asked for and how it went. */
export class Journal {
  readonly requests: RequestEntry[] = [];
  readonly pings: Ping[] = [];
  readonly #violations: Violation[] = [];
  readonly #expected: Expectation[] = [];
  readonly #watchers = new Set<(entry: RequestEntry) => void>();

  /** Calls `watcher` with every request that is answered, until the returned function is called. */
  watch(watcher: (entry: RequestEntry) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  addRequest(entry: RequestEntry): void {
    this.requests.push(entry);
    if (this.requests.length > KEPT) this.requests.shift();
    for (const watcher of this.#watchers) watcher(entry);
    if (entry.injected || entry.status < 400 || entry.status >= 500) return;
    const kind = entry.status === 429 ? 'rateLimited' : 'refused';
    this.#violations.push({ kind, request: entry });
  }

  /** Tells of a request whose connection was dropped before anything was done. Nothing else comes of it. */
  addLost(at: number, method: string, path: string, route: string): void {
    const answer = { status: 0, code: null, message: null, errors: undefined, ms: 0 };
    const limits = { thread: null, bucket: null, limit: null, remaining: null };
    const entry = { at, method, path, route, ...answer, ...limits, injected: true, dropped: true };
    for (const watcher of this.#watchers) watcher(entry);
  }

  addPing(ping: Ping): void {
    this.pings.push(ping);
    this.#violations.push({ kind: 'ping', ping });
  }

  expect(expectation: Expectation): void {
    this.#expected.push(expectation);
  }

  /** Refusals, rate limits and pings that nothing declared, before or since. */
  get violations(): Violation[] {
    return this.#violations.filter(
      (violation) => !this.#expected.some((expectation) => covers(expectation, violation)),
    );
  }
}

function covers(expectation: Expectation, violation: Violation): boolean {
  if (expectation.kind !== undefined && expectation.kind !== violation.kind) return false;
  if (violation.kind === 'ping') return expectation.kind === 'ping';
  const { status, code, method, path } = violation.request;
  if (expectation.status !== undefined && expectation.status !== status) return false;
  if (expectation.code !== undefined && expectation.code !== code) return false;
  return matches(expectation, method, path);
}
