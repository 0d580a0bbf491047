/**
 * What follows when a person has used a command, a button, a select or a modal: the answer comes as
 * a message by itself; a modal opens; what failed is said where it was tried.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 * @import { Act } from '../protocol.ts'
 */

import { openModal } from './modal.js';
import { addNote } from './presence.js';
import { act, openChannel } from './session.js';
import { emit, state } from './state.js';

/**
 * @param {Act} what
 * @param {{ channel: string, title: string, message?: APIMessage }} from where it was tried
 */
export async function interact(what, from) {
  if (from.message) setFailure(from.message, null);
  try {
    const result = await act(what);
    if (result.kind === 'failed') fail(from, result.message);
    if (result.kind === 'modal') openModal(result.modal, result.data);
    if (result.kind === 'channel') await openChannel(result.channel.id);
  } catch (error) {
    fail(from, error instanceof Error ? error.message : 'That did not work.');
  }
}

/**
 * @param {{ channel: string, title: string, message?: APIMessage }} from
 * @param {string} text
 */
function fail(from, text) {
  if (from.message) setFailure(from.message, text);
  else addNote(from.channel, from.title, text);
}

/**
 * @param {APIMessage} message
 * @param {string | null} text
 */
function setFailure(message, text) {
  if (text) state.failures.set(message.id, text);
  else if (!state.failures.delete(message.id)) return;
  emit('timeline', message.channel_id);
}
