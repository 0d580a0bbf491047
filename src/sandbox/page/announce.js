/**
 * Says new messages to a screen reader. The conversation itself is no live region: a reply that
 * streams would be read out once a second. Here it is said once, when it has come to rest.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 */
import { byId, h } from './dom.js';
import { plainText } from './markdown.js';
import { mentionText, nameOf } from './names.js';

const rest = 2500;
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const waiting = new Map();
/** @type {Map<string, string>} */
const said = new Map();

export function announce(/** @type {APIMessage} */ message) {
  clearTimeout(waiting.get(message.id));
  waiting.set(
    message.id,
    setTimeout(() => say(message), message.content === '' ? 0 : rest),
  );
}

function say(/** @type {APIMessage} */ message) {
  waiting.delete(message.id);
  const card = message.embeds[0];
  const text =
    plainText(message.content, mentionText) || [card?.title, card?.description].join(' ').trim();
  if (!text || said.get(message.id) === text) return;
  said.set(message.id, text);
  const region = byId('announcer');
  region.append(h('p', {}, `${nameOf(message.author)}: ${text}`));
  while (region.children.length > 5) region.firstElementChild?.remove();
}
