import { ChannelType } from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { type ApiRequest, isTrue, param, type Route } from '../http/apiRequest.ts';
import { demand } from '../permissions.ts';
import { memberObject, threadMemberObject } from '../state/objects.ts';
import type { ChannelRecord } from '../state/records.ts';
import { demandOpen, joinThread, leaveThread } from '../threads.ts';
import { openChannel } from './lookup.ts';

const MEMBERS = '/channels/:channel/thread-members';

export const threadMemberRoutes: Route[] = [
  {
    method: 'GET',
    path: MEMBERS,
    handle: (discord, request) => {
      const channel = openThread(discord, request);
      return (channel.thread?.members ?? []).map((member) =>
        threadMember(discord, channel, member, isTrue(request.query.get('with_member'))),
      );
    },
  },
  {
    method: 'GET',
    path: `${MEMBERS}/:user`,
    handle: (discord, request) => {
      const channel = openThread(discord, request);
      const id = userOfPath(discord, request);
      const member = channel.thread?.members.find(({ user }) => user === id);
      if (!member) throw refuse('unknownMember');
      return threadMember(discord, channel, member, isTrue(request.query.get('with_member')));
    },
  },
  {
    method: 'PUT',
    path: `${MEMBERS}/:user`,
    handle: (discord, request) => {
      const channel = openThread(discord, request);
      demandOpen(channel);
      const id = userOfPath(discord, request);
      if (id !== discord.world.application.user.id) {
        demand(discord.world, channel, discord.world.application.user.id, 'SendMessagesInThreads');
        if (!discord.world.member(channel.guild ?? '', id)) throw refuse('unknownMember');
      }
      joinThread(discord, channel, id);
      discord.notices.tell(id, { kind: 'viewChanged' });
      return undefined;
    },
  },
  {
    method: 'DELETE',
    path: `${MEMBERS}/:user`,
    handle: (discord, request) => {
      const channel = openThread(discord, request);
      demandOpen(channel);
      const id = userOfPath(discord, request);
      const bot = discord.world.application.user.id;
      const ownPrivate =
        channel.type === ChannelType.PrivateThread && channel.thread?.owner === bot;
      if (id !== bot && !ownPrivate) demand(discord.world, channel, bot, 'ManageThreads');
      leaveThread(discord, channel, id);
      discord.notices.tell(id, { kind: 'viewChanged' });
      return undefined;
    },
  },
];

function openThread(discord: Discord, request: ApiRequest): ChannelRecord {
  const channel = openChannel(discord, request, 'ViewChannel');
  if (!channel.thread) throw refuse('wrongChannelType');
  return channel;
}

function userOfPath({ world }: Discord, request: ApiRequest): string {
  const id = param(request, 'user');
  return id === '@me' ? world.application.user.id : id;
}

function threadMember(
  { world }: Discord,
  thread: ChannelRecord,
  member: { user: string; since: string },
  withMember: boolean,
): object {
  const record = withMember ? world.member(thread.guild ?? '', member.user) : undefined;
  return {
    ...threadMemberObject(thread.id, member),
    ...(record && { member: memberObject(world, record) }),
  };
}
