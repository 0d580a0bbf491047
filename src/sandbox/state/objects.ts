/** Discord's shapes, made from the sandbox's records. */
import type {
  APIApplication,
  APIChannel,
  APIGuild,
  APIGuildMember,
  APIThreadMember,
  APIUser,
  APIWebhook,
} from 'discord-api-types/v10';
import { can } from '../permissions.ts';
import type { ChannelRecord, GuildRecord, MemberRecord, WebhookRecord } from './records.ts';
import { DEFAULT_LOCALE, type World } from './world.ts';

/** Presences, members and message content, as a small bot may switch them on. */
export const APPLICATION_FLAGS = (1 << 13) | (1 << 15) | (1 << 19);

const READS_CONTENT = 1 << 19;

/** @param readsContent whether the intent for what people write is switched on */
export function applicationObject(world: World, readsContent: boolean): APIApplication {
  const { id, name, user, owner } = world.application;
  const flags = readsContent ? APPLICATION_FLAGS : APPLICATION_FLAGS & ~READS_CONTENT;
  return {
    id,
    name,
    icon: null,
    description: '',
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    team: null,
    flags,
    owner: userOf(world, owner),
    bot: user,
    approximate_guild_count: world.guilds.size,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    event_webhooks_url: null,
    type: null,
    explicit_content_filter: 0,
    flags_new: String(flags),
    eligible_oauth2_scopes: [],
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
  } as unknown as APIApplication;
}

export function userOf(world: World, id: string): APIUser {
  const user = world.users.get(id);
  return user ?? userObject(id, 'deleted');
}

/** A user as every answer shows one. */
export function userObject(id: string, username: string, more: Partial<APIUser> = {}): APIUser {
  return {
    id,
    username,
    discriminator: '0',
    global_name: null,
    avatar: null,
    banner: null,
    accent_color: null,
    primary_guild: null,
    flags: 0,
    public_flags: 0,
    ...more,
  } as APIUser;
}

export function guildObject(world: World, guild: GuildRecord): APIGuild {
  return {
    id: guild.id,
    name: guild.name,
    icon: guild.icon,
    splash: null,
    discovery_splash: null,
    owner_id: guild.owner_id,
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    roles: guild.roles,
    emojis: guild.emojis,
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale ?? DEFAULT_LOCALE,
    public_updates_channel_id: null,
    nsfw_level: 0,
    premium_progress_bar_enabled: false,
    safety_alerts_channel_id: null,
    hub_type: null,
    home_header: null,
    max_members: 500_000,
    max_presences: null,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    nsfw: false,
    widget_enabled: false,
    widget_channel_id: null,
    stickers: [],
    region: 'local',
    incidents_data: null,
    approximate_member_count: world.membersOf(guild.id).length,
  } as unknown as APIGuild;
}

/** What GUILD_CREATE carries: the guild with its channels, active threads and members. */
export function guildCreateObject(world: World, guild: GuildRecord): object {
  const bot = world.application.user.id;
  const channels = world.channelsOf(guild.id);
  const members = world.membersOf(guild.id);
  return {
    ...guildObject(world, guild),
    joined_at: world.member(guild.id, bot)?.joined_at ?? new Date(0).toISOString(),
    large: false,
    unavailable: false,
    member_count: members.length,
    members: members.map((member) => memberObject(world, member)),
    channels: channels
      .filter((channel) => !channel.thread)
      .map((channel) => channelObject(world, channel)),
    threads: channels
      .filter((channel) => channel.thread && !channel.thread.metadata.archived)
      .filter((channel) => can(world, channel, bot, 'ViewChannel'))
      .map((channel) => channelObject(world, channel)),
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

export function memberObject(world: World, member: MemberRecord): APIGuildMember {
  return { user: userOf(world, member.user), ...bareMember(member) } as APIGuildMember;
}

/** A member as messages carry it: without the user, who stands beside it. */
export function bareMember(member: MemberRecord): Omit<APIGuildMember, 'user'> {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: member.joined_at,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  } as unknown as Omit<APIGuildMember, 'user'>;
}

export function channelObject(world: World, channel: ChannelRecord): APIChannel {
  if (channel.thread) return threadObject(world, channel);
  const shared = {
    id: channel.id,
    type: channel.type,
    last_message_id: channel.last_message_id,
    flags: 0,
  };
  if (channel.guild === undefined) {
    const recipients = (channel.recipients ?? []).map((id) => userOf(world, id));
    return { ...shared, recipients, name: null } as unknown as APIChannel;
  }
  return {
    ...shared,
    guild_id: channel.guild,
    name: channel.name,
    topic: channel.topic ?? null,
    position: channel.position,
    parent_id: channel.parent ?? null,
    nsfw: channel.nsfw,
    rate_limit_per_user: channel.slowmode,
    permission_overwrites: channel.overwrites,
    last_pin_timestamp: null,
    ...(channel.default_auto_archive_duration !== undefined && {
      default_auto_archive_duration: channel.default_auto_archive_duration,
    }),
    ...(channel.available_tags && {
      available_tags: channel.available_tags,
      default_reaction_emoji: null,
      default_sort_order: null,
      default_forum_layout: 0,
    }),
  } as unknown as APIChannel;
}

function threadObject(world: World, channel: ChannelRecord): APIChannel {
  const { thread } = channel;
  const bot = world.application.user.id;
  const own = thread?.members.find(({ user }) => user === bot);
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild,
    parent_id: channel.parent,
    name: channel.name,
    owner_id: thread?.owner,
    last_message_id: channel.last_message_id,
    last_pin_timestamp: null,
    rate_limit_per_user: channel.slowmode,
    thread_metadata: thread?.metadata,
    member_count: Math.min(thread?.members.length ?? 0, 50),
    message_count: thread?.messages,
    total_message_sent: thread?.sent,
    applied_tags: thread?.tags,
    flags: 0,
    ...(own && { member: threadMemberObject(channel.id, own) }),
  } as unknown as APIChannel;
}

export function threadMemberObject(
  thread: string,
  member: { user: string; since: string },
): APIThreadMember {
  return {
    id: thread,
    user_id: member.user,
    join_timestamp: member.since,
    flags: 0,
  } as unknown as APIThreadMember;
}

export function webhookObject(
  world: World,
  webhook: WebhookRecord,
  { withToken, withUser }: { withToken: boolean; withUser: boolean },
): APIWebhook {
  return {
    id: webhook.id,
    type: 1,
    guild_id: webhook.guild,
    channel_id: webhook.channel,
    name: webhook.name,
    avatar: webhook.avatar,
    application_id: webhook.application,
    ...(withUser && { user: userOf(world, webhook.user) }),
    ...(withToken && { token: webhook.token }),
  } as APIWebhook;
}
