import {
  type APIApplicationCommand,
  type APIMessage,
  ChannelType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { messageObject } from '../messages/messageObject.ts';
import { can, channelPermissions, isThreadMember } from '../permissions.ts';
import type { View } from '../protocol.ts';
import { compareSnowflakes } from '../snowflake.ts';
import { channelObject, userOf } from '../state/objects.ts';
import type { ChannelRecord } from '../state/records.ts';

/** The world as one person sees it. */
export function viewFor({ world, gateway }: Discord, person: string): View {
  const sees = (channel: ChannelRecord) => can(world, channel, person, 'ViewChannel');
  const { user } = world.application;
  return {
    me: userOf(world, person),
    people: world.people(),
    bot: { ...user, online: gateway.online },
    guilds: world.guilds
      .values()
      .filter((guild) => world.member(guild.id, person))
      .map((guild) => ({
        guild: { id: guild.id, name: guild.name, icon: guild.icon },
        channels: world
          .channelsOf(guild.id)
          .filter(sees)
          .filter((channel) => isListed(channel, person))
          .map((channel) => channelObject(world, channel)),
        members: world.membersOf(guild.id).map((member) => userOf(world, member.user)),
      }))
      .toArray(),
    directMessages: world.channels
      .values()
      .filter((channel) => channel.recipients?.includes(person) ?? false)
      .map((channel) => ({ ...channelObject(world, channel), recipients: [user] }))
      .toArray() as View['directMessages'],
    commands: world.commands.values().toArray(),
  };
}

/** Archived threads are left out, and private ones of other people. */
function isListed(channel: ChannelRecord, person: string): boolean {
  if (!channel.thread) return true;
  if (channel.thread.metadata.archived) return false;
  return channel.type !== ChannelType.PrivateThread || isThreadMember(channel, person);
}

/** A channel's messages as a person sees them, oldest first, their ephemeral ones included. */
export function messagesFor(
  { world }: Discord,
  person: string,
  channelId: string,
  { before, limit = 50 }: { before?: string | undefined; limit?: number | undefined } = {},
): APIMessage[] {
  const channel = world.channels.get(channelId);
  if (!channel || !can(world, channel, person, 'ViewChannel', 'ReadMessageHistory')) return [];
  const stored = world.messages.list(channelId, { before, limit });
  const own = world.ephemerals
    .values()
    .filter((item) => item.person === person && item.message.channel_id === channelId)
    .map(({ message }) => message)
    .filter(({ id }) => before === undefined || compareSnowflakes(id, before) < 0);
  return [...stored, ...own]
    .sort((a, b) => compareSnowflakes(a.id, b.id))
    .slice(-limit)
    .map((message) => messageObject(world, message, person));
}

/** The commands that a person can use in a channel: a guild's own hide global ones of the same name. */
export function commandsIn(
  { world }: Discord,
  person: string,
  channel: ChannelRecord,
): APIApplicationCommand[] {
  const permissions = channelPermissions(world, channel, person);
  const all = world.commands.values().toArray();
  const inGuild = all.filter(
    ({ guild_id }) => guild_id !== undefined && guild_id === channel.guild,
  );
  const global = all.filter(
    (command) =>
      command.guild_id === undefined &&
      !inGuild.some(({ name, type }) => name === command.name && type === command.type),
  );
  return [...inGuild, ...global].filter((command) => {
    if (channel.guild === undefined) return command.contexts?.includes(1) ?? true;
    if (command.contexts && !command.contexts.includes(0)) return false;
    if (!(permissions & PermissionFlagsBits.UseApplicationCommands)) return false;
    const needed = command.default_member_permissions;
    if (needed === null || needed === undefined) return true;
    if (needed === '0') return (permissions & PermissionFlagsBits.Administrator) !== 0n;
    return (permissions & BigInt(needed)) === BigInt(needed);
  });
}
