import { GatewayIntentBits as Intent } from 'discord-api-types/v10';

/** An event on its way to the application's gateway sessions. */
export interface Outgoing {
  name: string;
  data: object;
  /** The session needs one of these intents; 0 means that everyone gets it. */
  intents: number;
  /** The guild decides the shard; without one it is shard 0. */
  guild?: string | undefined;
  /** Only sent while the application can see this channel. */
  channel?: string | undefined;
}

/** Intents by what an event is about: in a guild, and in direct messages. */
const FAMILIES = {
  guild: [Intent.Guilds, Intent.Guilds],
  members: [Intent.GuildMembers, Intent.GuildMembers],
  emojis: [Intent.GuildExpressions, Intent.GuildExpressions],
  webhooks: [Intent.GuildWebhooks, Intent.GuildWebhooks],
  messages: [Intent.GuildMessages, Intent.DirectMessages],
  reactions: [Intent.GuildMessageReactions, Intent.DirectMessageReactions],
  typing: [Intent.GuildMessageTyping, Intent.DirectMessageTyping],
  pins: [Intent.Guilds, Intent.DirectMessages],
  always: [0, 0],
} as const;

export type Family = keyof typeof FAMILIES;

export function intentsFor(family: Family, inGuild: boolean): number {
  return FAMILIES[family][inGuild ? 0 : 1];
}
