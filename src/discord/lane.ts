import { RateLimitError } from 'discord.js';
import type { Clock } from '../app/ports/clock.ts';
import type { GlobalLimit } from './globalLimit.ts';
import { type Allowance, Pace } from './pace.ts';

export type RequestKind = 'send' | 'edit';

export interface Turn {
  readonly kind: RequestKind;
  /** The first and the last text of a reply do not wait for the even spread of edits. */
  readonly urgent: boolean;
  /** Gives the turn up while it is waited for. */
  readonly signal?: AbortSignal;
}

/** What a request that was made used, by its answer; null when there turned out to be nothing to ask. */
export type Used = { readonly kind: RequestKind; readonly allowance: Allowance | null } | null;

interface Waiting extends Turn {
  readonly start: () => void;
}

/**
 * The requests of one webhook, or of the bot in one channel: one of a kind at a time, streams by turns;
 * the first words of a reply do not wait for an edit of another. What is sent is decided by the request
 * itself, when its turn has come: nothing stale is ever queued.
 */
export class Lane {
  readonly #clock: Clock;
  readonly #global: GlobalLimit;
  /** Sends and edits count apart, and only edits are spread: a new message is worth sending at once. */
  readonly #paces: Readonly<Record<RequestKind, Pace>>;
  #waiting: Waiting[] = [];
  readonly #busy = new Set<RequestKind>();
  #nap = new AbortController();

  constructor(clock: Clock, global: GlobalLimit) {
    this.#clock = clock;
    this.#global = global;
    this.#paces = { send: new Pace(clock), edit: new Pace(clock) };
  }

  /** A stream begins. */
  begin(): void {
    this.#paces.edit.begin();
  }

  /**
   * Makes a request when its turn comes.
   * @returns false when the turn was given up, and nothing was asked.
   * @throws whatever the request throws; a limit that Discord named is kept to from then on.
   */
  async run(turn: Turn, request: () => Promise<Used>): Promise<boolean> {
    if (!(await this.#turn(turn))) return false;
    try {
      if (!(await this.#global.take(turn.urgent, turn.signal))) return false;
      const sentAt = this.#clock.now();
      const used = await request();
      if (used !== null) this.#paces[used.kind].learn(used.allowance, sentAt);
      return true;
    } catch (error) {
      if (error instanceof RateLimitError) this.#blocked(turn.kind, error);
      throw error;
    } finally {
      this.#busy.delete(turn.kind);
      this.#next();
    }
  }

  #blocked(kind: RequestKind, { global, retryAfter }: RateLimitError): void {
    if (global) this.#global.blocked(retryAfter);
    else this.#paces[kind].blocked(retryAfter);
  }

  /** True when the turn has come, false when it was given up before. */
  #turn(turn: Turn): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    if (turn.signal?.aborted) return Promise.resolve(false);
    const giveUp = () => {
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
      resolve(false);
    };
    const waiting: Waiting = {
      ...turn,
      start: () => {
        turn.signal?.removeEventListener('abort', giveUp);
        resolve(true);
      },
    };
    turn.signal?.addEventListener('abort', giveUp, { once: true });
    this.#waiting.push(waiting);
    this.#next();
    return promise;
  }

  /** Lets the first go whose bucket allows it, urgent ones before others; naps where none may. */
  #next(): void {
    this.#nap.abort();
    const now = this.#clock.now();
    let soonest = Number.POSITIVE_INFINITY;
    for (const waiting of this.#inOrder()) {
      if (this.#busy.has(waiting.kind)) continue;
      const at = this.#paces[waiting.kind].readyAt(waiting.urgent || waiting.kind === 'send');
      if (at > now) {
        soonest = Math.min(soonest, at);
        continue;
      }
      this.#busy.add(waiting.kind);
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
      waiting.start();
    }
    if (soonest === Number.POSITIVE_INFINITY) return;
    this.#nap = new AbortController();
    this.#clock.sleep(Math.ceil(soonest - now), this.#nap.signal).then(
      () => this.#next(),
      // Woken because things have changed: whoever changed them looks again.
      () => {},
    );
  }

  #inOrder(): Waiting[] {
    return [...this.#waiting].sort((a, b) => Number(b.urgent) - Number(a.urgent));
  }
}
