/**
 * Requests to the sandbox's server.
 *
 * @import { APIChannel, APIMessage } from 'discord-api-types/v10'
 * @import { Act, ActResult, ChannelRights, View } from '../protocol.ts'
 */

/** The server refused, or could not be reached; the message is for the person to read. */
export class Refused extends Error {
  /** HTTP status; 0 when the server was not reached */
  status = 0;
}

export const unreachable = 'The server cannot be reached.';

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<unknown>}
 */
async function request(path, init) {
  let response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    throw new Refused(unreachable, { cause });
  }
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  const message = body && typeof body === 'object' && 'message' in body ? body.message : null;
  const refused = new Refused(typeof message === 'string' ? message : 'That did not work.');
  refused.status = response.status;
  throw refused;
}

/**
 * @param {string | null} person without one the server chooses
 * @param {string | null} [open] a channel to list even if it is an archived thread
 * @returns {Promise<View>}
 */
export async function fetchView(person, open) {
  const query = new URLSearchParams({ ...(person ? { person } : {}), ...(open ? { open } : {}) });
  return /** @type {View} */ (await request(`/sandbox/view?${query}`));
}

/**
 * @param {string} person
 * @param {string} channel
 * @returns {Promise<APIChannel[]>} newest first
 */
export async function fetchArchived(person, channel) {
  const body = await request(`/sandbox/threads?${new URLSearchParams({ person, channel })}`);
  return /** @type {{ threads: APIChannel[] }} */ (body).threads;
}

/**
 * @param {string} person
 * @param {string} channel
 * @returns {Promise<ChannelRights>}
 */
export async function fetchRights(person, channel) {
  const body = await request(`/sandbox/permissions?${new URLSearchParams({ person, channel })}`);
  return /** @type {ChannelRights} */ (body);
}

export const pageSize = 50;

/**
 * @param {string} person
 * @param {string} channel
 * @param {string} [before]
 * @returns {Promise<APIMessage[]>} oldest first
 */
export async function fetchMessages(person, channel, before) {
  const query = new URLSearchParams({ person, channel, limit: String(pageSize) });
  if (before) query.set('before', before);
  const body = await request(`/sandbox/messages?${query}`);
  return /** @type {{ messages: APIMessage[] }} */ (body).messages;
}

/**
 * @param {string} person
 * @param {Act} what
 * @returns {Promise<ActResult>}
 */
export async function postAct(person, what) {
  const body = await request('/sandbox/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person, act: what }),
  });
  return /** @type {ActResult} */ (body);
}
