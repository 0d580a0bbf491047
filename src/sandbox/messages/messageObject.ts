import type { APIMessage } from 'discord-api-types/v10';
import { bareMember, channelObject } from '../state/objects.ts';
import type { MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

/** The message as REST gives it to `viewer`, with what it refers to. */
export function messageObject(world: World, record: MessageRecord, viewer?: string): APIMessage {
  const message = bare(world, record, viewer ?? world.application.user.id);
  const reference = record.message_reference;
  if (record.type === 19 || record.type === 21) {
    const referred = reference?.message_id ? world.messages.find(reference.message_id) : undefined;
    message.referenced_message = referred ? bare(world, referred, viewer) : null;
  }
  return message;
}

/** The message as the gateway sends it: with its guild, and its author's membership beside the author. */
export function messageEvent(world: World, record: MessageRecord): object {
  const channel = world.channels.get(record.channel_id);
  const message = messageObject(world, record);
  const guild = channel?.guild;
  const memberOf = (user: string) => {
    const member = guild === undefined ? undefined : world.member(guild, user);
    return member && bareMember(member);
  };
  const member = memberOf(record.author.id);
  return {
    ...message,
    channel_type: channel?.type ?? 0,
    ...(guild !== undefined && { guild_id: guild }),
    ...(member && !record.webhook_id && { member }),
    mentions: message.mentions.map((user) => ({ ...user, member: memberOf(user.id) })),
  };
}

function bare(world: World, record: MessageRecord, viewer?: string): APIMessage {
  const { reactors, pinned_at, ...message } = record;
  const thread = world.channels.get(record.id);
  const reactions = reactors?.map(({ emoji, users }) => ({
    emoji,
    count: users.length,
    count_details: { burst: 0, normal: users.length },
    burst_colors: [],
    me: viewer !== undefined && users.includes(viewer),
    me_burst: false,
  }));
  return {
    ...message,
    pinned: pinned_at !== undefined,
    ...(reactions?.length && { reactions }),
    ...(thread?.thread && { thread: channelObject(world, thread) as APIMessage['thread'] }),
  };
}
