import type { Discord } from '../discord.ts';
import { messageObject } from '../messages/messageObject.ts';
import { channelPermissions } from '../permissions.ts';
import { channelObject, memberObject, userOf } from '../state/objects.ts';
import { DEFAULT_LOCALE } from '../state/world.ts';
import type { InteractionRecord } from './interactionRecord.ts';

/** INTERACTION_CREATE's payload, whole. */
export function interactionPayload(
  { world }: Discord,
  record: InteractionRecord,
  data: object,
): object {
  const channel = world.channels.get(record.channel);
  if (!channel) throw new Error(`no channel ${record.channel}`);
  const user = userOf(world, record.person);
  const bot = world.application.user.id;
  const permissions = String(channelPermissions(world, channel, record.person));
  const member = channel.guild === undefined ? undefined : world.member(channel.guild, user.id);
  const locale = world.guilds.get(channel.guild ?? '')?.locale ?? DEFAULT_LOCALE;
  const source =
    record.source === undefined
      ? undefined
      : (world.ephemerals.get(record.source)?.message ?? world.messages.find(record.source));
  return {
    id: record.id,
    application_id: world.application.id,
    type: record.type,
    data,
    token: record.token,
    version: 1,
    channel_id: channel.id,
    channel: { ...channelObject(world, channel), permissions },
    app_permissions: String(channelPermissions(world, channel, bot)),
    locale: world.localeOf(record.person),
    entitlements: [],
    entitlement_sku_ids: [],
    authorizing_integration_owners: { 0: channel.guild ?? '0' },
    context: channel.guild === undefined ? 1 : 0,
    attachment_size_limit: 10 * 1024 * 1024,
    ...(source && { message: messageObject(world, source) }),
    ...(channel.guild !== undefined && {
      guild_id: channel.guild,
      guild: { id: channel.guild, locale, features: [] },
      guild_locale: locale,
    }),
    ...(member ? { member: { ...memberObject(world, member), permissions } } : { user }),
  };
}
