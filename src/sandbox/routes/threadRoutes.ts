import { ChannelType, MessageType } from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { invalidField, refuse } from '../discordError.ts';
import { type ApiRequest, queryNumber, Reply, type Route } from '../http/apiRequest.ts';
import { messageObject } from '../messages/messageObject.ts';
import { postMessage } from '../messages/postMessage.ts';
import { putRevised } from '../messages/reviseMessage.ts';
import { demand, isThreadMember } from '../permissions.ts';
import { channelObject, threadMemberObject } from '../state/objects.ts';
import type { ChannelRecord } from '../state/records.ts';
import { createThread } from '../threads.ts';
import { newThread } from '../validation/channel.ts';
import { check } from '../validation/check.ts';
import { BODIES, checkMessage } from '../validation/message.ts';
import { canAsBot, isForum, openChannel, openGuild, openMessage } from './lookup.ts';

export const threadRoutes: Route[] = [
  { method: 'POST', path: '/channels/:channel/messages/:message/threads', handle: fromMessage },
  { method: 'POST', path: '/channels/:channel/threads', handle: standalone },
  {
    method: 'GET',
    path: '/guilds/:guild/threads/active',
    handle: (discord, request) => {
      const guild = openGuild(discord, request);
      const active = discord.world
        .channelsOf(guild.id)
        .filter((channel) => channel.thread && !channel.thread.metadata.archived)
        .filter((channel) => canAsBot(discord, channel, 'ViewChannel'));
      return { ...threadList(discord, active), has_more: false };
    },
  },
  {
    method: 'GET',
    path: '/channels/:channel/threads/archived/public',
    handle: (discord, request) => archived(discord, request, ChannelType.PublicThread, false),
  },
  {
    method: 'GET',
    path: '/channels/:channel/threads/archived/private',
    handle: (discord, request) => archived(discord, request, ChannelType.PrivateThread, false),
  },
  {
    method: 'GET',
    path: '/channels/:channel/users/@me/threads/archived/private',
    handle: (discord, request) => archived(discord, request, ChannelType.PrivateThread, true),
  },
];

function fromMessage(discord: Discord, request: ApiRequest): object {
  const { channel, message } = openMessage(discord, request, 'CreatePublicThreads');
  if (channel.thread || channel.guild === undefined) throw refuse('wrongChannelType');
  if (discord.world.channels.get(message.id)) throw refuse('threadExists');
  const body = check(newThread, request.body);
  return new Reply(
    201,
    channelObject(
      discord.world,
      threadFrom(
        discord,
        channel,
        message.id,
        body.name,
        discord.world.application.user.id,
        body.auto_archive_duration,
      ),
    ),
  );
}

/** Starts a thread from a message: the message shows it, and the thread begins with a pointer to it. */
export function threadFrom(
  discord: Discord,
  parent: ChannelRecord,
  messageId: string,
  name: string,
  owner: string,
  autoArchive?: number,
): ChannelRecord {
  const { world } = discord;
  const thread = createThread(discord, {
    parent,
    name,
    type: ChannelType.PublicThread,
    owner,
    id: messageId,
    autoArchive,
  });
  const message = world.messages.get(parent.id, messageId);
  if (!message) return thread;
  putRevised(discord, { ...message, flags: (message.flags ?? 0) | 32 });
  postMessage(discord, {
    channel: thread,
    author: message.author,
    body: {},
    type: MessageType.ThreadStarterMessage,
    reference: { type: 0, channel_id: parent.id, message_id: messageId },
  });
  return thread;
}

function standalone(discord: Discord, request: ApiRequest): object {
  const { world } = discord;
  const bot = world.application.user;
  const channel = openChannel(discord, request, 'ViewChannel');
  if (channel.thread || channel.guild === undefined) throw refuse('wrongChannelType');
  if (isForum(channel)) return post(discord, channel, request);
  const body = check(newThread, request.body);
  const isPrivate = body.type === ChannelType.PrivateThread;
  demand(world, channel, bot.id, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
  const thread = createThread(discord, {
    parent: channel,
    name: body.name,
    type: body.type,
    owner: bot.id,
    autoArchive: body.auto_archive_duration,
    slowmode: body.rate_limit_per_user ?? 0,
    invitable: body.invitable,
  });
  if (!isPrivate) {
    postMessage(discord, {
      channel,
      author: bot,
      body: { content: body.name },
      type: MessageType.ThreadCreated,
      reference: { type: 0, channel_id: thread.id, guild_id: channel.guild },
    });
  }
  return new Reply(201, channelObject(world, thread));
}

/** A post in a forum: a thread and its first message, which share their id. */
function post(discord: Discord, forum: ChannelRecord, request: ApiRequest): object {
  const { world } = discord;
  const bot = world.application.user;
  demand(world, forum, bot.id, 'SendMessages');
  const body = check(newThread, request.body);
  if (body.message === undefined || body.message === null) {
    throw invalidField(['message'], 'BASE_TYPE_REQUIRED', 'This field is required');
  }
  const unknownTag = body.applied_tags?.find(
    (tag) => !forum.available_tags?.some(({ id }) => id === tag),
  );
  if (unknownTag !== undefined) {
    throw invalidField(['applied_tags'], 'FORUM_TAG_NOT_FOUND', `Unknown tag ${unknownTag}`);
  }
  const message = checkMessage(BODIES.content, body.message, request.files);
  const thread = createThread(discord, {
    parent: forum,
    name: body.name,
    type: ChannelType.PublicThread,
    owner: bot.id,
    autoArchive: body.auto_archive_duration,
    slowmode: body.rate_limit_per_user ?? 0,
    tags: body.applied_tags,
  });
  const first = postMessage(discord, {
    channel: thread,
    author: bot,
    body: message,
    files: request.files,
    application: world.application.id,
    id: thread.id,
  });
  return new Reply(201, {
    ...channelObject(world, thread),
    message: messageObject(world, first),
  });
}

function archived(
  discord: Discord,
  request: ApiRequest,
  type: ChannelType,
  joinedOnly: boolean,
): object {
  const { world } = discord;
  const channel = openChannel(discord, request, 'ReadMessageHistory');
  const bot = world.application.user.id;
  if (type === ChannelType.PrivateThread && !joinedOnly)
    demand(world, channel, bot, 'ManageThreads');
  const limit = queryNumber(request, 'limit', { min: 2, max: 100, fallback: 50 });
  const before = request.query.get('before');
  const since = (thread: ChannelRecord) => thread.thread?.metadata.archive_timestamp ?? '';
  const found = world
    .threadsOf(channel.id)
    .filter((thread) => thread.type === type && thread.thread?.metadata.archived)
    .filter((thread) => !joinedOnly || isThreadMember(thread, bot))
    .filter((thread) => before === null || Date.parse(since(thread)) < Date.parse(before))
    .sort((a, b) => since(b).localeCompare(since(a)));
  return {
    ...threadList(discord, found.slice(0, limit)),
    has_more: found.length > limit,
  };
}

function threadList({ world }: Discord, threads: ChannelRecord[]): object {
  const bot = world.application.user.id;
  return {
    threads: threads.map((thread) => channelObject(world, thread)),
    members: threads.flatMap((thread) => {
      const own = thread.thread?.members.find(({ user }) => user === bot);
      return own ? [threadMemberObject(thread.id, own)] : [];
    }),
  };
}
