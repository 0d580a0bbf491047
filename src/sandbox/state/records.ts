import type {
  APIEmoji,
  APIGuildForumTag,
  APIMessage,
  APIOverwrite,
  APIRole,
  APIThreadMetadata,
  APIUser,
  ChannelType,
} from 'discord-api-types/v10';

/** What the sandbox keeps. Discord's own shapes are made from these on the way out. */

export interface GuildRecord {
  id: string;
  name: string;
  icon: string | null;
  owner_id: string;
  roles: APIRole[];
  emojis: APIEmoji[];
  /** Its language; English where nobody chose. */
  locale?: string;
}

export interface MemberRecord {
  guild: string;
  user: string;
  roles: string[];
  nick: string | null;
  joined_at: string;
}

export interface ChannelRecord {
  id: string;
  type: ChannelType;
  guild?: string;
  name?: string;
  topic?: string | null;
  position: number;
  parent?: string | null;
  overwrites: APIOverwrite[];
  nsfw: boolean;
  slowmode: number;
  last_message_id: string | null;
  default_auto_archive_duration?: number;
  available_tags?: APIGuildForumTag[];
  /** People in a direct message channel, the application apart. */
  recipients?: string[];
  thread?: ThreadRecord;
}

export interface ThreadRecord {
  owner: string;
  metadata: APIThreadMetadata;
  members: { user: string; since: string }[];
  /** Messages there now, and ever. */
  messages: number;
  sent: number;
  tags: string[];
}

/** A stored message is Discord's own shape; what depends on other records is added on the way out. */
export type MessageRecord = APIMessage & {
  /** Who reacted with what, oldest first. */
  reactors?: { emoji: { id: string | null; name: string; animated?: boolean }; users: string[] }[];
  pinned_at?: string;
};

export interface WebhookRecord {
  id: string;
  token: string;
  guild: string;
  channel: string;
  name: string | null;
  avatar: string | null;
  application: string | null;
  user: string;
}

export interface ApplicationRecord {
  id: string;
  name: string;
  token: string;
  owner: string;
  user: APIUser;
}
