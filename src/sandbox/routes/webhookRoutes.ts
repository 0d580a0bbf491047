import { randomBytes } from 'node:crypto';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { type Discord, emitIn } from '../discord.ts';
import { refuse } from '../discordError.ts';
import { type ApiRequest, param, type Route } from '../http/apiRequest.ts';
import { storeAvatar } from '../messages/avatars.ts';
import { demand, guildPermissions } from '../permissions.ts';
import { webhookObject } from '../state/objects.ts';
import type { WebhookRecord } from '../state/records.ts';
import { check, complain } from '../validation/check.ts';
import { imageData, snowflake, text } from '../validation/fields.ts';
import { holdsMessages, isForum, openChannel, openGuild } from './lookup.ts';

const MAX_WEBHOOKS = 15;

const name = text(80, 1).superRefine((value, context) => {
  const word = /clyde|discord/i.exec(value)?.[0].toLowerCase();
  if (word === undefined) return;
  complain(context, [], 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${word}"`);
});

const newWebhook = z.looseObject({ name, avatar: imageData.nullish() });
const webhookEdit = z.looseObject({
  name: name.optional(),
  avatar: imageData.nullish(),
  channel_id: snowflake.optional(),
});

const FULL = { withToken: true, withUser: true };
const BY_TOKEN = { withToken: true, withUser: false };

export const webhookRoutes: Route[] = [
  { method: 'POST', path: '/channels/:channel/webhooks', handle: createWebhook },
  {
    method: 'GET',
    path: '/channels/:channel/webhooks',
    handle: (discord, request) => {
      const channel = openChannel(discord, request, 'ManageWebhooks');
      return discord.world.webhooksOf(channel.id).map((webhook) => listed(discord, webhook));
    },
  },
  {
    method: 'GET',
    path: '/guilds/:guild/webhooks',
    handle: (discord, request) => {
      const guild = openGuild(discord, request);
      const bits = guildPermissions(discord.world, guild, discord.world.application.user.id);
      if (!(bits & PermissionFlagsBits.ManageWebhooks)) throw refuse('missingPermissions');
      return discord.world.webhooks
        .values()
        .filter((webhook) => webhook.guild === guild.id)
        .map((webhook) => listed(discord, webhook))
        .toArray();
    },
  },
  {
    method: 'GET',
    path: '/webhooks/:webhook',
    handle: (discord, request) => listed(discord, managed(discord, request)),
  },
  {
    method: 'GET',
    path: '/webhooks/:webhook/:token',
    open: true,
    handle: (discord, request) =>
      webhookObject(discord.world, webhookByToken(discord, request), BY_TOKEN),
  },
  {
    method: 'PATCH',
    path: '/webhooks/:webhook',
    handle: (discord, request) =>
      webhookObject(discord.world, change(discord, managed(discord, request), request.body), FULL),
  },
  {
    method: 'PATCH',
    path: '/webhooks/:webhook/:token',
    open: true,
    handle: (discord, request) => {
      const { channel_id: _, ...body } = request.body as Record<string, unknown>;
      const changed = change(discord, webhookByToken(discord, request), body);
      return webhookObject(discord.world, changed, BY_TOKEN);
    },
  },
  {
    method: 'DELETE',
    path: '/webhooks/:webhook',
    handle: (discord, request) => {
      deleteWebhook(discord, managed(discord, request));
      return undefined;
    },
  },
  {
    method: 'DELETE',
    path: '/webhooks/:webhook/:token',
    open: true,
    handle: (discord, request) => {
      deleteWebhook(discord, webhookByToken(discord, request));
      return undefined;
    },
  },
];

function createWebhook(discord: Discord, request: ApiRequest): object {
  const { world } = discord;
  const channel = openChannel(discord, request, 'ManageWebhooks');
  if (channel.guild === undefined) throw refuse('cannotActOnDm');
  if (channel.thread || (!holdsMessages(channel) && !isForum(channel))) {
    throw refuse('wrongChannelType');
  }
  const body = check(newWebhook, request.body);
  return webhookObject(
    world,
    addWebhook(discord, channel.id, body.name, body.avatar, world.application.id),
    FULL,
  );
}

/** Makes a webhook; without an application it is one that a person made. @throws 30007 at the limit */
export function addWebhook(
  discord: Discord,
  channel: string,
  name: string,
  avatar: string | null | undefined,
  application: string | null,
): WebhookRecord {
  const { world, ids } = discord;
  if (world.webhooksOf(channel).length >= MAX_WEBHOOKS) throw refuse('maxWebhooks');
  const record = world.channels.get(channel);
  const id = ids.next();
  const webhook: WebhookRecord = {
    id,
    token: randomBytes(51).toString('base64url'),
    guild: record?.guild ?? '',
    channel,
    name,
    avatar: avatar ? storeAvatar(discord, id, avatar) : null,
    application,
    user: application === null ? world.application.owner : world.application.user.id,
  };
  world.webhooks.put(id, webhook);
  webhooksChanged(discord, channel);
  return webhook;
}

export function deleteWebhook(discord: Discord, webhook: WebhookRecord): void {
  discord.world.webhooks.delete(webhook.id);
  webhooksChanged(discord, webhook.channel);
}

/** @throws 10015 when there is none by that id, 50027 when the token is not its own */
export function webhookByToken({ world }: Discord, request: ApiRequest): WebhookRecord {
  const webhook = world.webhooks.get(param(request, 'webhook'));
  if (!webhook) throw refuse('unknownWebhook');
  if (webhook.token !== param(request, 'token')) throw refuse('invalidWebhookToken');
  return webhook;
}

function managed({ world }: Discord, request: ApiRequest): WebhookRecord {
  const webhook = world.webhooks.get(param(request, 'webhook'));
  const channel = world.channels.get(webhook?.channel ?? '');
  if (!webhook || !channel) throw refuse('unknownWebhook');
  demand(world, channel, world.application.user.id, 'ManageWebhooks');
  return webhook;
}

function change(discord: Discord, webhook: WebhookRecord, body: unknown): WebhookRecord {
  const { world } = discord;
  const edit = check(webhookEdit, body);
  const target = edit.channel_id === undefined ? undefined : world.channels.get(edit.channel_id);
  if (edit.channel_id !== undefined) {
    if (target?.guild !== webhook.guild) throw refuse('unknownChannel');
    demand(world, target, world.application.user.id, 'ManageWebhooks');
    if (target.id !== webhook.channel && world.webhooksOf(target.id).length >= MAX_WEBHOOKS) {
      throw refuse('maxWebhooks');
    }
  }
  const avatar = edit.avatar ? storeAvatar(discord, webhook.id, edit.avatar) : edit.avatar;
  const changed = {
    ...webhook,
    name: edit.name ?? webhook.name,
    channel: target?.id ?? webhook.channel,
    ...(avatar !== undefined && { avatar }),
  };
  world.webhooks.put(webhook.id, changed);
  webhooksChanged(discord, webhook.channel);
  if (changed.channel !== webhook.channel) webhooksChanged(discord, changed.channel);
  return changed;
}

/** The token of someone else's webhook is not shown to the application. */
function listed({ world }: Discord, webhook: WebhookRecord): object {
  const own = webhook.application === world.application.id || webhook.application === null;
  return webhookObject(world, webhook, { withToken: own, withUser: true });
}

function webhooksChanged(discord: Discord, channel: string): void {
  const guild = discord.world.channels.get(channel)?.guild;
  emitIn(discord, 'webhooks', 'WEBHOOKS_UPDATE', channel, { guild_id: guild, channel_id: channel });
}
