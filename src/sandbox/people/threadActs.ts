import { ChannelType, MessageType } from 'discord-api-types/v10';
import { type Discord, timestamp } from '../discord.ts';
import { postMessage } from '../messages/postMessage.ts';
import { can } from '../permissions.ts';
import type { Act, ActResult } from '../protocol.ts';
import { isForum } from '../routes/lookup.ts';
import { threadFrom } from '../routes/threadRoutes.ts';
import { channelObject } from '../state/objects.ts';
import type { ChannelRecord, ThreadRecord } from '../state/records.ts';
import { createThread, joinThread, leaveThread, updateThread } from '../threads.ts';
import { demand, findChannel, findMessage } from './act.ts';
import { ActError } from './actError.ts';
import { filesOf } from './files.ts';

type ThreadAct = Extract<
  Act,
  {
    kind:
      | 'createThread'
      | 'createPost'
      | 'changeThread'
      | 'joinThread'
      | 'leaveThread'
      | 'addToThread';
  }
>;

/** What a person does about threads and forum posts. @throws ActError when they cannot */
export function performThreadAct(discord: Discord, person: string, act: ThreadAct): ActResult {
  const { world } = discord;
  switch (act.kind) {
    case 'createThread':
      return { kind: 'channel', channel: channelObject(world, startThread(discord, person, act)) };
    case 'createPost':
      return { kind: 'channel', channel: channelObject(world, startPost(discord, person, act)) };
    case 'changeThread':
      return { kind: 'channel', channel: channelObject(world, changeThread(discord, person, act)) };
    case 'joinThread':
      joinThread(discord, openThread(discord, person, act.channel), person);
      break;
    case 'leaveThread':
      leaveThread(discord, findThread(discord, person, act.channel), person);
      break;
    case 'addToThread': {
      const thread = openThread(discord, person, act.channel);
      demand(discord, thread, person, 'SendMessagesInThreads');
      if (!world.member(thread.guild ?? '', act.person))
        throw new ActError('There is no such person here', 404);
      joinThread(discord, thread, act.person);
      discord.notices.tell(act.person, { kind: 'viewChanged' });
    }
  }
  discord.notices.tell(person, { kind: 'viewChanged' });
  return { kind: 'done' };
}

function startThread(
  discord: Discord,
  person: string,
  act: Extract<Act, { kind: 'createThread' }>,
): ChannelRecord {
  const { world } = discord;
  const parent = findChannel(discord, person, act.channel);
  if (parent.thread || parent.guild === undefined || isForum(parent))
    throw new ActError('Threads cannot be started here');
  const isPrivate = act.private ?? false;
  demand(discord, parent, person, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
  const name = titleOf(act.name, 'A thread needs a name');
  if (act.message !== undefined) {
    if (isPrivate) throw new ActError('A private thread cannot start from a message');
    findMessage(discord, person, act.channel, act.message);
    if (world.channels.get(act.message)) throw new ActError('It has a thread already');
    return threadFrom(discord, parent, act.message, name, person);
  }
  const type = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
  const thread = createThread(discord, { parent, name, type, owner: person });
  const author = world.users.get(person);
  if (!isPrivate && author) {
    postMessage(discord, {
      channel: parent,
      author,
      body: { content: name },
      type: MessageType.ThreadCreated,
      reference: { type: 0, channel_id: thread.id, guild_id: parent.guild },
    });
  }
  return thread;
}

function startPost(
  discord: Discord,
  person: string,
  act: Extract<Act, { kind: 'createPost' }>,
): ChannelRecord {
  const forum = findChannel(discord, person, act.channel);
  if (!isForum(forum)) throw new ActError('Posts belong in a forum');
  demand(discord, forum, person, 'SendMessages');
  const author = discord.world.users.get(person);
  if (!author) throw new ActError('There is no such person', 404);
  const name = titleOf(act.name, 'A post needs a title');
  const files = filesOf(act.attachments ?? []);
  if (act.content.trim() === '' && files.length === 0)
    throw new ActError('A post needs something to read');
  if (act.content.length > 2_000) throw new ActError('That is longer than 2,000 characters');
  const type = ChannelType.PublicThread;
  const thread = createThread(discord, { parent: forum, name, type, owner: person });
  postMessage(discord, {
    channel: thread,
    author,
    body: { content: act.content },
    files,
    id: thread.id,
  });
  return thread;
}

function changeThread(
  discord: Discord,
  person: string,
  act: Extract<Act, { kind: 'changeThread' }>,
): ChannelRecord {
  const thread = findThread(discord, person, act.channel);
  const { metadata, owner } = thread.thread;
  const manages = can(discord.world, thread, person, 'ManageThreads');
  const onlyOpens = act.archived === false && act.name === undefined && act.locked === undefined;
  if (act.locked !== undefined || metadata.locked) demandManaging(manages);
  else if (onlyOpens) demand(discord, thread, person, 'SendMessagesInThreads');
  else if (owner !== person) demandManaging(manages);
  if (act.name !== undefined) thread.name = titleOf(act.name, 'A thread needs a name');
  if (act.locked !== undefined) metadata.locked = act.locked;
  if (act.archived !== undefined && act.archived !== metadata.archived) {
    metadata.archived = act.archived;
    metadata.archive_timestamp = timestamp(discord);
  }
  updateThread(discord, thread);
  return thread;
}

function demandManaging(manages: boolean): void {
  if (!manages) throw new ActError('Only those who manage threads may do that', 403);
}

function titleOf(name: string, missing: string): string {
  const title = name.trim().slice(0, 100);
  if (title === '') throw new ActError(missing);
  return title;
}

function findThread(
  discord: Discord,
  person: string,
  id: string,
): ChannelRecord & { thread: ThreadRecord } {
  const channel = findChannel(discord, person, id);
  if (!channel.thread) throw new ActError('That is not a thread');
  return channel as ChannelRecord & { thread: ThreadRecord };
}

function openThread(discord: Discord, person: string, id: string): ChannelRecord {
  const thread = findThread(discord, person, id);
  if (thread.thread.metadata.archived) throw new ActError('The thread is archived');
  return thread;
}
