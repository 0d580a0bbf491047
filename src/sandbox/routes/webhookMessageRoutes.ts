import type { APIUser } from 'discord-api-types/v10';
import { ChannelType } from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { invalidField, refuse } from '../discordError.ts';
import { type ApiRequest, isTrue, param, querySnowflake, type Route } from '../http/apiRequest.ts';
import { linkAvatar } from '../messages/avatars.ts';
import { messageObject } from '../messages/messageObject.ts';
import { postMessage } from '../messages/postMessage.ts';
import { removeMessages } from '../messages/removeMessages.ts';
import { reviseMessage } from '../messages/reviseMessage.ts';
import { userObject } from '../state/objects.ts';
import type { ChannelRecord, MessageRecord, WebhookRecord } from '../state/records.ts';
import { createThread, demandOpen, demandUnlocked } from '../threads.ts';
import { walk } from '../validation/components.ts';
import { BODIES, checkMessage, type WebhookBody } from '../validation/message.ts';
import { deleteFollowUp, editFollowUp, getFollowUp, sendFollowUp } from './interactionRoutes.ts';
import { isForum } from './lookup.ts';
import { countOldEdit } from './oldEdits.ts';
import { webhookByToken } from './webhookRoutes.ts';

const MESSAGE = '/webhooks/:webhook/:token/messages/:message';

/** The same paths serve webhooks and interactions: the latter by the application's own id. */
export const webhookMessageRoutes: Route[] = [
  {
    method: 'POST',
    path: '/webhooks/:webhook/:token',
    open: true,
    limit: 'webhookExecute',
    handle: (discord, request) =>
      isInteraction(discord, request) ? sendFollowUp(discord, request) : execute(discord, request),
  },
  {
    method: 'GET',
    path: MESSAGE,
    open: true,
    handle: (discord, request) =>
      messageObject(
        discord.world,
        isInteraction(discord, request)
          ? getFollowUp(discord, request)
          : ownMessage(discord, request).message,
      ),
  },
  {
    method: 'PATCH',
    path: MESSAGE,
    open: true,
    limit: 'webhookEdit',
    handle: (discord, request) =>
      messageObject(
        discord.world,
        isInteraction(discord, request) ? editFollowUp(discord, request) : edit(discord, request),
      ),
  },
  {
    method: 'DELETE',
    path: MESSAGE,
    open: true,
    handle: (discord, request) => {
      if (isInteraction(discord, request)) deleteFollowUp(discord, request);
      else {
        const { channel, message } = ownMessage(discord, request);
        demandOpen(channel);
        removeMessages(discord, channel, [message], false);
      }
      return undefined;
    },
  },
];

export function isInteraction({ world }: Discord, request: ApiRequest): boolean {
  return param(request, 'webhook') === world.application.id;
}

function execute(discord: Discord, request: ApiRequest): object | undefined {
  const { world } = discord;
  const webhook = webhookByToken(discord, request);
  const body = checkMessage(BODIES.webhook, request.body, request.files);
  demandOwnComponents(discord, webhook, body);
  const channel = targetOf(discord, webhook, request, body);
  // A webhook is no member: it manages no threads.
  demandUnlocked(discord, channel, webhook.id);
  const message = postMessage(discord, {
    channel,
    ...(isForumPost(channel) && { id: channel.id }),
    author: authorOf(discord, webhook, body),
    body,
    files: request.files,
    webhook: webhook.id,
    ...(webhook.application !== null && { application: webhook.application }),
  });
  return isTrue(request.query.get('wait')) ? messageObject(world, message) : undefined;
}

/** Interactive components go only with webhooks that an application owns. */
function demandOwnComponents({ world }: Discord, webhook: WebhookRecord, body: WebhookBody): void {
  if (webhook.application === world.application.id) return;
  for (const { component, path } of walk(body.components ?? [])) {
    if (component.custom_id === undefined || component.custom_id === null) continue;
    throw invalidField(
      ['components', ...path],
      'APPLICATION_WEBHOOK_REQUIRED',
      'Interactive components need a webhook that an application owns',
    );
  }
}

/** The channel, the thread that is asked for, or a new post in a forum. */
function targetOf(
  discord: Discord,
  webhook: WebhookRecord,
  request: ApiRequest,
  body: WebhookBody,
): ChannelRecord {
  const { world } = discord;
  const channel = world.channels.get(webhook.channel);
  if (!channel) throw refuse('unknownChannel');
  const threadId = querySnowflake(request, 'thread_id');
  if (threadId !== undefined && body.thread_name) throw refuse('forumOneThread');
  if (threadId !== undefined) {
    const thread = world.channels.get(threadId);
    if (!thread?.thread || thread.parent !== channel.id) throw refuse('unknownChannel');
    return thread;
  }
  if (!isForum(channel)) {
    if (body.thread_name) throw refuse('threadOnlyInForum');
    return channel;
  }
  if (!body.thread_name) throw refuse('forumNeedsThread');
  return createThread(discord, {
    parent: channel,
    name: body.thread_name,
    type: ChannelType.PublicThread,
    owner: webhook.id,
    tags: body.applied_tags ?? [],
  });
}

/** A thread that has nothing in it yet begins with the message that shares its id. */
function isForumPost({ thread, last_message_id }: ChannelRecord): boolean {
  return thread !== undefined && thread.sent === 0 && last_message_id === null;
}

function authorOf(discord: Discord, webhook: WebhookRecord, body: WebhookBody): APIUser {
  return userObject(webhook.id, body.username ?? webhook.name ?? 'Webhook', {
    discriminator: '0000',
    avatar: body.avatar_url ? linkAvatar(discord, body.avatar_url) : webhook.avatar,
    bot: true,
  });
}

/** A message of this webhook, in its channel or in the thread that is asked for. */
function ownMessage(
  discord: Discord,
  request: ApiRequest,
): { channel: ChannelRecord; message: MessageRecord; webhook: WebhookRecord } {
  const { world } = discord;
  const webhook = webhookByToken(discord, request);
  const threadId = querySnowflake(request, 'thread_id');
  const channel = world.channels.get(threadId ?? webhook.channel);
  if (!channel || (threadId !== undefined && channel.parent !== webhook.channel)) {
    throw refuse('unknownChannel');
  }
  const message = world.messages.get(channel.id, param(request, 'message'));
  if (message?.webhook_id !== webhook.id) throw refuse('unknownMessage');
  return { channel, message, webhook };
}

function edit(discord: Discord, request: ApiRequest): MessageRecord {
  const { channel, message, webhook } = ownMessage(discord, request);
  demandOpen(channel);
  const body = request.body as WebhookBody;
  if (Array.isArray(body.components)) demandOwnComponents(discord, webhook, body);
  countOldEdit(discord, message);
  return reviseMessage(discord, message, request.body, request.files);
}
