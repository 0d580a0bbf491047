/**
 * What forms and menus do: an act, and what became of it in words.
 *
 * @import { Act, ActResult } from '../protocol.ts'
 */
import { act, openChannel } from './session.js';

/** Goes to the channel or thread that was just made. */
export async function openMade(/** @type {ActResult} */ result) {
  if (result.kind === 'channel') await openChannel(result.channel.id);
}

/**
 * For forms: what went wrong, in words, or null.
 * @param {Act} what
 * @param {(result: ActResult) => unknown} [then]
 * @returns {Promise<string | null>}
 */
export async function attempt(what, then) {
  try {
    const result = await act(what);
    if (result.kind === 'failed') return result.message;
    await then?.(result);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'That did not work.';
  }
}
