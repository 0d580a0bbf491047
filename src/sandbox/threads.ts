import { ChannelType, MessageType } from 'discord-api-types/v10';
import { type Discord, emitIn, timestamp } from './discord.ts';
import { refuse } from './discordError.ts';
import { can } from './permissions.ts';
import { channelObject, memberObject, threadMemberObject } from './state/objects.ts';
import type { ChannelRecord } from './state/records.ts';

export interface NewThread {
  parent: ChannelRecord;
  name: string;
  type: ChannelType;
  owner: string;
  /** The message that it starts from: thread and message share their id. */
  id?: string;
  autoArchive?: number | undefined;
  slowmode?: number | undefined;
  invitable?: boolean | undefined;
  tags?: string[] | undefined;
}

/** Makes a thread with its creator in it. */
export function createThread(discord: Discord, given: NewThread): ChannelRecord {
  const { world } = discord;
  const now = timestamp(discord);
  const isPrivate = given.type === ChannelType.PrivateThread;
  const thread: ChannelRecord = {
    id: given.id ?? discord.ids.next(),
    type: given.type,
    ...(given.parent.guild !== undefined && { guild: given.parent.guild }),
    name: given.name,
    position: 0,
    parent: given.parent.id,
    overwrites: [],
    nsfw: given.parent.nsfw,
    slowmode: given.slowmode ?? 0,
    last_message_id: null,
    thread: {
      owner: given.owner,
      metadata: {
        archived: false,
        auto_archive_duration:
          given.autoArchive ?? given.parent.default_auto_archive_duration ?? 4_320,
        archive_timestamp: now,
        locked: false,
        create_timestamp: now,
        ...(isPrivate && { invitable: given.invitable ?? true }),
      },
      members: [{ user: given.owner, since: now }],
      messages: 0,
      sent: 0,
      tags: given.tags ?? [],
    },
  };
  world.channels.put(thread.id, thread);
  emitIn(discord, 'guild', 'THREAD_CREATE', thread.id, {
    ...channelObject(world, thread),
    newly_created: true,
  });
  discord.notices.tellChannel(thread.id, { kind: 'viewChanged' });
  return thread;
}

export function updateThread(discord: Discord, thread: ChannelRecord): void {
  discord.world.channels.put(thread.id, thread);
  emitIn(discord, 'guild', 'THREAD_UPDATE', thread.id, channelObject(discord.world, thread));
  discord.notices.tellChannel(thread.id, { kind: 'viewChanged' });
}

export function joinThread(discord: Discord, thread: ChannelRecord, user: string): void {
  const { world } = discord;
  if (!thread.thread || thread.thread.members.some((member) => member.user === user)) return;
  const joined = { user, since: timestamp(discord) };
  thread.thread.members.push(joined);
  world.channels.put(thread.id, thread);
  // A private thread is new to an application that is brought into it.
  if (user === world.application.user.id && thread.type === ChannelType.PrivateThread) {
    emitIn(discord, 'guild', 'THREAD_CREATE', thread.id, channelObject(world, thread));
  }
  const member = world.member(thread.guild ?? '', user);
  emitIn(discord, 'guild', 'THREAD_MEMBERS_UPDATE', thread.id, {
    id: thread.id,
    guild_id: thread.guild,
    member_count: thread.thread.members.length,
    added_members: [
      {
        ...threadMemberObject(thread.id, joined),
        ...(member && { member: memberObject(world, member) }),
        presence: null,
      },
    ],
  });
}

export function leaveThread(discord: Discord, thread: ChannelRecord, user: string): void {
  if (!thread.thread) return;
  // Told first: whoever leaves a private thread can no longer be told about it.
  emitIn(discord, 'guild', 'THREAD_MEMBERS_UPDATE', thread.id, {
    id: thread.id,
    guild_id: thread.guild,
    member_count: thread.thread.members.length - 1,
    removed_member_ids: [user],
  });
  thread.thread.members = thread.thread.members.filter((member) => member.user !== user);
  discord.world.channels.put(thread.id, thread);
}

/** What a new message does to its thread: its author joins, and an archived thread opens again. */
export function reviveThread(
  discord: Discord,
  channel: ChannelRecord,
  author: string,
  type: MessageType,
): void {
  if (!channel.thread || type === MessageType.ThreadStarterMessage) return;
  if (channel.thread.metadata.archived) {
    channel.thread.metadata.archived = false;
    channel.thread.metadata.archive_timestamp = timestamp(discord);
    updateThread(discord, channel);
  }
  if (discord.world.member(channel.guild ?? '', author)) joinThread(discord, channel, author);
}

/** @throws 160005 when a locked thread is closed to this user, 50083 when it is archived as well */
export function demandUnlocked(discord: Discord, channel: ChannelRecord, user: string): void {
  if (!channel.thread?.metadata.locked) return;
  if (can(discord.world, channel, user, 'ManageThreads')) return;
  throw refuse(channel.thread.metadata.archived ? 'threadArchived' : 'threadLocked');
}

/** @throws 50083 when the thread is archived */
export function demandOpen(channel: ChannelRecord): void {
  if (channel.thread?.metadata.archived) throw refuse('threadArchived');
}
