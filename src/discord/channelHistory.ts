import {
  type APIMessage,
  type Client,
  DiscordAPIError,
  type Guild,
  type GuildTextBasedChannel,
  type Message,
  makeURLSearchParams,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  Routes,
  SnowflakeUtil,
  type TextBasedChannel,
} from 'discord.js';
import type { Posted, Read, Remembered } from '../app/whileAway.ts';
import type { GlobalLimit } from './globalLimit.ts';
import { isPersons, saysSomething } from './hearMessage.ts';

/** Discord gives so many messages at a time. */
const PAGE = 100;

/** Messages as they stand in a channel, and those of them that something may be made of. */
export interface History extends Read {
  readonly messages: ReadonlyMap<string, Message>;
}

/**
 * A channel that a story is played in: `gone` where there is none any more, `closed` where the bot may not
 * look, or cannot now.
 */
export async function channelFor(
  client: Client,
  id: string,
  guild: string | null,
): Promise<TextBasedChannel | 'gone' | 'closed'> {
  const home = guild === null ? null : client.guilds.cache.get(guild);
  // Whoever took the bot out of a server deleted no channel; nor did Discord, while it has an outage.
  if (home === undefined || home?.available === false) return 'closed';
  const channel = await client.channels.fetch(id).catch((error: unknown) => {
    const code = error instanceof DiscordAPIError ? error.code : null;
    if (code === RESTJSONErrorCodes.UnknownChannel) return 'gone' as const;
    if (code === RESTJSONErrorCodes.MissingAccess) return 'closed' as const;
    throw error;
  });
  if (channel === 'gone') return guild === null ? 'closed' : 'gone';
  if (channel === null || channel === 'closed' || !channel.isTextBased()) return 'closed';
  return mayRead(client, channel) ? channel : 'closed';
}

/** Without the right to read back, Discord shows an empty channel instead of refusing. */
function mayRead({ user }: Client, channel: TextBasedChannel): boolean {
  if (channel.isDMBased()) return true;
  const { ViewChannel, ReadMessageHistory } = PermissionFlagsBits;
  const rights = user && (channel as GuildTextBasedChannel).permissionsFor(user);
  return rights?.has([ViewChannel, ReadMessageHistory]) ?? false;
}

/**
 * Reads a channel back: to where it was last read and to the oldest message that is looked for, as far as
 * the bounds allow.
 * @param most of what came in since
 */
export async function readBack(
  { client, limit }: { readonly client: Client; readonly limit: GlobalLimit },
  channel: TextBasedChannel,
  { seen, shown }: Pick<Remembered, 'seen' | 'shown'>,
  most: number,
): Promise<History> {
  const wanted = [seen.message, ...shown.map(({ message }) => message)].map(BigInt);
  const oldest = wanted.reduce((a, b) => (a < b ? a : b));
  const all: APIMessage[] = [];
  for (let from: string | null = null; ; ) {
    const query = makeURLSearchParams({ limit: PAGE, ...(from !== null && { before: from }) });
    const route = Routes.channelMessages(channel.id);
    await limit.take(false);
    const page = (await client.rest.get(route, { query })) as APIMessage[];
    all.push(...page);
    from = page.at(-1)?.id ?? '0';
    if (page.length < PAGE) from = '0';
    // One page more than what came in, so that there is something to compare.
    if (BigInt(from) <= oldest || all.length >= most + PAGE)
      return history(channel, all, seen, from);
  }
}

function history(
  channel: TextBasedChannel,
  newestFirst: readonly APIMessage[],
  seen: Remembered['seen'],
  from: string,
): History {
  const { messages: manager } = channel as unknown as {
    messages: { _add(data: APIMessage, cache: boolean): Message };
  };
  const messages = new Map<string, Message>();
  const posted = newestFirst.toReversed().map((data): Posted => {
    const isNew = BigInt(data.id) > BigInt(seen.message);
    const edited = data.edited_timestamp;
    // Nothing else is looked at, and the rest need not be taken apart.
    if (isNew || edited !== null) messages.set(data.id, manager._add(data, false));
    const message = messages.get(data.id);
    return {
      id: data.id,
      by: `user:${data.author.id}`,
      spoken: message !== undefined && isPersons(message) && saysSomething(message),
      text: data.content,
      at: SnowflakeUtil.timestampFrom(data.id),
      editedAt: edited === null ? null : Date.parse(edited),
    };
  });
  return { posted, from, messages };
}

/**
 * Learns who wrote a message and whom it names: the gateway says so with every message, and nobody says it
 * afterwards.
 */
export async function meet(guild: Guild | null, message: Message): Promise<void> {
  if (guild === null) return;
  for (const user of new Set([message.author.id, ...message.mentions.users.keys()])) {
    await guild.members.fetch(user).catch((error: unknown) => {
      const code = error instanceof DiscordAPIError ? error.code : null;
      // They have left since: they have the rights of everybody then.
      if (code !== RESTJSONErrorCodes.UnknownMember && code !== RESTJSONErrorCodes.UnknownUser)
        throw error;
    });
  }
}
