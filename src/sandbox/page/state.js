/**
 * What the page knows, in one place, and who wants to hear when it changes.
 *
 * @import { APIChannel, APIMessage } from 'discord-api-types/v10'
 * @import { LoggedRequest, View } from '../protocol.ts'
 *
 * @typedef {object} Timeline
 * @property {APIMessage[]} messages oldest first
 * @property {boolean} complete nothing older is left to fetch
 *
 * @typedef {object} Note a line that only this page shows, such as a command that was not answered
 * @property {string} id
 * @property {string} title
 * @property {string} text
 *
 * @typedef {object} Topics
 * @property {undefined} view
 * @property {undefined} channel
 * @property {string} timeline the channel whose messages were loaded, replaced or removed
 * @property {{ message: APIMessage, isNew: boolean }} message
 * @property {undefined} presence typing, thinking or a note changed
 * @property {undefined} unread
 * @property {undefined} connection
 * @property {undefined} composer a reply or an edit was begun or left
 * @property {undefined} faults what is made to go wrong changed
 * @property {{ entries: LoggedRequest[], fresh: boolean }} requests of the application, while they are watched
 */

export const state = {
  /** @type {View | null} */
  view: null,
  /** @type {string | null} the open channel */
  channel: null,
  /** @type {Map<string, Timeline>} */
  timelines: new Map(),
  /** @type {Map<string, Map<string, number>>} channel -> user -> until when, in ms */
  typing: new Map(),
  /** @type {Map<string, Set<string>>} channel -> interactions that wait for their deferred answer */
  thinking: new Map(),
  /** @type {Map<string, Note[]>} */
  notes: new Map(),
  /** @type {Map<string, string>} message -> what became of its last button, in words */
  failures: new Map(),
  /** @type {APIMessage | null} */
  replyTo: null,
  /** @type {string | null} the message that is being edited */
  editing: null,
  /** @type {'connecting' | 'open' | 'lost'} */
  connection: /** @type {'connecting' | 'open' | 'lost'} */ ('connecting'),
};

/** @type {Map<string, Set<(detail: never) => void>>} */
const listeners = new Map();

/**
 * @template {keyof Topics} T
 * @param {T} topic
 * @param {(detail: Topics[T]) => void} listener
 * @returns {() => void} stops listening
 */
export function on(topic, listener) {
  const known = listeners.get(topic) ?? new Set();
  known.add(listener);
  listeners.set(topic, known);
  return () => known.delete(listener);
}

/**
 * @template {keyof Topics} T
 * @param {T} topic
 * @param {Topics[T] extends undefined ? [] : [Topics[T]]} detail
 */
export function emit(topic, ...detail) {
  for (const listener of listeners.get(topic) ?? []) listener(/** @type {never} */ (detail[0]));
}

/** Everything that belongs to one person, when another one takes over. */
export function forgetPerson() {
  state.timelines.clear();
  state.typing.clear();
  state.thinking.clear();
  state.notes.clear();
  state.failures.clear();
  state.replyTo = null;
  state.editing = null;
}

/** @returns {APIChannel[]} */
export function allChannels() {
  const view = state.view;
  if (!view) return [];
  return [...view.guilds.flatMap((entry) => entry.channels), ...view.directMessages];
}

/**
 * @param {string | null} id
 * @returns {APIChannel | undefined}
 */
export function channelById(id) {
  return allChannels().find((channel) => channel.id === id);
}

/** The guild that holds the channel; none for direct messages. */
export function guildOf(/** @type {string | null} */ channel) {
  return state.view?.guilds.find((entry) => entry.channels.some(({ id }) => id === channel));
}

/** Whether this person can see the channel but not write in it. */
export function isReadOnly(/** @type {string} */ channel) {
  return guildOf(channel)?.readOnly.includes(channel) ?? false;
}

/**
 * @param {string} channel
 * @param {string} id
 * @returns {APIMessage | undefined}
 */
export function messageById(channel, id) {
  return state.timelines.get(channel)?.messages.find((message) => message.id === id);
}

/** Snowflakes compare as numbers, which strings of different length do not. */
export function isOlder(/** @type {string} */ a, /** @type {string} */ b) {
  return a.length === b.length ? a < b : a.length < b.length;
}
