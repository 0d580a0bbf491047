import {
  Client,
  type ClientOptions,
  DefaultRestOptions,
  GatewayIntentBits,
  Partials,
  REST,
  type RESTOptions,
} from 'discord.js';
import type { GlobalLimit } from './globalLimit.ts';

export interface DiscordAddress {
  /** Base of the REST API, without a version; null for Discord itself. */
  readonly api: string | null;
}

const NOBODY = { parse: [] as [] };

/**
 * The application's connection. Nothing that it sends can ping anyone. Partials are asked for because
 * edits and deletions of messages from before the last start would otherwise be dropped silently.
 */
export function createClient({ api }: DiscordAddress, limit: GlobalLimit): Client {
  const options: ClientOptions = {
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.MessageContent,
    ],
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: NOBODY,
    rest: { ...restOptions(api), makeRequest: within(limit) },
  };
  return new Client(options);
}

/**
 * REST for the messages of replies alone, one instance for sends and one for edits: they can share a
 * bucket's name though they count apart, and discord.js would make one wait for the other (measured:
 * 4.8 s). It reports a limit instead of queueing, so that a newer text goes out in place of a stale
 * one; `Lane` and `GlobalLimit` decide when, so nothing is added to what the headers say.
 */
export const createStreamRest = ({ api }: DiscordAddress, token: string): REST =>
  new REST({
    ...restOptions(api),
    version: '10',
    retries: 0,
    offset: 0,
    rejectOnRateLimit: () => true,
  }).setToken(token);

function restOptions(api: string | null) {
  if (api === null) return {};
  const cdn = `${api.replace(/\/api\/?$/, '')}/cdn`;
  return { api, cdn, mediaProxy: cdn };
}

/**
 * Interaction routes do not count toward the global limit. For typing `DiscordStage` waits itself, and for
 * a channel's history `readBack` does: whatever a person waits for goes first.
 */
const EXEMPT = /\/interactions\/|\/typing$|\/messages\?limit=100\b/;

const within =
  (limit: GlobalLimit): RESTOptions['makeRequest'] =>
  async (url, init) => {
    if (!EXEMPT.test(url)) await limit.take(true);
    return await DefaultRestOptions.makeRequest(url, init);
  };
