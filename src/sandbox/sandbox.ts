import type { APIMessage } from 'discord-api-types/v10';
import { Controls } from './controls.ts';
import { cdnOf, type Discord } from './discord.ts';
import { Faults } from './faults.ts';
import type { Expectation, Ping, RequestEntry, Violation } from './journal.ts';
import { messageObject } from './messages/messageObject.ts';
import { Actor } from './people/actor.ts';

/** A running local Discord, for tests and for `npm start`. */
export class Sandbox {
  /** `http://127.0.0.1:PORT`: the page. */
  readonly url: string;
  /** For discord.js's `rest.api`. */
  readonly api: string;
  /** For discord.js's `rest.cdn`. */
  readonly cdn: string;
  readonly token: string;
  readonly applicationId: string;
  /** The first guild. */
  readonly guild: string;
  /** Ids by name: the first guild's channels, and everyone that one can play as. */
  readonly channels: Record<string, string>;
  readonly people: Record<string, string>;
  readonly faults: Faults;
  readonly controls: Controls;
  readonly #discord: Discord;
  readonly #actors = new Map<string, Actor>();
  readonly #close: () => Promise<void>;
  #closing: Promise<void> | undefined;

  constructor(discord: Discord, close: () => Promise<void>) {
    const { world, origin } = discord;
    this.#discord = discord;
    this.#close = close;
    this.url = origin;
    this.api = `${origin}/api`;
    this.cdn = cdnOf(discord);
    this.token = world.application.token;
    this.applicationId = world.application.id;
    const [guild] = world.guilds.values();
    this.guild = guild?.id ?? '';
    this.channels = Object.fromEntries(
      world
        .channelsOf(this.guild)
        .filter((channel) => !channel.thread)
        .map(({ id, name }) => [name, id]),
    );
    this.people = Object.fromEntries(
      world.people().map(({ id, global_name, username }) => [global_name ?? username, id]),
    );
    this.faults = new Faults(discord);
    this.controls = new Controls(discord);
  }

  /** The person of that name or id. */
  as(person: string): Actor {
    const user = this.#discord.world
      .people()
      .find(({ id, global_name }) => id === person || global_name === person);
    if (!user) throw new Error(`nobody is called ${person}`);
    const actor = this.#actors.get(user.id) ?? new Actor(this.#discord, user);
    this.#actors.set(user.id, actor);
    return actor;
  }

  /** The id of a channel of the first guild. */
  channel(name: string): string {
    const id = this.channels[name];
    if (id === undefined) throw new Error(`there is no channel ${name}`);
    return id;
  }

  /** Every message of a channel, oldest first, whoever may see it; ephemeral ones apart. */
  allMessages(channel: string): APIMessage[] {
    const { world } = this.#discord;
    return world.messages.all(channel).map((message) => messageObject(world, message));
  }

  /** What the application asked for, oldest first. */
  get requests(): readonly RequestEntry[] {
    return this.#discord.journal.requests;
  }

  /** The application's messages that would have notified someone. */
  get pings(): readonly Ping[] {
    return this.#discord.journal.pings;
  }

  /** Refusals, 429s and pings that nothing declared with `expect`. A test ends with none. */
  get violations(): Violation[] {
    return this.#discord.journal.violations;
  }

  /** Declares that something the application does will be refused, rate limited, or ping. */
  expect(expectation: Expectation): void {
    this.#discord.journal.expect(expectation);
  }

  /** Whether an application is connected to the gateway. */
  get online(): boolean {
    return this.#discord.gateway.online;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }
}
