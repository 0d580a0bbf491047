import { RESTJSONErrorCodes as Code, DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

/** What a failed request to Discord asks for, told apart by what to do about it. */
export type Problem =
  /** The message was deleted. */
  | 'gone'
  /** The webhook was deleted, or its token renewed. */
  | 'webhook-gone'
  /** The thread is archived: it can be opened again. */
  | 'archived'
  /** Nothing can be said there: the channel was deleted or locked, or a permission is missing. */
  | 'unreachable'
  /** A limit; the wait is known. */
  | 'limited'
  /** The network's fault or Discord's own: the same request may work in a moment. */
  | 'passing'
  /** Refused for good: the request is wrong. */
  | 'refused';

/** As undici and Node name what happens to connections. */
const NETWORK = /^(UND_ERR_|E[A-Z]+$|EAI_)/;

const BY_CODE: ReadonlyMap<unknown, Problem> = new Map<unknown, Problem>([
  [Code.UnknownMessage, 'gone'],
  [Code.UnknownWebhook, 'webhook-gone'],
  [Code.InvalidWebhookToken, 'webhook-gone'],
  [Code.InvalidActionOnArchivedThread, 'archived'],
  [Code.UnknownChannel, 'unreachable'],
  [Code.UnknownGuild, 'unreachable'],
  [Code.MissingAccess, 'unreachable'],
  [Code.MissingPermissions, 'unreachable'],
  [Code.CannotSendMessagesToThisUser, 'unreachable'],
  [Code.ThreadLocked, 'unreachable'],
]);

export function problemOf(error: unknown): Problem {
  if (error instanceof RateLimitError) return 'limited';
  if (error instanceof DiscordAPIError)
    return BY_CODE.get(error.code) ?? (error.status >= 500 ? 'passing' : 'refused');
  if (error instanceof HTTPError) return 'passing';
  if (!(error instanceof Error)) return 'refused';
  const code = 'code' in error ? String(error.code) : '';
  // discord.js aborts what takes too long. Anything else is a mistake of our own, and stays one.
  return error.name === 'AbortError' || NETWORK.test(code) ? 'passing' : 'refused';
}

/**
 * A failed request for the log. Errors of discord.js carry the address, which holds a webhook's token,
 * and the body, which holds the story.
 */
export function toldOf(error: unknown): object {
  if (error instanceof DiscordAPIError) {
    const { code, status, method } = error;
    return { problem: problemOf(error), code, status, method, reason: error.message };
  }
  if (error instanceof HTTPError) {
    return { problem: 'passing', status: error.status, method: error.method };
  }
  if (error instanceof RateLimitError) {
    const { retryAfter, global, scope, route, method } = error;
    return { problem: 'limited', retryAfter, global, scope, route, method };
  }
  if (!(error instanceof Error)) return { reason: String(error) };
  return { reason: error.message, ...('code' in error ? { code: error.code } : {}) };
}

/** Any error for the log: what Discord answered as `toldOf` tells it, and everything else whole. */
export const errorFields = (error: unknown): object =>
  error instanceof DiscordAPIError || error instanceof HTTPError || error instanceof RateLimitError
    ? toldOf(error)
    : { err: error };
