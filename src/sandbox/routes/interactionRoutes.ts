import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { type ApiRequest, isTrue, param, type Route } from '../http/apiRequest.ts';
import {
  answerInteraction,
  checkFlags,
  isEphemeral,
  messageOf,
  post,
} from '../interactions/answer.ts';
import type { InteractionRecord } from '../interactions/interactionRecord.ts';
import { messageObject } from '../messages/messageObject.ts';
import { removeEphemeral, removeMessages } from '../messages/removeMessages.ts';
import { reviseMessage } from '../messages/reviseMessage.ts';
import type { MessageRecord } from '../state/records.ts';
import { BODIES, checkMessage } from '../validation/message.ts';

/** Flags that a follow-up may carry. */
const FOLLOW_UP_FLAGS =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsComponentsV2;

export const interactionRoutes: Route[] = [
  {
    method: 'POST',
    path: '/interactions/:interaction/:token/callback',
    open: true,
    limit: 'none',
    handle: (discord, request) => {
      const record = discord.interactions.answerable(
        discord,
        param(request, 'interaction'),
        param(request, 'token'),
      );
      const message = answerInteraction(discord, record, request.body, request.files);
      if (!isTrue(request.query.get('with_response'))) return undefined;
      return callbackObject(discord, record, request.body as { type: number }, message);
    },
  },
];

function callbackObject(
  { world }: Discord,
  record: InteractionRecord,
  { type }: { type: number },
  message: MessageRecord | undefined,
): object {
  const shown =
    type === InteractionResponseType.ChannelMessageWithSource ||
    type === InteractionResponseType.UpdateMessage ||
    type === InteractionResponseType.DeferredChannelMessageWithSource;
  return {
    interaction: {
      id: record.id,
      type: record.type,
      ...(message && {
        response_message_id: message.id,
        response_message_loading: ((message.flags ?? 0) & MessageFlags.Loading) !== 0,
        response_message_ephemeral: ((message.flags ?? 0) & MessageFlags.Ephemeral) !== 0,
      }),
    },
    ...(type !== InteractionResponseType.DeferredMessageUpdate && {
      resource: {
        type,
        ...(message && shown && { message: messageObject(world, message, record.person) }),
      },
    }),
  };
}

/** A further message; while an answer is still being thought about, that answer. */
export function sendFollowUp(discord: Discord, request: ApiRequest): object {
  const record = discord.interactions.continued(discord, param(request, 'token'));
  const waiting =
    record.answered === 'deferred' ? messageOf(discord, record.original ?? '') : undefined;
  const body = checkMessage(BODIES.content, request.body, request.files);
  checkFlags(body, FOLLOW_UP_FLAGS);
  if (waiting && isLoading(waiting)) {
    const { flags: _, ...rest } = request.body as { flags?: number };
    const layout = (body.flags ?? 0) & MessageFlags.IsComponentsV2;
    const answer = reviseMessage(
      discord,
      waiting,
      layout ? { ...rest, flags: layout } : rest,
      request.files,
    );
    thoughtAbout(discord, record);
    return messageObject(discord.world, answer);
  }
  const message = post(discord, record, body, request.files, isEphemeral(body));
  return messageObject(discord.world, message);
}

/** @throws 10008 unless it is a message of this interaction */
export function getFollowUp(discord: Discord, request: ApiRequest): MessageRecord {
  return target(discord, request).message;
}

export function editFollowUp(discord: Discord, request: ApiRequest): MessageRecord {
  const { record, message } = target(discord, request);
  const revised = reviseMessage(discord, message, request.body, request.files);
  if (isLoading(message)) thoughtAbout(discord, record);
  return revised;
}

export function deleteFollowUp(discord: Discord, request: ApiRequest): void {
  const { record, message } = target(discord, request);
  if (isLoading(message)) thoughtAbout(discord, record);
  record.messages.delete(message.id);
  if (removeEphemeral(discord, message.id)) return;
  const channel = discord.world.channels.get(message.channel_id);
  if (channel) removeMessages(discord, channel, [message], false);
}

function target(
  discord: Discord,
  request: ApiRequest,
): { record: InteractionRecord; message: MessageRecord } {
  const record = discord.interactions.continued(discord, param(request, 'token'));
  const asked = param(request, 'message');
  const id = asked === '@original' ? record.original : asked;
  const message = id !== undefined && record.messages.has(id) ? messageOf(discord, id) : undefined;
  if (!message) throw refuse('unknownMessage');
  return { record, message };
}

function isLoading(message: MessageRecord): boolean {
  return ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
}

function thoughtAbout(discord: Discord, record: InteractionRecord): void {
  discord.notices.tell(record.person, {
    kind: 'thinking',
    channel: record.channel,
    interaction: record.id,
    done: true,
  });
}
