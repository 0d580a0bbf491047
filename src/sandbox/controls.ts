import type { APIOverwrite } from 'discord-api-types/v10';
import { type Discord, emitGuild, timestamp } from './discord.ts';
import { intentsFor } from './gateway/outgoing.ts';
import { removeMessages } from './messages/removeMessages.ts';
import { type PermissionName, permissionBits } from './permissions.ts';
import { deleteChannel, makeChannel, setOverwrites } from './routes/guildRoutes.ts';
import { addWebhook, deleteWebhook } from './routes/webhookRoutes.ts';
import { guildCreateObject, guildObject, memberObject } from './state/objects.ts';
import type { ChannelRecord, GuildRecord } from './state/records.ts';
import {
  addGuild,
  addMember,
  addPerson,
  inviteApplication,
  makeRole,
  type SeedChannel,
} from './state/seed.ts';
import { updateThread } from './threads.ts';

/** What an administrator, or chance, does to a server: tests and the page use it to make things go wrong. */
export class Controls {
  readonly #discord: Discord;

  constructor(discord: Discord) {
    this.#discord = discord;
  }

  /** Makes a guild with everyone and the application in it; the first person owns it. */
  createGuild(name: string, channels: readonly SeedChannel[] = []): string {
    const { world, ids, notices } = this.#discord;
    const [owner] = world.people();
    const guild = addGuild(world, ids, name, owner?.id ?? '');
    for (const channel of channels) this.createChannel(guild.id, channel);
    const now = timestamp(this.#discord);
    for (const { id } of world.people()) addMember(world, guild, id, [], now);
    inviteApplication(world, ids, guild, world.application, now);
    emitGuild(this.#discord, 'guild', 'GUILD_CREATE', guild.id, guildCreateObject(world, guild));
    notices.tellEveryone({ kind: 'viewChanged' });
    return guild.id;
  }

  /** Takes the application out of a guild. */
  removeApplication(guild: string): void {
    const { world, outbox } = this.#discord;
    world.removeMember(guild, world.application.user.id);
    const intents = intentsFor('guild', true);
    outbox.add({ name: 'GUILD_DELETE', data: { id: guild }, intents, guild });
  }

  createPerson(name: string): string {
    const { world, ids, notices } = this.#discord;
    const person = addPerson(world, ids, name);
    for (const guild of world.guilds.values()) {
      addMember(world, guild, person.id, [], timestamp(this.#discord));
      const member = world.member(guild.id, person.id);
      if (!member) continue;
      emitGuild(this.#discord, 'members', 'GUILD_MEMBER_ADD', guild.id, {
        guild_id: guild.id,
        ...memberObject(world, member),
      });
    }
    notices.tellEveryone({ kind: 'viewChanged' });
    return person.id;
  }

  /** The language that someone has their Discord in. */
  setLocale(person: string, locale: string): void {
    this.#discord.world.locales.put(person, locale);
    this.#discord.notices.tellEveryone({ kind: 'viewChanged' });
  }

  /** The language that a guild prefers. */
  setGuildLocale(guild: string, locale: string): void {
    const { world } = this.#discord;
    const record = world.guilds.put(guild, { ...this.#guild(guild), locale });
    emitGuild(this.#discord, 'guild', 'GUILD_UPDATE', guild, guildObject(world, record));
  }

  /** Makes a role with these permissions; gives its id. */
  createRole(guild: string, name: string, names: readonly PermissionName[] = []): string {
    const { world, ids } = this.#discord;
    const record = this.#guild(guild);
    const role = makeRole(ids.next(), name, record.roles.length, permissionBits(names), false);
    record.roles.push(role);
    world.guilds.put(guild, record);
    emitGuild(this.#discord, 'guild', 'GUILD_ROLE_CREATE', guild, { guild_id: guild, role });
    return role.id;
  }

  /** Gives someone exactly these roles, everyone's own apart. */
  setRoles(guild: string, user: string, roles: readonly string[]): void {
    const { world } = this.#discord;
    const member = world.member(guild, user);
    if (!member) throw new Error(`${user} is not in ${guild}`);
    const next = { ...member, roles: [...roles] };
    world.putMember(next);
    emitGuild(this.#discord, 'members', 'GUILD_MEMBER_UPDATE', guild, {
      guild_id: guild,
      ...memberObject(world, next),
    });
    this.#discord.notices.tellEveryone({ kind: 'viewChanged' });
  }

  createChannel(guild: string, channel: SeedChannel): string {
    return makeChannel(this.#discord, guild, channel).id;
  }

  deleteChannel(channel: string): void {
    deleteChannel(this.#discord, this.#channel(channel));
  }

  /** Denies someone these permissions in a channel; without a user, the application. */
  deny(channel: string, names: readonly PermissionName[], user?: string): void {
    this.#overwrite(channel, names, user, 'deny');
  }

  /** Grants someone these permissions in a channel; without a user, the application. */
  allow(channel: string, names: readonly PermissionName[], user?: string): void {
    this.#overwrite(channel, names, user, 'allow');
  }

  /** Makes a webhook as a person would: no application owns it. */
  createWebhook(channel: string, name: string): { id: string; token: string } {
    const { id, token } = addWebhook(this.#discord, channel, name, null, null);
    return { id, token };
  }

  deleteWebhooks(channel: string): void {
    for (const webhook of this.#discord.world.webhooksOf(channel)) {
      deleteWebhook(this.#discord, webhook);
    }
  }

  /** Takes messages away as a moderator would; several at once are a bulk deletion. */
  deleteMessages(channel: string, ids: readonly string[]): void {
    const { world } = this.#discord;
    const messages = ids.flatMap((id) => world.messages.get(channel, id) ?? []);
    removeMessages(this.#discord, this.#channel(channel), messages, messages.length > 1);
  }

  /** Archives, opens, locks or unlocks a thread. */
  setThread(thread: string, { archived, locked }: { archived?: boolean; locked?: boolean }): void {
    const record = this.#channel(thread);
    if (!record.thread) throw new Error(`${thread} is not a thread`);
    if (archived !== undefined) record.thread.metadata.archived = archived;
    if (locked !== undefined) record.thread.metadata.locked = locked;
    updateThread(this.#discord, record);
  }

  #overwrite(
    id: string,
    names: readonly PermissionName[],
    user: string | undefined,
    kind: 'allow' | 'deny',
  ): void {
    const channel = this.#channel(id);
    const member = user ?? this.#discord.world.application.user.id;
    const old = channel.overwrites.find((overwrite) => overwrite.id === member);
    const bits = permissionBits(names);
    const other = kind === 'allow' ? 'deny' : 'allow';
    const next = {
      id: member,
      type: 1,
      [kind]: String(BigInt(old?.[kind] ?? 0) | bits),
      [other]: String(BigInt(old?.[other] ?? 0) & ~bits),
    } as unknown as APIOverwrite;
    const rest = channel.overwrites.filter((overwrite) => overwrite.id !== member);
    setOverwrites(this.#discord, channel, [...rest, next]);
  }

  #guild(id: string): GuildRecord {
    const guild = this.#discord.world.guilds.get(id);
    if (!guild) throw new Error(`there is no guild ${id}`);
    return guild;
  }

  #channel(id: string): ChannelRecord {
    const channel = this.#discord.world.channels.get(id);
    if (!channel) throw new Error(`there is no channel ${id}`);
    return channel;
  }
}
