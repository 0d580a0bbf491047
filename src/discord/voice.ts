import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIEmbed,
  type APIMessage,
  DiscordAPIError,
  makeURLSearchParams,
  type REST,
  RESTJSONErrorCodes,
  RequestMethod,
  Routes,
} from 'discord.js';
import type { Clock } from '../app/ports.ts';
import { type Allowance, allowanceOf } from './pace.ts';

export interface Outgoing {
  readonly content: string;
  readonly components: readonly APIActionRowComponent<APIButtonComponent>[];
  readonly embeds?: readonly APIEmbed[];
}

export interface Answered {
  readonly id: string;
  readonly allowance: Allowance | null;
}

/**
 * Who speaks a character's words in a channel. `Webhook` has the character's own name and avatar; `Bot`
 * is the application itself with the name in bold, where there is no webhook to be had.
 */
export interface Voice {
  readonly by: 'webhook' | 'bot';
  /** Longest content that it can carry. */
  readonly limit: number;
  /** The content as it will stand in the channel. */
  dress(content: string, part: number): string;
  /** @param nonce at most 25 characters; where Discord knows nonces, the same one is sent only once. */
  send(message: Outgoing, nonce: string): Promise<Answered>;
  edit(id: string, message: Outgoing): Promise<Answered>;
  remove(id: string): Promise<void>;
  /** What a message shows now; null when it is gone. */
  read(id: string): Promise<APIMessage | null>;
  /** Messages of this voice in the channel, newest first, at most 50. */
  recent(): Promise<APIMessage[]>;
}

export interface WebhookKey {
  readonly id: string;
  readonly token: string;
}

interface Where {
  readonly rest: REST;
  readonly clock: Clock;
  /** The channel or thread that is spoken in. */
  readonly channel: string;
}

const LIMIT = 2_000;
const NOBODY = { parse: [] };

export function webhookVoice(
  where: Where,
  webhook: WebhookKey,
  /** Set for a thread, whose webhook belongs to its parent. */
  thread: string | null,
  face: { readonly username: string; readonly avatar_url: string | null },
): Voice {
  const { rest, clock, channel } = where;
  const query = (extra: Record<string, string> = {}) =>
    makeURLSearchParams({ ...extra, ...(thread === null ? {} : { thread_id: thread }) });
  const route = (id: string) => Routes.webhookMessage(webhook.id, webhook.token, id);
  return {
    by: 'webhook',
    limit: LIMIT,
    dress: (content) => content,
    send: (message) =>
      answered(rest, clock, {
        method: RequestMethod.Post,
        fullRoute: Routes.webhook(webhook.id, webhook.token),
        query: query({ wait: 'true' }),
        auth: false,
        body: {
          ...message,
          username: face.username,
          ...(face.avatar_url === null ? {} : { avatar_url: face.avatar_url }),
          allowed_mentions: NOBODY,
        },
      }),
    edit: (id, message) =>
      answered(rest, clock, {
        method: RequestMethod.Patch,
        fullRoute: route(id),
        query: query(),
        auth: false,
        body: { ...message, allowed_mentions: NOBODY },
      }),
    remove: async (id) => void (await rest.delete(route(id), { query: query(), auth: false })),
    read: (id) => unlessGone(rest.get(route(id), { query: query(), auth: false })),
    recent: async () =>
      (await history(rest, channel)).filter((message) => message.webhook_id === webhook.id),
  };
}

export function botVoice(where: Where, bot: string, name: string): Voice {
  const { rest, clock, channel } = where;
  const heading = `**${name.replace(/[*_~`|\\]/g, '\\$&')}**\n`;
  const route = (id: string) => Routes.channelMessage(channel, id);
  return {
    by: 'bot',
    limit: LIMIT - heading.length,
    dress: (content, part) => (part === 0 ? heading + content : content),
    send: (message, nonce) =>
      answered(rest, clock, {
        method: RequestMethod.Post,
        fullRoute: Routes.channelMessages(channel),
        body: { ...message, nonce, enforce_nonce: true, allowed_mentions: NOBODY },
      }),
    edit: (id, message) =>
      answered(rest, clock, {
        method: RequestMethod.Patch,
        fullRoute: route(id),
        body: { ...message, allowed_mentions: NOBODY },
      }),
    remove: async (id) => void (await rest.delete(route(id))),
    read: (id) => unlessGone(rest.get(route(id))),
    recent: async () =>
      (await history(rest, channel)).filter(
        (message) => message.author.id === bot && !message.webhook_id,
      ),
  };
}

/** REST as discord.js does it, but with the answer's own headers, which its ordinary methods drop. */
async function answered(
  rest: REST,
  clock: Clock,
  request: Parameters<REST['queueRequest']>[0],
): Promise<Answered> {
  const response = await rest.queueRequest(request);
  const allowance = allowanceOf(response.headers, clock.now());
  const { id } = (await response.json()) as APIMessage;
  return { id, allowance };
}

async function unlessGone(message: Promise<unknown>): Promise<APIMessage | null> {
  try {
    return (await message) as APIMessage;
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

const history = async (rest: REST, channel: string): Promise<APIMessage[]> =>
  (await rest.get(Routes.channelMessages(channel), {
    query: makeURLSearchParams({ limit: 50 }),
  })) as APIMessage[];

/** The message, or what it stood in, does not exist any more. */
export const isGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === RESTJSONErrorCodes.UnknownMessage ||
    error.code === RESTJSONErrorCodes.UnknownChannel);

/** The webhook was deleted, or its token renewed. */
export const isWebhookGone = (error: unknown): boolean =>
  error instanceof DiscordAPIError &&
  (error.code === RESTJSONErrorCodes.UnknownWebhook ||
    error.code === RESTJSONErrorCodes.InvalidWebhookToken);
