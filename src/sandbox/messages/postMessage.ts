import {
  type APIAttachment,
  type APIMessage,
  type APIUser,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import { type Discord, emitIn, timestamp } from '../discord.ts';
import type { UploadedFile } from '../http/apiRequest.ts';
import type { ChannelRecord, MessageRecord } from '../state/records.ts';
import { reviveThread } from '../threads.ts';
import type { ContentBody } from '../validation/message.ts';
import { linkAttachments, storeFiles } from './attachments.ts';
import { resolveMentions } from './mentions.ts';
import { messageEvent, messageObject } from './messageObject.ts';
import { shownComponents } from './shownComponents.ts';

export interface NewMessage {
  channel: ChannelRecord;
  /** Given only where a thread and its first message share their id. */
  id?: string;
  author: APIUser;
  body: ContentBody;
  files?: readonly UploadedFile[];
  type?: MessageType;
  webhook?: string;
  application?: string;
  reference?: APIMessage['message_reference'];
  interaction?: Pick<APIMessage, 'interaction' | 'interaction_metadata'>;
  nonce?: string;
  /** The one person who sees it. */
  ephemeralFor?: string | undefined;
  /** Shown as "thinking" until its first edit. */
  loading?: boolean;
}

/** Makes a message and tells everyone who may know. Rules are the callers' matter. */
export function postMessage(discord: Discord, given: NewMessage): MessageRecord {
  const { world } = discord;
  const { channel, author, body, type = MessageType.Default, loading = false } = given;
  const content = (body.content ?? '').trim();
  const attachments = storeFiles(discord, channel.id, given.files ?? [], body.attachments);
  const replied =
    type === MessageType.Reply ? world.messages.find(given.reference?.message_id ?? '') : undefined;
  const repliedUser = replied && !replied.webhook_id ? replied.author.id : undefined;
  const mentions = resolveMentions(
    world,
    channel,
    author.id,
    content,
    body.allowed_mentions,
    repliedUser,
  );
  const message: MessageRecord = {
    id: given.id ?? discord.ids.next(),
    type,
    channel_id: channel.id,
    author,
    content,
    timestamp: timestamp(discord),
    edited_timestamp: null,
    tts: body.tts ?? false,
    mention_everyone: mentions.everyone,
    mentions: mentions.users,
    mention_roles: mentions.roles,
    attachments,
    embeds: shownEmbeds(body, attachments),
    components: linkAttachments(shownComponents(body.components), attachments),
    pinned: false,
    flags: flagsOf(given),
    ...(given.nonce !== undefined && { nonce: given.nonce }),
    ...(given.webhook !== undefined && { webhook_id: given.webhook }),
    ...(given.application !== undefined && { application_id: given.application }),
    ...(given.reference && { message_reference: given.reference }),
    ...given.interaction,
  };
  if (given.ephemeralFor !== undefined) {
    world.ephemerals.set(message.id, { message, person: given.ephemeralFor });
    discord.notices.tell(given.ephemeralFor, {
      kind: 'message',
      message: messageObject(world, message, given.ephemeralFor),
    });
    return message;
  }
  reviveThread(discord, channel, author.id, type);
  world.messages.put(message);
  channel.last_message_id = message.id;
  if (channel.thread && type !== MessageType.ThreadStarterMessage) {
    channel.thread.messages += 1;
    channel.thread.sent += 1;
  }
  world.channels.put(channel.id, channel);
  recordPing(discord, message, mentions.notified, loading);
  emitIn(discord, 'messages', 'MESSAGE_CREATE', channel.id, messageEvent(world, message));
  discord.notices.tellChannel(channel.id, (person) => ({
    kind: 'message',
    message: messageObject(world, message, person),
  }));
  return message;
}

/** Notes it when a message of the application notifies somebody. */
export function recordPing(
  discord: Discord,
  message: MessageRecord,
  notified: string[],
  loading: boolean,
): void {
  const { application } = discord.world;
  const own =
    message.author.id === application.user.id || message.application_id === application.id;
  const users = notified.filter((id) => id !== application.user.id);
  if (!own || loading || users.length === 0) return;
  if ((message.flags ?? 0) & MessageFlags.SuppressNotifications) return;
  discord.journal.addPing({
    message: message.id,
    channel: message.channel_id,
    users,
    everyone: message.mention_everyone,
  });
}

function flagsOf({ body, ephemeralFor, loading }: NewMessage): number {
  const kept =
    MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications | MessageFlags.IsComponentsV2;
  return (
    ((body.flags ?? 0) & kept) |
    (ephemeralFor === undefined ? 0 : MessageFlags.Ephemeral) |
    (loading ? MessageFlags.Loading : 0)
  );
}

export function shownEmbeds(
  body: ContentBody,
  attachments: readonly APIAttachment[],
): APIMessage['embeds'] {
  const embeds = (body.embeds ?? []).map(({ fields, ...embed }) => ({
    ...embed,
    type: 'rich',
    ...(fields && { fields: fields.map((field) => ({ ...field, inline: field.inline ?? false })) }),
  }));
  return linkAttachments(embeds, attachments) as APIMessage['embeds'];
}
