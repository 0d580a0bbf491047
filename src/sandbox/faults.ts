import { GatewayOpcodes } from 'discord-api-types/v10';
import type { Discord } from './discord.ts';
import type { EventFaults } from './gateway/eventFaults.ts';
import type { Match } from './requestFaults.ts';

/** Things that go wrong between an application and Discord. Request faults hit the next match, or `times`. */
export class Faults {
  readonly #discord: Discord;

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  /** Answers late, by `ms` and up to `jitter` more; what was asked for has happened by then. */
  latency(
    match: Match,
    ms: number,
    { jitter = 0, times = Number.POSITIVE_INFINITY } = {},
  ): () => void {
    return this.#discord.faults.add(match, { kind: 'latency', ms, jitter }, times);
  }

  /** Answers 429 without counting anything. `retryAfter` is in milliseconds. */
  rateLimit(
    match: Match,
    {
      retryAfter = 1_000,
      scope = 'user',
      times = 1,
    }: { retryAfter?: number; scope?: 'user' | 'global' | 'shared'; times?: number } = {},
  ): () => void {
    return this.#discord.faults.add(
      match,
      { kind: 'status', status: 429, retryAfter, scope },
      times,
    );
  }

  /** Answers with a server error; nothing else happens. */
  serverError(match: Match, { status = 500, times = 1 } = {}): () => void {
    return this.#discord.faults.add(match, { kind: 'status', status }, times);
  }

  /** Closes the socket instead of answering: before or after the request took effect. */
  drop(match: Match, when: 'before' | 'after', { times = 1 } = {}): () => void {
    return this.#discord.faults.add(match, { kind: 'drop', when }, times);
  }

  /** Holds the answer back, so that the events that it causes arrive first. */
  eventsFirst(match: Match, { ms = 30, times = 1 } = {}): () => void {
    return this.#discord.faults.add(match, { kind: 'latency', ms }, times);
  }

  /** Takes all armed faults back. */
  clear(): void {
    this.#discord.faults.clear();
    this.#discord.gateway.faults.clear();
  }

  /** Events that come twice, out of order, or not at all. */
  get events(): EventFaults {
    return this.#discord.gateway.faults;
  }

  /** Drops the gateway's sockets. What happens meanwhile is replayed, if the session can be resumed. */
  disconnect({ resumable = true, code }: { resumable?: boolean; code?: number } = {}): void {
    this.#discord.gateway.disconnect({ resumable, ...(code !== undefined && { code }) });
  }

  /** Asks the application to reconnect (op 7). */
  requestReconnect(): void {
    this.#discord.gateway.tell(GatewayOpcodes.Reconnect);
  }

  /** Declares the sessions invalid (op 9). */
  invalidateSession({ resumable = false } = {}): void {
    this.#discord.gateway.tell(GatewayOpcodes.InvalidSession, resumable);
  }

  /** Moves the sandbox's clock; what comes due by it happens at once. */
  moveClock(ms: number): void {
    this.#discord.clock.move(ms);
  }
}
