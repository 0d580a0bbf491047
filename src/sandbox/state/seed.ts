import { randomBytes } from 'node:crypto';
import { type APIRole, type APIUser, ChannelType } from 'discord-api-types/v10';
import { EVERYONE_PERMISSIONS, INVITED_PERMISSIONS } from '../permissions.ts';
import type { Snowflakes } from '../snowflake.ts';
import { userObject } from './objects.ts';
import type { ApplicationRecord, ChannelRecord, GuildRecord } from './records.ts';
import type { World } from './world.ts';

/** What a fresh sandbox holds. Names are unique within their kind; the first person owns the guilds. */
export interface Seed {
  application?: string;
  people?: readonly string[];
  guilds?: readonly { name: string; channels: readonly SeedChannel[] }[];
}

export type SeedChannel =
  | string
  | { name: string; topic?: string; type?: ChannelType; nsfw?: boolean };

export const DEFAULT_SEED = {
  application: 'Troupe',
  people: ['Ada', 'Bruno', 'Chiara'],
  guilds: [
    {
      name: 'The Playhouse',
      channels: [
        { name: 'tavern', topic: 'Come in from the rain' },
        { name: 'lighthouse', topic: 'The lamp is lit at dusk' },
        { name: 'rehearsal-room', topic: 'Try things out here' },
        { name: 'tales', topic: 'One story to a post', type: ChannelType.GuildForum },
      ],
    },
  ],
} as const satisfies Seed;

/** Fills an empty world. */
export function plant(world: World, ids: Snowflakes, seed: Seed, now: string): void {
  const people = (seed.people ?? DEFAULT_SEED.people).map((name) => addPerson(world, ids, name));
  const owner = people[0];
  if (!owner) throw new Error('a sandbox needs at least one person');
  const application = addApplication(world, ids, seed.application ?? 'Troupe', owner.id);
  for (const { name, channels } of seed.guilds ?? DEFAULT_SEED.guilds) {
    const guild = addGuild(world, ids, name, owner.id);
    for (const channel of channels) addChannel(world, ids, guild.id, channel);
    for (const { id } of people) addMember(world, guild, id, [], now);
    inviteApplication(world, ids, guild, application, now);
  }
}

export function addPerson(world: World, ids: Snowflakes, name: string): APIUser {
  const id = ids.next();
  const username = name.toLowerCase().replaceAll(/[^a-z0-9._]/g, '.');
  return world.users.put(id, userObject(id, username, { global_name: name }));
}

function addApplication(
  world: World,
  ids: Snowflakes,
  name: string,
  owner: string,
): ApplicationRecord {
  const id = ids.next();
  // The user of an application made today has the application's own id, and the token begins with it.
  const user = userObject(id, name, { discriminator: '0000', bot: true });
  const token = [
    Buffer.from(id).toString('base64url'),
    randomBytes(4).toString('base64url'),
    randomBytes(28).toString('base64url'),
  ].join('.');
  world.users.put(id, user);
  return world.applications.put(id, { id, name, token, owner, user });
}

export function addGuild(world: World, ids: Snowflakes, name: string, owner: string): GuildRecord {
  const id = ids.next();
  const everyone = makeRole(id, '@everyone', 0, EVERYONE_PERMISSIONS, false);
  return world.guilds.put(id, {
    id,
    name,
    icon: null,
    owner_id: owner,
    roles: [everyone],
    emojis: [],
  });
}

export function addMember(
  world: World,
  guild: GuildRecord,
  user: string,
  roles: string[],
  joined: string,
): void {
  world.putMember({ guild: guild.id, user, roles, nick: null, joined_at: joined });
}

/** Makes the application a member, with a role of its own as an invite link gives it. */
export function inviteApplication(
  world: World,
  ids: Snowflakes,
  guild: GuildRecord,
  application: ApplicationRecord,
  joined: string,
): void {
  const role = makeRole(ids.next(), application.name, 1, INVITED_PERMISSIONS, true);
  role.tags = { bot_id: application.user.id };
  guild.roles.push(role);
  world.guilds.put(guild.id, guild);
  addMember(world, guild, application.user.id, [role.id], joined);
}

export function addChannel(
  world: World,
  ids: Snowflakes,
  guild: string,
  given: SeedChannel,
): ChannelRecord {
  const channel = typeof given === 'string' ? { name: given } : given;
  const id = ids.next();
  return world.channels.put(id, {
    id,
    type: channel.type ?? ChannelType.GuildText,
    guild,
    name: channel.name,
    topic: channel.topic ?? null,
    position: world.channelsOf(guild).filter((other) => !other.thread).length,
    parent: null,
    overwrites: [],
    nsfw: channel.nsfw ?? false,
    slowmode: 0,
    last_message_id: null,
  });
}

export function makeRole(
  id: string,
  name: string,
  position: number,
  permissions: bigint,
  managed: boolean,
): APIRole {
  return {
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: String(permissions),
    managed,
    mentionable: false,
    flags: 0,
  } as unknown as APIRole;
}
