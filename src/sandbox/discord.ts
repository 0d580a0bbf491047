import type { MovableClock } from './clock.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { Outgoing } from './gateway/outgoing.ts';
import { type Family, intentsFor } from './gateway/outgoing.ts';
import type { Interactions } from './interactions/interactions.ts';
import type { Journal } from './journal.ts';
import type { Observer } from './observation.ts';
import type { Notices } from './people/notices.ts';
import type { RateLimits } from './rateLimits.ts';
import type { RequestFaults } from './requestFaults.ts';
import type { Snowflakes } from './snowflake.ts';
import type { World } from './state/world.ts';

/** The local Discord: all its parts, as routes and acts work with them. */
export interface Discord {
  readonly world: World;
  readonly clock: MovableClock;
  readonly ids: Snowflakes;
  readonly random: () => number;
  readonly gateway: Gateway;
  readonly notices: Notices;
  readonly interactions: Interactions;
  readonly limits: RateLimits;
  readonly faults: RequestFaults;
  readonly journal: Journal;
  /** Sends events after the answer to the request that caused them, in order. */
  readonly outbox: Outbox;
  readonly observe: Observer | undefined;
  /** Whether the application was granted the message content intent. */
  readonly readsContent: boolean;
  /** `http://127.0.0.1:PORT` */
  origin: string;
}

/** Holds events until the current turn of the event loop is over, when the answer is on its way. */
export class Outbox {
  readonly #deliver: (event: Outgoing) => void;
  #waiting: Outgoing[] = [];

  constructor(deliver: (event: Outgoing) => void) {
    this.#deliver = deliver;
  }

  add(event: Outgoing): void {
    this.#waiting.push(event);
    if (this.#waiting.length === 1) setImmediate(() => this.flush());
  }

  flush(): void {
    const events = this.#waiting;
    this.#waiting = [];
    for (const event of events) this.#deliver(event);
  }
}

export function timestamp(discord: Discord): string {
  return new Date(discord.clock.now()).toISOString();
}

export function cdnOf(discord: Discord): string {
  return `${discord.origin}/cdn`;
}

/** Queues an event about a channel. */
export function emitIn(
  discord: Discord,
  family: Family,
  name: string,
  channel: string,
  data: object,
): void {
  const guild = discord.world.channels.get(channel)?.guild;
  const intents = intentsFor(family, guild !== undefined);
  discord.outbox.add({ name, data, intents, guild, channel });
}

/** Queues an event about a guild as a whole. */
export function emitGuild(
  discord: Discord,
  family: Family,
  name: string,
  guild: string,
  data: object,
): void {
  discord.outbox.add({ name, data, intents: intentsFor(family, true), guild });
}
