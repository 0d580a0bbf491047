import {
  type GuildMember,
  type Interaction,
  type Message,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import type { Standing } from '../engine/rights.ts';

/** Who asks, and what they may do where they ask; their own direct messages are their own server. */
export function standingOf({
  user,
  guildId,
  member,
  memberPermissions,
}: Pick<Interaction, 'user' | 'guildId' | 'member' | 'memberPermissions'>): Standing {
  const roles =
    member === null ? [] : 'cache' in member.roles ? [...member.roles.cache.keys()] : member.roles;
  return standing(user.id, guildId, memberPermissions, roles);
}

/** As {@link standingOf}, for whoever wrote a message. */
export function standingOfAuthor({ author, guildId, member, channel }: Message): Standing {
  const allowed = member === null || channel.isDMBased() ? null : permissionsIn(member, channel.id);
  return standing(author.id, guildId, allowed, [...(member?.roles.cache.keys() ?? [])]);
}

function permissionsIn(member: GuildMember, channel: string): Readonly<PermissionsBitField> {
  return member.guild.channels.cache.get(channel)?.permissionsFor(member) ?? member.permissions;
}

function standing(
  user: string,
  guild: string | null,
  permissions: Readonly<PermissionsBitField> | null,
  roles: readonly string[],
): Standing {
  const has = (flag: bigint): boolean => guild === null || (permissions?.has(flag) ?? false);
  return {
    person: `user:${user}`,
    managesChannels: has(PermissionFlagsBits.ManageChannels),
    managesServer: has(PermissionFlagsBits.ManageGuild),
    // Whoever is in a guild has the role of its id, which Discord leaves out of what it sends.
    roles: guild === null ? [] : [...new Set([guild, ...roles])],
  };
}
