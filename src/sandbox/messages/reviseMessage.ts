import { MessageFlags } from 'discord-api-types/v10';
import { type Discord, emitIn, timestamp } from '../discord.ts';
import { refuse } from '../discordError.ts';
import type { UploadedFile } from '../http/apiRequest.ts';
import type { MessageRecord } from '../state/records.ts';
import { type ContentBody, checkEdit } from '../validation/message.ts';
import { linkAttachments, storeFiles } from './attachments.ts';
import { resolveMentions } from './mentions.ts';
import { messageEvent, messageObject } from './messageObject.ts';
import { recordPing, shownEmbeds } from './postMessage.ts';
import { shownComponents } from './shownComponents.ts';

/**
 * Changes a message by the fields that the body gives.
 * @throws 50035 at what is wrong, 50006 when nothing would be left to show
 */
export function reviseMessage(
  discord: Discord,
  message: MessageRecord,
  body: unknown,
  files: readonly UploadedFile[],
): MessageRecord {
  const { world } = discord;
  const kept = message.attachments.map(({ id }) => id);
  const wasLoading = ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
  const edit = checkEdit(body, files, message.flags ?? 0, kept);
  const next = revised(discord, message, edit, files);
  const channel = world.channels.get(message.channel_id);
  const shows =
    next.content || next.embeds.length || next.components?.length || next.attachments.length;
  if (!shows) throw refuse('emptyMessage');
  if (channel && (edit.content !== undefined || wasLoading)) {
    const replied = world.messages.find(message.message_reference?.message_id ?? '')?.author.id;
    const mentions = resolveMentions(
      world,
      channel,
      message.author.id,
      next.content,
      edit.allowed_mentions,
      replied,
    );
    next.mentions = mentions.users;
    next.mention_roles = mentions.roles;
    next.mention_everyone = mentions.everyone;
    // An edit notifies nobody, but the text that a deferred answer gets at last is new to everyone.
    if (wasLoading) recordPing(discord, next, mentions.notified, false);
  }
  return putRevised(discord, next);
}

/** Stores a changed message and tells everyone who may know. */
export function putRevised(discord: Discord, message: MessageRecord): MessageRecord {
  const { world } = discord;
  const ephemeral = world.ephemerals.get(message.id);
  if (ephemeral) {
    ephemeral.message = message;
    discord.notices.tell(ephemeral.person, {
      kind: 'messageEdited',
      message: messageObject(world, message, ephemeral.person),
    });
    return message;
  }
  world.messages.put(message);
  emitIn(discord, 'messages', 'MESSAGE_UPDATE', message.channel_id, messageEvent(world, message));
  discord.notices.tellChannel(message.channel_id, (person) => ({
    kind: 'messageEdited',
    message: messageObject(world, message, person),
  }));
  return message;
}

function revised(
  discord: Discord,
  message: MessageRecord,
  edit: ContentBody,
  files: readonly UploadedFile[],
): MessageRecord {
  const added = storeFiles(discord, message.channel_id, files, edit.attachments);
  const kept = edit.attachments
    ? message.attachments.filter(({ id }) => edit.attachments?.some((item) => item.id === id))
    : message.attachments;
  const attachments = [...kept, ...added];
  const addedFlags = (edit.flags ?? 0) & MessageFlags.IsComponentsV2;
  const flags = edit.flags ?? undefined;
  const suppress =
    flags === undefined
      ? (message.flags ?? 0) & MessageFlags.SuppressEmbeds
      : flags & MessageFlags.SuppressEmbeds;
  const base = (message.flags ?? 0) & ~(MessageFlags.SuppressEmbeds | MessageFlags.Loading);
  const wasLoading = ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
  return {
    ...message,
    attachments,
    flags: base | suppress | addedFlags,
    // A deferred answer's first text is not an edit to those who read it.
    edited_timestamp: wasLoading ? null : timestamp(discord),
    ...(edit.content !== undefined && { content: (edit.content ?? '').trim() }),
    ...(edit.embeds !== undefined && { embeds: shownEmbeds(edit, attachments) }),
    ...(edit.components !== undefined && {
      components: linkAttachments(shownComponents(edit.components), attachments),
    }),
  };
}
