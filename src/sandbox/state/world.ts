import type { APIApplicationCommand, APIEmoji, APIUser } from 'discord-api-types/v10';
import { Collection } from './collection.ts';
import { MessageShelf } from './messageShelf.ts';
import type {
  ApplicationRecord,
  ChannelRecord,
  GuildRecord,
  MemberRecord,
  MessageRecord,
  WebhookRecord,
} from './records.ts';
import type { Store } from './store.ts';

/** As Discord names it. */
export const DEFAULT_LOCALE = 'en-US';

/** An ephemeral message lives in memory only and is seen by one person. */
export interface EphemeralMessage {
  message: MessageRecord;
  person: string;
}

/** The working set: everything there is, in memory, written through to the store. */
export class World {
  readonly store: Store;
  readonly applications: Collection<ApplicationRecord>;
  readonly users: Collection<APIUser>;
  readonly guilds: Collection<GuildRecord>;
  readonly channels: Collection<ChannelRecord>;
  readonly webhooks: Collection<WebhookRecord>;
  /** Keyed by command id; `guild_id` tells guild commands apart. */
  readonly commands: Collection<APIApplicationCommand>;
  readonly emojis: Collection<APIEmoji>;
  /** The languages that people have their Discord in, by person; English where nobody chose. */
  readonly locales: Collection<string>;
  /** Where an avatar's hash leads: the `avatar_url` that a webhook message gave. */
  readonly avatars: Collection<string>;
  readonly messages: MessageShelf;
  readonly ephemerals = new Map<string, EphemeralMessage>();
  readonly #members: Collection<MemberRecord>;

  constructor(store: Store, revive: (body: string) => string) {
    this.store = store;
    this.applications = new Collection(store, 'application');
    this.users = new Collection(store, 'user');
    this.guilds = new Collection(store, 'guild');
    this.channels = new Collection(store, 'channel');
    this.webhooks = new Collection(store, 'webhook');
    this.commands = new Collection(store, 'command');
    this.emojis = new Collection(store, 'emoji');
    this.locales = new Collection(store, 'locale');
    this.avatars = new Collection(store, 'avatar', revive);
    this.#members = new Collection(store, 'member');
    this.messages = new MessageShelf(store, revive);
  }

  /** The one application that the sandbox hosts. */
  get application(): ApplicationRecord {
    const [application] = this.applications.values();
    if (!application) throw new Error('the sandbox has no application');
    return application;
  }

  localeOf(person: string): string {
    return this.locales.get(person) ?? DEFAULT_LOCALE;
  }

  member(guild: string, user: string): MemberRecord | undefined {
    return this.#members.get(`${guild}:${user}`);
  }

  membersOf(guild: string): MemberRecord[] {
    return this.#members
      .values()
      .filter((member) => member.guild === guild)
      .toArray();
  }

  putMember(member: MemberRecord): void {
    this.#members.put(`${member.guild}:${member.user}`, member);
  }

  removeMember(guild: string, user: string): void {
    this.#members.delete(`${guild}:${user}`);
  }

  people(): APIUser[] {
    return this.users
      .values()
      .filter((user) => !user.bot)
      .toArray();
  }

  channelsOf(guild: string): ChannelRecord[] {
    return this.channels
      .values()
      .filter((channel) => channel.guild === guild)
      .toArray();
  }

  threadsOf(parent: string): ChannelRecord[] {
    return this.channels
      .values()
      .filter((channel) => channel.thread !== undefined && channel.parent === parent)
      .toArray();
  }

  webhooksOf(channel: string): WebhookRecord[] {
    return this.webhooks
      .values()
      .filter((webhook) => webhook.channel === channel)
      .toArray();
  }
}
