/**
 * Messages that Discord itself writes: someone joined, a thread was started, a message was pinned.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 */
import { h } from './dom.js';
import { icon } from './icons.js';
import { nameOf } from './names.js';
import { clockTime } from './time.js';

/** Message types that a person or an application wrote; all others are Discord's. */
const written = new Set([0, 19, 20, 23]);

export function isSystem(/** @type {APIMessage} */ message) {
  return !written.has(message.type);
}

export function systemLine(/** @type {APIMessage} */ message) {
  return h(
    'div',
    { class: 'system-line' },
    icon(message.type === 18 || message.type === 21 ? 'thread' : 'people'),
    h('span', {}, ...sentence(message)),
    h('time', { datetime: message.timestamp }, clockTime(new Date(message.timestamp))),
  );
}

function sentence(/** @type {APIMessage} */ message) {
  const name = h('strong', {}, nameOf(message.author));
  const thread = message.message_reference?.channel_id;
  switch (message.type) {
    case 4:
      return [name, ' renamed this to ', h('strong', {}, message.content)];
    case 6:
      return [name, ' pinned a message'];
    case 7:
      return [name, ' has joined'];
    case 18:
      return [
        name,
        ' started a thread: ',
        h(
          'button',
          { type: 'button', class: 'link-button', 'data-channel': thread },
          message.content,
        ),
      ];
    case 21:
      return message.referenced_message
        ? [
            h('strong', {}, nameOf(message.referenced_message.author)),
            ': ',
            message.referenced_message.content,
          ]
        : ['The thread begins here'];
    default:
      return [
        name,
        message.content ? `: ${message.content}` : ' did something this page cannot show',
      ];
  }
}
