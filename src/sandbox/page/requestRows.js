/**
 * The application's requests as a person reads them. Pure.
 *
 * @import { LoggedRequest } from '../protocol.ts'
 *
 * @typedef {{ channel: string | null, onlyErrors: boolean }} Filter `channel` null: everywhere
 */

/** More than this are not kept: the log is for what happens now. */
export const mostRequests = 200;

/**
 * @param {LoggedRequest[]} known newest first
 * @param {LoggedRequest[]} entries oldest first
 * @param {boolean} fresh they replace what was known
 * @returns {LoggedRequest[]} newest first
 */
export function addRequests(known, entries, fresh) {
  const newest = entries.toReversed();
  return [...newest, ...(fresh ? [] : known)].slice(0, mostRequests);
}

export function isError(/** @type {LoggedRequest} */ { status, dropped }) {
  return status === 0 || status >= 400 || dropped;
}

/**
 * @param {LoggedRequest} entry
 * @param {Filter} filter
 */
export function fits(entry, { channel, onlyErrors }) {
  if (onlyErrors && !isError(entry)) return false;
  return channel === null || entry.channel === channel;
}

/** The route without its method. */
export function routeText(/** @type {LoggedRequest} */ { route }) {
  return route.replace(/^[A-Z]+ /, '');
}

export function statusText(/** @type {LoggedRequest} */ { status, dropped }) {
  if (status === 0) return 'dropped';
  return dropped ? `${status}, dropped` : String(status);
}

/** What is left of the allowance, between 0 and 1; null where nothing is counted. */
export function shareLeft(/** @type {LoggedRequest} */ { limit, remaining }) {
  if (limit === null || remaining === null || limit <= 0) return null;
  return Math.max(0, Math.min(1, remaining / limit));
}

/** Discord's own words for what was wrong, one line each. */
export function complaints(
  /** @type {LoggedRequest} */ { code, message, problems, status, dropped },
) {
  const lines = [];
  if (message) lines.push(code ? `${code} ${message}` : message);
  if (status === 0) lines.push('The connection was dropped before anything was done.');
  else if (dropped) lines.push('It was done, but the answer was dropped.');
  return [...lines, ...problems];
}
