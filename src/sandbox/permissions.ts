import { PermissionFlagsBits } from 'discord-api-types/v10';
import { refuse } from './discordError.ts';
import type { ChannelRecord, GuildRecord } from './state/records.ts';
import type { World } from './state/world.ts';

export type PermissionName = keyof typeof PermissionFlagsBits;

const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

export function permissionBits(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** What everyone can do in a new guild. */
export const EVERYONE_PERMISSIONS = permissionBits([
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'CreatePrivateThreads',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'ChangeNickname',
]);

/** What the invite link of a bot like this asks for, on top of what everyone has. */
export const INVITED_PERMISSIONS = permissionBits([
  'ManageWebhooks',
  'ManageMessages',
  'ManageThreads',
]);

/** What a direct message allows. */
const DIRECT_PERMISSIONS = permissionBits([
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'PinMessages',
]);

/** A member's permissions in a guild as a whole; none for someone who is not there. */
export function guildPermissions(world: World, guild: GuildRecord, user: string): bigint {
  const member = world.member(guild.id, user);
  if (!member) return 0n;
  if (guild.owner_id === user) return ALL_PERMISSIONS;
  const held = guild.roles
    .filter((role) => role.id === guild.id || member.roles.includes(role.id))
    .reduce((bits, role) => bits | BigInt(role.permissions), 0n);
  return held & PermissionFlagsBits.Administrator ? ALL_PERMISSIONS : held;
}

/**
 * Permissions in one channel, in Discord's order: the guild's roles, then the overwrites for everyone, for
 * the member's roles together, for the member. A thread uses its parent's. Without ViewChannel none are
 * left; without SendMessages neither are those that only go with sending.
 */
export function channelPermissions(world: World, channel: ChannelRecord, user: string): bigint {
  if (channel.guild === undefined) {
    const inside = channel.recipients?.includes(user) || user === world.application.user.id;
    return inside ? DIRECT_PERMISSIONS : 0n;
  }
  const bits = grantedPermissions(world, channel, user);
  if (bits === ALL_PERMISSIONS || bits === 0n) return bits;
  if (!(bits & PermissionFlagsBits.ViewChannel)) return 0n;
  if (channel.type === 12 && !isThreadMember(channel, user)) {
    if (!(bits & PermissionFlagsBits.ManageThreads)) return 0n;
  }
  return bits;
}

/** What roles and overwrites give in a guild's channel, before one permission takes others along. */
export function grantedPermissions(world: World, channel: ChannelRecord, user: string): bigint {
  const guild = world.guilds.get(channel.guild ?? '');
  if (!guild) return 0n;
  const base = guildPermissions(world, guild, user);
  if (base === ALL_PERMISSIONS || base === 0n) return base;
  const { overwrites = [] } = rulingChannel(world, channel) ?? {};
  const roles = world.member(guild.id, user)?.roles ?? [];
  return withOverwrites(base, overwrites, guild.id, user, [...roles]);
}

/** The channel whose overwrites count: a thread uses its parent's. */
export function rulingChannel(world: World, channel: ChannelRecord): ChannelRecord | undefined {
  return channel.thread ? world.channels.get(channel.parent ?? '') : channel;
}

function withOverwrites(
  base: bigint,
  overwrites: ChannelRecord['overwrites'],
  everyone: string,
  user: string,
  roles: string[],
): bigint {
  const apply = (bits: bigint, ids: string[]): bigint => {
    const found = overwrites.filter(({ id }) => ids.includes(id));
    const deny = found.reduce((all, { deny }) => all | BigInt(deny), 0n);
    const allow = found.reduce((all, { allow }) => all | BigInt(allow), 0n);
    return (bits & ~deny) | allow;
  };
  return [[everyone], roles, [user]].reduce(apply, base);
}

export function isThreadMember(channel: ChannelRecord, user: string): boolean {
  return channel.thread?.members.some((member) => member.user === user) ?? false;
}

export function can(
  world: World,
  channel: ChannelRecord,
  user: string,
  ...names: PermissionName[]
): boolean {
  const needed = permissionBits(names);
  return (channelPermissions(world, channel, user) & needed) === needed;
}

/** @throws 50001 when the user cannot see the channel, 50013 when something else is missing */
export function demand(
  world: World,
  channel: ChannelRecord,
  user: string,
  ...names: PermissionName[]
): void {
  if (!can(world, channel, user, 'ViewChannel')) throw refuse('missingAccess');
  if (!can(world, channel, user, ...names)) throw refuse('missingPermissions');
}

/** The permission to send here: threads have their own. */
export function sendPermission(channel: ChannelRecord): PermissionName {
  return channel.thread ? 'SendMessagesInThreads' : 'SendMessages';
}
