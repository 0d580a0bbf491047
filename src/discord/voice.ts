import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIEmbed,
  type APIMessage,
  makeURLSearchParams,
  type REST,
  RequestMethod,
  Routes,
} from 'discord.js';
import type { Clock } from '../app/ports/clock.ts';
import { type Allowance, allowanceOf } from './pace.ts';
import { problemOf } from './problem.ts';

export interface Outgoing {
  readonly content: string;
  readonly components: readonly APIActionRowComponent<APIButtonComponent>[];
  readonly embeds?: readonly APIEmbed[];
}

export interface Answered {
  readonly id: string;
  /** What the message shows now. */
  readonly content: string;
  readonly allowance: Allowance | null;
}

/**
 * Who speaks a character's words in a channel. `webhook` has the character's own name and avatar; `bot`
 * is the application itself with the name in bold, where there is no webhook to be had.
 */
export interface Voice {
  readonly by: 'webhook' | 'bot';
  /** What its requests count against: Discord counts a webhook's apart from the channel's own. */
  readonly bucket: string;
  /** Longest content that it can carry. */
  readonly limit: number;
  /** The content as it will stand in the channel; the first message says who speaks, where need be. */
  dress(content: string, first: boolean): string;
  /** @param nonce at most 25 characters; where Discord knows nonces, the same one is sent only once. */
  send(message: Outgoing, nonce: string): Promise<Answered>;
  edit(id: string, message: Outgoing): Promise<Answered>;
  remove(id: string): Promise<void>;
  /** Takes away the buttons under a message of its own, and leaves the rest as it stands. */
  strip(id: string): Promise<Answered>;
  /** A message of its own as it stands now; null when there is none. */
  read(id: string): Promise<{ readonly content: string } | null>;
}

export interface WebhookKey {
  readonly id: string;
  readonly token: string;
}

/** How a voice reaches Discord: sends and edits through REST instances of their own, see `client.ts`. */
export interface Wires {
  readonly sends: REST;
  readonly edits: REST;
  /** For everything that can wait: it queues and tries again. */
  readonly plain: REST;
  readonly clock: Clock;
}

const LIMIT = 2_000;
const NOBODY = { parse: [] };
const BARE = { components: [], allowed_mentions: NOBODY };

export function webhookVoice(
  { sends, edits, plain, clock }: Wires,
  webhook: WebhookKey,
  /** Set for a thread, whose webhook belongs to its parent. */
  thread: string | null,
  face: { readonly username: string; readonly avatar_url: string | null },
): Voice {
  const query = (extra: Record<string, string> = {}) =>
    makeURLSearchParams({ ...extra, ...(thread === null ? {} : { thread_id: thread }) });
  const route = (id: string) => Routes.webhookMessage(webhook.id, webhook.token, id);
  return {
    by: 'webhook',
    bucket: `webhook:${webhook.id}`,
    limit: LIMIT,
    dress: (content) => content,
    send: (message) =>
      answered(sends, clock, {
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
      answered(edits, clock, {
        method: RequestMethod.Patch,
        fullRoute: route(id),
        query: query(),
        auth: false,
        body: { ...message, allowed_mentions: NOBODY },
      }),
    remove: async (id) => void (await plain.delete(route(id), { query: query(), auth: false })),
    strip: (id) =>
      answered(edits, clock, {
        method: RequestMethod.Patch,
        fullRoute: route(id),
        query: query(),
        auth: false,
        body: BARE,
      }),
    read: (id) => unlessGone(plain.get(route(id), { query: query(), auth: false })),
  };
}

export function botVoice(
  { sends, edits, plain, clock }: Wires,
  channel: string,
  name: string,
): Voice {
  const heading = `**${name.replace(/[*_~`|\\]/g, '\\$&')}**\n`;
  const route = (id: string) => Routes.channelMessage(channel, id);
  return {
    by: 'bot',
    bucket: `channel:${channel}`,
    limit: LIMIT - heading.length,
    dress: (content, first) => (first ? heading + content : content),
    send: (message, nonce) =>
      answered(sends, clock, {
        method: RequestMethod.Post,
        fullRoute: Routes.channelMessages(channel),
        body: { ...message, nonce, enforce_nonce: true, allowed_mentions: NOBODY },
      }),
    edit: (id, message) =>
      answered(edits, clock, {
        method: RequestMethod.Patch,
        fullRoute: route(id),
        body: { ...message, allowed_mentions: NOBODY },
      }),
    remove: async (id) => void (await plain.delete(route(id))),
    strip: (id) =>
      answered(edits, clock, { method: RequestMethod.Patch, fullRoute: route(id), body: BARE }),
    read: (id) => unlessGone(plain.get(route(id))),
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
  const { id, content } = (await response.json()) as APIMessage;
  return { id, content, allowance };
}

async function unlessGone(message: Promise<unknown>): Promise<APIMessage | null> {
  try {
    return (await message) as APIMessage;
  } catch (error) {
    if (['gone', 'webhook-gone'].includes(problemOf(error))) return null;
    throw error;
  }
}
