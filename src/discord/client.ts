import { Client, type ClientOptions, GatewayIntentBits, Partials, REST } from 'discord.js';

export interface DiscordAddress {
  /** Base of the REST API, without a version; null for Discord itself. */
  readonly api: string | null;
}

/** Of Discord's 50 a second for everything that an application does. */
const STREAM_REQUESTS_PER_SECOND = 40;

const NOBODY = { parse: [] as [] };

/**
 * The application's connection. Nothing that it sends can ping anyone. Partials are asked for because
 * edits and deletions of messages from before the last start would otherwise be dropped silently.
 */
export function createClient({ api }: DiscordAddress): Client {
  const options: ClientOptions = {
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.GuildWebhooks,
      GatewayIntentBits.DirectMessages,
      GatewayIntentBits.MessageContent,
    ],
    partials: [Partials.Channel, Partials.Message],
    allowedMentions: NOBODY,
    rest: restOptions(api),
  };
  return new Client(options);
}

/**
 * REST for replies alone. Stream edits share a bucket's name with ordinary sends, and discord.js would
 * make the sends wait for the edits (measured: 4.8 s). It reports a limit instead of queueing, so that
 * a newer text goes out in place of a stale one.
 */
export const createStreamRest = ({ api }: DiscordAddress, token: string): REST =>
  new REST({
    ...restOptions(api),
    version: '10',
    retries: 0,
    rejectOnRateLimit: () => true,
    globalRequestsPerSecond: STREAM_REQUESTS_PER_SECOND,
  }).setToken(token);

function restOptions(api: string | null) {
  if (api === null) return {};
  const cdn = `${api.replace(/\/api\/?$/, '')}/cdn`;
  return { api, cdn, mediaProxy: cdn };
}
