import type { APIOverwrite } from 'discord-api-types/v10';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { type Discord, emitGuild } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { type ApiRequest, param, queryNumber, Reply, type Route } from '../http/apiRequest.ts';
import { demand, guildPermissions } from '../permissions.ts';
import { channelObject, guildObject, memberObject } from '../state/objects.ts';
import type { ChannelRecord } from '../state/records.ts';
import { addChannel, type SeedChannel } from '../state/seed.ts';
import { updateThread } from '../threads.ts';
import { channelEdit, newChannel, threadEdit } from '../validation/channel.ts';
import { check } from '../validation/check.ts';
import { snowflake } from '../validation/fields.ts';
import { openChannel, openGuild } from './lookup.ts';

const directMessage = z.looseObject({ recipient_id: snowflake });

export const guildRoutes: Route[] = [
  { method: 'GET', path: '/users/@me', handle: ({ world }) => ownUser(world.application.user) },
  {
    method: 'GET',
    path: '/users/:user',
    handle: ({ world }, request) => {
      const user = world.users.get(param(request, 'user'));
      if (!user) throw refuse('unknownUser');
      return user;
    },
  },
  {
    method: 'GET',
    path: '/users/@me/guilds',
    handle: ({ world }) =>
      world.guilds
        .values()
        .filter(({ id }) => world.member(id, world.application.user.id))
        .map((guild) => ({
          id: guild.id,
          name: guild.name,
          icon: guild.icon,
          banner: null,
          owner: false,
          permissions: String(guildPermissions(world, guild, world.application.user.id)),
          features: [],
        }))
        .toArray(),
  },
  { method: 'POST', path: '/users/@me/channels', handle: openDirectMessage },
  {
    method: 'GET',
    path: '/guilds/:guild',
    handle: (discord, request) => guildObject(discord.world, openGuild(discord, request)),
  },
  {
    method: 'GET',
    path: '/guilds/:guild/channels',
    handle: (discord, request) => {
      const guild = openGuild(discord, request);
      return discord.world
        .channelsOf(guild.id)
        .filter((channel) => !channel.thread)
        .map((channel) => channelObject(discord.world, channel));
    },
  },
  { method: 'POST', path: '/guilds/:guild/channels', handle: createChannel },
  {
    method: 'GET',
    path: '/guilds/:guild/roles',
    handle: (discord, request) => openGuild(discord, request).roles,
  },
  {
    method: 'GET',
    path: '/guilds/:guild/members',
    handle: (discord, request) => {
      const guild = openGuild(discord, request);
      const limit = queryNumber(request, 'limit', { min: 1, max: 1_000, fallback: 1 });
      return discord.world
        .membersOf(guild.id)
        .slice(0, limit)
        .map((member) => memberObject(discord.world, member));
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/members/:user',
    handle: ({ world, ...discord }, request) => {
      const guild = openGuild({ ...discord, world }, request);
      const asked = param(request, 'user');
      const member = world.member(guild.id, asked === '@me' ? world.application.user.id : asked);
      if (!member) throw refuse(world.users.get(asked) ? 'unknownMember' : 'unknownUser');
      return memberObject(world, member);
    },
  },
  {
    method: 'GET',
    path: '/channels/:channel',
    handle: (discord, request) =>
      channelObject(discord.world, openChannel(discord, request, 'ViewChannel')),
  },
  {
    method: 'PATCH',
    path: '/channels/:channel',
    handle: (discord, request) => {
      const channel = openChannel(discord, request, 'ViewChannel');
      if (channel.thread) editThread(discord, channel, request.body);
      else editChannel(discord, channel, request.body);
      return channelObject(discord.world, channel);
    },
  },
  {
    method: 'DELETE',
    path: '/channels/:channel',
    handle: (discord, request) => {
      const channel = openChannel(discord, request, 'ViewChannel');
      const needed = channel.thread ? 'ManageThreads' : 'ManageChannels';
      demand(discord.world, channel, discord.world.application.user.id, needed);
      return deleteChannel(discord, channel);
    },
  },
];

function ownUser(user: object): object {
  return { ...user, verified: true, mfa_enabled: true, email: null, flags: 0, locale: 'en-US' };
}

function openDirectMessage(discord: Discord, request: ApiRequest): object {
  const { world } = discord;
  const { recipient_id } = check(directMessage, request.body);
  const user = world.users.get(recipient_id);
  if (!user) throw refuse('unknownUser');
  if (user.bot) throw refuse('cannotMessageUser');
  return channelObject(world, directChannel(discord, user.id));
}

/** The channel between the application and a person, made when there is none. */
export function directChannel({ world, ids, notices }: Discord, person: string): ChannelRecord {
  const existing = world.channels
    .values()
    .find((channel) => channel.recipients?.includes(person) ?? false);
  if (existing) return existing;
  const id = ids.next();
  const made = world.channels.put(id, {
    id,
    type: 1,
    position: 0,
    overwrites: [],
    nsfw: false,
    slowmode: 0,
    last_message_id: null,
    recipients: [person],
  });
  notices.tell(person, { kind: 'viewChanged' });
  return made;
}

function createChannel(discord: Discord, request: ApiRequest): object {
  const { world } = discord;
  const guild = openGuild(discord, request);
  const bits = guildPermissions(world, guild, world.application.user.id);
  if (!(bits & PermissionFlagsBits.ManageChannels)) throw refuse('missingPermissions');
  const body = check(newChannel, request.body);
  const channel = makeChannel(discord, guild.id, {
    name: body.name,
    type: body.type,
    ...(body.topic && { topic: body.topic }),
    nsfw: body.nsfw ?? false,
  });
  return new Reply(201, channelObject(world, channel));
}

export function makeChannel(discord: Discord, guild: string, given: SeedChannel): ChannelRecord {
  const channel = addChannel(discord.world, discord.ids, guild, given);
  emitGuild(discord, 'guild', 'CHANNEL_CREATE', guild, channelObject(discord.world, channel));
  discord.notices.tellEveryone({ kind: 'viewChanged' });
  return channel;
}

function editChannel(discord: Discord, channel: ChannelRecord, body: unknown): void {
  const { world } = discord;
  demand(world, channel, world.application.user.id, 'ManageChannels');
  const edit = check(channelEdit, body);
  if (edit.name !== undefined) channel.name = edit.name;
  if (edit.topic !== undefined) channel.topic = edit.topic;
  if (edit.nsfw !== undefined) channel.nsfw = edit.nsfw ?? false;
  if (edit.rate_limit_per_user !== undefined) channel.slowmode = edit.rate_limit_per_user ?? 0;
  channelChanged(discord, channel);
}

/** Replaces a channel's permission overwrites. */
export function setOverwrites(
  discord: Discord,
  channel: ChannelRecord,
  overwrites: APIOverwrite[],
): void {
  channel.overwrites = overwrites;
  channelChanged(discord, channel);
}

function channelChanged(discord: Discord, channel: ChannelRecord): void {
  discord.world.channels.put(channel.id, channel);
  // Applications know of every channel of a guild: one that loses its access has to be told so.
  const data = channelObject(discord.world, channel);
  emitGuild(discord, 'guild', 'CHANNEL_UPDATE', channel.guild ?? '', data);
  discord.notices.tellEveryone({ kind: 'viewChanged' });
}

function editThread(discord: Discord, channel: ChannelRecord, body: unknown): void {
  const { world } = discord;
  const { thread } = channel;
  if (!thread) return;
  const edit = check(threadEdit, body);
  const bot = world.application.user.id;
  const own = thread.owner === bot;
  // An archived thread can only be opened; whatever else is asked for must come with that.
  if (thread.metadata.archived && edit.archived !== false) throw refuse('threadArchived');
  const onlyOpens = Object.keys(edit).every((key) => key === 'archived');
  if (thread.metadata.locked || typeof edit.locked === 'boolean') {
    demand(world, channel, bot, 'ManageThreads');
  } else if (!own && !(onlyOpens && edit.archived === false)) {
    demand(world, channel, bot, 'ManageThreads');
  } else {
    demand(world, channel, bot, 'SendMessagesInThreads');
  }
  if (typeof edit.name === 'string') channel.name = edit.name;
  if (edit.rate_limit_per_user !== undefined) channel.slowmode = edit.rate_limit_per_user ?? 0;
  if (edit.applied_tags) thread.tags = edit.applied_tags;
  if (typeof edit.archived === 'boolean' && edit.archived !== thread.metadata.archived) {
    thread.metadata.archived = edit.archived;
    thread.metadata.archive_timestamp = new Date(discord.clock.now()).toISOString();
  }
  if (typeof edit.locked === 'boolean') thread.metadata.locked = edit.locked;
  if (typeof edit.invitable === 'boolean') thread.metadata.invitable = edit.invitable;
  if (edit.auto_archive_duration) {
    thread.metadata.auto_archive_duration = edit.auto_archive_duration;
  }
  updateThread(discord, channel);
}

/** Takes a channel away with all that is in it. */
export function deleteChannel(discord: Discord, channel: ChannelRecord): object {
  const { world } = discord;
  const object = channelObject(world, channel);
  for (const thread of world.threadsOf(channel.id)) deleteChannel(discord, thread);
  for (const webhook of world.webhooksOf(channel.id)) world.webhooks.delete(webhook.id);
  world.messages.forget(channel.id);
  world.channels.delete(channel.id);
  const guild = channel.guild ?? '';
  if (channel.thread) {
    const { id, type, parent } = channel;
    emitGuild(discord, 'guild', 'THREAD_DELETE', guild, {
      id,
      type,
      guild_id: guild,
      parent_id: parent,
    });
  } else emitGuild(discord, 'guild', 'CHANNEL_DELETE', guild, object);
  discord.notices.tellEveryone({ kind: 'viewChanged' });
  return object;
}
