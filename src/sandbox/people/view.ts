import {
  type APIApplicationCommand,
  type APIChannel,
  type APIMessage,
  type APIThreadChannel,
  ChannelType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { messageObject } from '../messages/messageObject.ts';
import {
  can,
  channelPermissions,
  guildPermissions,
  isThreadMember,
  sendPermission,
} from '../permissions.ts';
import type { PersonRights, View } from '../protocol.ts';
import { compareSnowflakes } from '../snowflake.ts';
import { channelObject, threadMemberObject, userOf } from '../state/objects.ts';
import type { ChannelRecord, GuildRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { asRead } from './asRead.ts';
import { activeFaults } from './operatorActs.ts';

/** The world as one person sees it. `open` is listed even when it is an archived thread. */
export function viewFor(discord: Discord, person: string, open?: string): View {
  const { world, gateway } = discord;
  const sees = (channel: ChannelRecord) => can(world, channel, person, 'ViewChannel');
  const { user } = world.application;
  return {
    me: userOf(world, person),
    locale: world.localeOf(person),
    people: world.people(),
    bot: { ...user, online: gateway.online },
    guilds: world.guilds
      .values()
      .filter((guild) => world.member(guild.id, person))
      .map((guild) => {
        const members = world.membersOf(guild.id).map((member) => userOf(world, member.user));
        const channels = world
          .channelsOf(guild.id)
          .filter(sees)
          .filter((channel) => channel.id === open || isListed(channel, person));
        return {
          guild: { id: guild.id, name: guild.name, icon: guild.icon },
          channels: channels.map((channel) => asSeen(world, channel, person)),
          members,
          roles: guild.roles.map(({ id, name, color, managed }) => ({ id, name, color, managed })),
          rights: Object.fromEntries(
            members
              .filter(({ bot }) => !bot)
              .map(({ id }) => [id, rightsOf(world, guild, id)] as const),
          ),
          readOnly: channels
            .filter((channel) => !canWrite(world, channel, person))
            .map(({ id }) => id),
        };
      })
      .toArray(),
    directMessages: world.channels
      .values()
      .filter((channel) => channel.recipients?.includes(person) ?? false)
      .map((channel) => ({ ...channelObject(world, channel), recipients: [user] }))
      .toArray() as View['directMessages'],
    commands: world.commands
      .values()
      .map((command) => asRead(command, world.localeOf(person)))
      .toArray(),
    faults: activeFaults(discord),
  };
}

/** As Discord shows it to that person: a thread says whether they are in it. */
function asSeen(world: World, channel: ChannelRecord, person: string): APIChannel {
  const object = channelObject(world, channel);
  if (!channel.thread) return object;
  const { member: _, ...rest } = object as APIThreadChannel;
  const own = channel.thread.members.find(({ user }) => user === person);
  return { ...rest, ...(own && { member: threadMemberObject(channel.id, own) }) } as APIChannel;
}

function rightsOf(world: World, guild: GuildRecord, person: string): PersonRights {
  const bits = guildPermissions(world, guild, person);
  return {
    owner: guild.owner_id === person,
    manageChannels: (bits & PermissionFlagsBits.ManageChannels) !== 0n,
    manageGuild: (bits & PermissionFlagsBits.ManageGuild) !== 0n,
  };
}

function canWrite(world: World, channel: ChannelRecord, person: string): boolean {
  if (!can(world, channel, person, sendPermission(channel))) return false;
  return !channel.thread?.metadata.locked || can(world, channel, person, 'ManageThreads');
}

/** The archived threads of a channel that a person can see, newest first. */
export function archivedThreads({ world }: Discord, person: string, channel: string): APIChannel[] {
  const since = ({ thread }: ChannelRecord) => thread?.metadata.archive_timestamp ?? '';
  return world
    .threadsOf(channel)
    .filter(({ thread }) => thread?.metadata.archived)
    .filter((thread) => can(world, thread, person, 'ViewChannel'))
    .sort((a, b) => since(b).localeCompare(since(a)))
    .slice(0, 100)
    .map((thread) => asSeen(world, thread, person));
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
