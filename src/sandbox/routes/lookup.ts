import { ChannelType } from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { type ApiRequest, param } from '../http/apiRequest.ts';
import { can, demand, type PermissionName } from '../permissions.ts';
import type { ChannelRecord, GuildRecord, MessageRecord } from '../state/records.ts';

/** The channel that the path names, provided that the application has these permissions there. */
export function openChannel(
  { world }: Discord,
  request: ApiRequest,
  ...needed: PermissionName[]
): ChannelRecord {
  const channel = world.channels.get(param(request, 'channel'));
  if (!channel) throw refuse('unknownChannel');
  demand(world, channel, world.application.user.id, ...needed);
  return channel;
}

/** The message that the path names, in a channel that the application can read. */
export function openMessage(
  discord: Discord,
  request: ApiRequest,
  ...needed: PermissionName[]
): { channel: ChannelRecord; message: MessageRecord } {
  const channel = openChannel(discord, request, ...needed);
  const message = discord.world.messages.get(channel.id, param(request, 'message'));
  if (!message) throw refuse('unknownMessage');
  return { channel, message };
}

/** The guild that the path names. @throws 10004 unless the application is in it */
export function openGuild({ world }: Discord, request: ApiRequest): GuildRecord {
  const guild = world.guilds.get(param(request, 'guild'));
  if (!guild || !world.member(guild.id, world.application.user.id)) throw refuse('unknownGuild');
  return guild;
}

const TEXT_CHANNELS: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.DM,
  ChannelType.GroupDM,
  ChannelType.GuildVoice,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.GuildStageVoice,
];

export function holdsMessages(channel: ChannelRecord): boolean {
  return TEXT_CHANNELS.includes(channel.type);
}

export function isForum(channel: ChannelRecord): boolean {
  return channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia;
}

export function canAsBot({ world }: Discord, channel: ChannelRecord, ...names: PermissionName[]) {
  return can(world, channel, world.application.user.id, ...names);
}
