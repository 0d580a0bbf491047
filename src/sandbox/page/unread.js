/**
 * Which channels hold something that this person has not seen. Remembered per person in the browser.
 *
 * @import { APIChannel, APIMessage } from 'discord-api-types/v10'
 */
import { allChannels, emit, isOlder, state } from './state.js';

/** @type {Record<string, string>} channel -> last message seen */
let seen = {};
/** @type {Map<string, string>} channel -> newest message */
const newest = new Map();

function storageKey() {
  return `troupe.seen.${state.view?.me.id}`;
}

/** For a person's first visit, what is there counts as seen. */
export function startUnread() {
  newest.clear();
  const stored = localStorage.getItem(storageKey());
  seen = stored ? JSON.parse(stored) : {};
  if (stored) return;
  for (const channel of allChannels()) seen[channel.id] = lastMessage(channel);
  save();
}

function lastMessage(/** @type {APIChannel} */ channel) {
  const known = newest.get(channel.id) ?? '0';
  const stated = ('last_message_id' in channel && channel.last_message_id) || '0';
  return isOlder(known, stated) ? stated : known;
}

export function isUnread(/** @type {APIChannel} */ channel) {
  return isOlder(seen[channel.id] ?? '0', lastMessage(channel));
}

export function noteArrival(/** @type {APIMessage} */ message) {
  newest.set(message.channel_id, message.id);
  const own = message.author.id === state.view?.me.id;
  const looking = message.channel_id === state.channel && !document.hidden;
  if (own || looking) markRead(message.channel_id);
  else emit('unread');
}

export function markRead(/** @type {string} */ id) {
  const channel = allChannels().find((candidate) => candidate.id === id);
  const timeline = state.timelines.get(id);
  const last = channel ? lastMessage(channel) : (newest.get(id) ?? '0');
  const shown = timeline?.messages.at(-1)?.id ?? '0';
  seen[id] = isOlder(last, shown) ? shown : last;
  save();
  emit('unread');
}

function save() {
  localStorage.setItem(storageKey(), JSON.stringify(seen));
}
