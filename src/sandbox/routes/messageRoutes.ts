import { MessageType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Discord } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { type ApiRequest, queryNumber, querySnowflake, type Route } from '../http/apiRequest.ts';
import { messageObject } from '../messages/messageObject.ts';
import { postMessage } from '../messages/postMessage.ts';
import { readableMessage } from '../messages/readableMessage.ts';
import { removeMessages } from '../messages/removeMessages.ts';
import { reviseMessage } from '../messages/reviseMessage.ts';
import { startTyping } from '../messages/typing.ts';
import { demand, sendPermission } from '../permissions.ts';
import { snowflakeTime } from '../snowflake.ts';
import type { MessageRecord } from '../state/records.ts';
import { demandOpen, demandUnlocked } from '../threads.ts';
import { check } from '../validation/check.ts';
import { snowflake, unique } from '../validation/fields.ts';
import { BODIES, checkMessage, type MessageBody } from '../validation/message.ts';
import { canAsBot, holdsMessages, openChannel, openMessage } from './lookup.ts';
import { countOldEdit } from './oldEdits.ts';

/** How long a nonce is remembered, and how old a message may be to go in a bulk deletion. */
const NONCE_WINDOW = 5 * 60_000;
const BULK_DELETE_AGE = 14 * 86_400_000;

const bulkDelete = z.looseObject({ messages: unique(z.array(snowflake).min(2).max(100)) });

export const messageRoutes: Route[] = [
  { method: 'GET', path: '/channels/:channel/messages', handle: listMessages },
  {
    method: 'GET',
    path: '/channels/:channel/messages/:message',
    handle: (discord, request) =>
      readableMessage(
        discord,
        openMessage(discord, request, 'ViewChannel', 'ReadMessageHistory').message,
      ),
  },
  { method: 'POST', path: '/channels/:channel/messages', limit: 'send', handle: sendMessage },
  {
    method: 'PATCH',
    path: '/channels/:channel/messages/:message',
    limit: 'edit',
    handle: (discord, request) => {
      const { channel, message } = openMessage(discord, request, 'ViewChannel');
      if (message.author.id !== discord.world.application.user.id) throw refuse('notAuthor');
      demandOpen(channel);
      countOldEdit(discord, message);
      const revised = reviseMessage(discord, message, request.body, request.files);
      return messageObject(discord.world, revised);
    },
  },
  { method: 'DELETE', path: '/channels/:channel/messages/:message', handle: deleteMessage },
  { method: 'POST', path: '/channels/:channel/messages/bulk-delete', handle: bulkDeleteMessages },
  {
    method: 'POST',
    path: '/channels/:channel/typing',
    handle: (discord, request) => {
      const channel = openChannel(discord, request, 'ViewChannel');
      demand(discord.world, channel, discord.world.application.user.id, sendPermission(channel));
      if (!holdsMessages(channel)) throw refuse('notTextChannel');
      startTyping(discord, channel.id, discord.world.application.user.id);
      return undefined;
    },
  },
];

function listMessages(discord: Discord, request: ApiRequest): object {
  const channel = openChannel(discord, request, 'ViewChannel');
  const range = {
    before: querySnowflake(request, 'before'),
    after: querySnowflake(request, 'after'),
    around: querySnowflake(request, 'around'),
    limit: queryNumber(request, 'limit', { min: 1, max: 100, fallback: 50 }),
  };
  // Without the permission to read back, Discord shows an empty channel instead of refusing.
  if (!canAsBot(discord, channel, 'ReadMessageHistory')) return [];
  return discord.world.messages
    .list(channel.id, range)
    .map((message) => readableMessage(discord, message));
}

function sendMessage(discord: Discord, request: ApiRequest): object {
  const { world } = discord;
  const bot = world.application.user;
  const channel = openChannel(discord, request, 'ViewChannel');
  if (!holdsMessages(channel)) throw refuse('notTextChannel');
  demand(world, channel, bot.id, sendPermission(channel));
  const body = checkMessage(BODIES.message, request.body, request.files);
  if (body.embeds?.length) demand(world, channel, bot.id, 'EmbedLinks');
  if (request.files.length > 0) demand(world, channel, bot.id, 'AttachFiles');
  demandUnlocked(discord, channel, bot.id);
  const repeated = body.enforce_nonce ? sameNonce(discord, channel.id, body.nonce) : undefined;
  if (repeated) return messageObject(world, repeated);
  const reply = replyTarget(discord, channel.id, body);
  const message = postMessage(discord, {
    channel,
    author: bot,
    body,
    files: request.files,
    application: world.application.id,
    ...(typeof body.nonce === 'string' && { nonce: body.nonce }),
    ...(reply && {
      type: MessageType.Reply,
      reference: {
        type: 0,
        channel_id: channel.id,
        message_id: reply.id,
        ...(channel.guild !== undefined && { guild_id: channel.guild }),
      },
    }),
  });
  return messageObject(world, message);
}

function sameNonce(
  { world, clock }: Discord,
  channel: string,
  nonce: string | null | undefined,
): MessageRecord | undefined {
  if (nonce === null || nonce === undefined) return undefined;
  return world.messages
    .list(channel, { limit: 100 })
    .find(
      (message) =>
        message.nonce === nonce &&
        message.author.id === world.application.user.id &&
        clock.now() - Date.parse(message.timestamp) < NONCE_WINDOW,
    );
}

function replyTarget(
  discord: Discord,
  channel: string,
  { message_reference: reference }: MessageBody,
): MessageRecord | undefined {
  if (!reference) return undefined;
  const record = discord.world.channels.get(channel);
  if (record && !canAsBot(discord, record, 'ReadMessageHistory')) throw refuse('replyNeedsHistory');
  const target = discord.world.messages.get(channel, reference.message_id);
  if (target || reference.fail_if_not_exists === false) return target;
  throw check(missingReference, { message_reference: null });
}

const missingReference = z.looseObject({}).superRefine((_, context) => {
  context.addIssue({
    code: 'custom',
    path: ['message_reference'],
    message: 'Unknown message',
    params: { discord: 'REPLIES_UNKNOWN_MESSAGE' },
  });
});

function deleteMessage(discord: Discord, request: ApiRequest): undefined {
  const { channel, message } = openMessage(discord, request, 'ViewChannel');
  const bot = discord.world.application.user.id;
  if (message.author.id !== bot) {
    if (channel.guild === undefined) throw refuse('cannotActOnDm');
    demand(discord.world, channel, bot, 'ManageMessages');
  }
  if (UNDELETABLE.includes(message.type)) throw refuse('systemMessage');
  demandOpen(channel);
  removeMessages(discord, channel, [message], false);
}

const UNDELETABLE: readonly MessageType[] = [
  MessageType.RecipientAdd,
  MessageType.RecipientRemove,
  MessageType.ThreadStarterMessage,
];

function bulkDeleteMessages(discord: Discord, request: ApiRequest): undefined {
  const channel = openChannel(discord, request, 'ViewChannel');
  if (channel.guild === undefined) throw refuse('cannotActOnDm');
  demand(discord.world, channel, discord.world.application.user.id, 'ManageMessages');
  const { messages: ids } = check(bulkDelete, request.body);
  const oldest = discord.clock.now() - BULK_DELETE_AGE;
  if (ids.some((id) => snowflakeTime(id) < oldest)) throw refuse('bulkDeleteTooOld');
  const messages = [...new Set(ids)].flatMap(
    (id) => discord.world.messages.get(channel.id, id) ?? [],
  );
  if (messages.length > 0) removeMessages(discord, channel, messages, true);
}
