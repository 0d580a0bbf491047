/**
 * Reactions under a message; a press adds one's own.
 *
 * @import { APIMessage, APIReaction } from 'discord-api-types/v10'
 */
import { fragment, h } from './dom.js';
import { addNote } from './presence.js';
import { act } from './session.js';

/** @returns {DocumentFragment} */
export function reactions(/** @type {APIMessage} */ message) {
  return fragment((message.reactions ?? []).map((reaction) => pill(message, reaction)));
}

/**
 * @param {APIMessage} message
 * @param {APIReaction} reaction
 */
function pill(message, reaction) {
  const { name, id } = reaction.emoji;
  return h(
    'button',
    {
      type: 'button',
      class: 'reaction',
      'aria-pressed': String(reaction.me),
      'aria-label': `${name}, ${reaction.count}`,
      onclick: () => void react(message, id ? `${name}:${id}` : (name ?? '')),
    },
    h('span', {}, id ? `:${name}:` : name),
    h('span', { class: 'reaction-count' }, reaction.count),
  );
}

/**
 * @param {APIMessage} message
 * @param {string} emoji
 */
export async function react(message, emoji) {
  const channel = message.channel_id;
  await act({ kind: 'react', channel, message: message.id, emoji }).catch((error) =>
    addNote(channel, 'Reaction', error.message),
  );
}
