/**
 * Who is typing, which interactions wait for their answer, and notes that only this page shows.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 */
import { emit, state } from './state.js';

/** Discord shows typing for ten seconds unless it is renewed. */
const typingLasts = 10_000;
let noteCount = 0;

export function noteTyping(/** @type {string} */ channel, /** @type {string} */ user) {
  const users = state.typing.get(channel) ?? new Map();
  users.set(user, Date.now() + typingLasts);
  state.typing.set(channel, users);
  emit('presence');
  setTimeout(() => {
    if ((users.get(user) ?? 0) <= Date.now()) users.delete(user);
    emit('presence');
  }, typingLasts + 50);
}

/** Whoever has spoken no longer types; the application types for the characters of its webhooks. */
export function dropTyping(/** @type {APIMessage} */ message) {
  const users = state.typing.get(message.channel_id);
  if (!users) return;
  users.delete(message.author.id);
  if (message.webhook_id && state.view?.bot) users.delete(state.view.bot.id);
  emit('presence');
}

/** @returns {string[]} ids of those who type */
export function typingIn(/** @type {string} */ channel) {
  const now = Date.now();
  return [...(state.typing.get(channel) ?? [])]
    .filter(([, until]) => until > now)
    .map(([user]) => user);
}

/**
 * @param {string} channel
 * @param {string} interaction
 * @param {boolean} done
 */
export function noteThinking(channel, interaction, done) {
  const waiting = state.thinking.get(channel) ?? new Set();
  if (done) waiting.delete(interaction);
  else waiting.add(interaction);
  state.thinking.set(channel, waiting);
  emit('presence');
}

/**
 * @param {string} channel
 * @param {string} title what was tried
 * @param {string} text what became of it
 */
export function addNote(channel, title, text) {
  const notes = state.notes.get(channel) ?? [];
  noteCount += 1;
  state.notes.set(channel, [...notes.slice(-4), { id: `note-${noteCount}`, title, text }]);
  emit('presence');
}

export function dropNote(/** @type {string} */ channel, /** @type {string} */ id) {
  const notes = state.notes.get(channel) ?? [];
  state.notes.set(
    channel,
    notes.filter((note) => note.id !== id),
  );
  emit('presence');
}
