/**
 * Embeds: the cards that an application sends.
 *
 * @import { APIEmbed, APIEmbedField, APIMessage } from 'discord-api-types/v10'
 */
import { fragment, h } from './dom.js';
import { markdown } from './markdownNodes.js';
import { messageTime } from './time.js';

/** @returns {DocumentFragment} */
export function embeds(/** @type {APIMessage} */ message) {
  return fragment((message.embeds ?? []).map(embed));
}

function embed(/** @type {APIEmbed} */ card) {
  const element = h(
    'div',
    { class: 'embed' },
    h(
      'div',
      { class: 'embed-text' },
      author(card),
      card.title && h('div', { class: 'embed-title' }, titleOf(card)),
      card.description && h('div', { class: 'embed-description' }, markdown(card.description)),
      fields(card.fields ?? []),
    ),
    card.thumbnail &&
      h('img', { class: 'embed-thumbnail', src: card.thumbnail.url, alt: '', loading: 'lazy' }),
    card.image &&
      h('img', {
        class: 'embed-image',
        src: card.image.url,
        alt: card.title ? `Picture: ${card.title}` : 'Picture',
        width: card.image.width,
        height: card.image.height,
      }),
    footer(card),
  );
  if (card.color !== undefined)
    element.style.setProperty('--bar', `#${card.color.toString(16).padStart(6, '0')}`);
  return element;
}

function outside(/** @type {string} */ url) {
  return /^https?:\/\//.test(url)
    ? { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }
    : null;
}

function titleOf(/** @type {APIEmbed} */ card) {
  const link = card.url ? outside(card.url) : null;
  const text = markdown(card.title ?? '');
  return link ? h('a', link, text) : text;
}

function author(/** @type {APIEmbed} */ card) {
  if (!card.author) return null;
  const link = card.author.url ? outside(card.author.url) : null;
  return h(
    'div',
    { class: 'embed-author' },
    card.author.icon_url && h('img', { src: card.author.icon_url, alt: '' }),
    link ? h('a', link, card.author.name) : card.author.name,
  );
}

/** Inline fields stand side by side, at most three in a row; others take a row of their own. */
function fields(/** @type {APIEmbedField[]} */ list) {
  if (list.length === 0) return null;
  /** @type {APIEmbedField[][]} */
  const rows = [];
  for (const field of list) {
    const row = rows.at(-1);
    if (field.inline && row?.[0]?.inline && row.length < 3) row.push(field);
    else rows.push([field]);
  }
  return h(
    'div',
    { class: 'embed-fields' },
    ...rows.map((row) => h('div', { class: 'embed-row' }, ...row.map(field))),
  );
}

function field(/** @type {APIEmbedField} */ { name, value }) {
  return h(
    'div',
    { class: 'embed-field' },
    h('div', { class: 'embed-field-name' }, markdown(name)),
    h('div', { class: 'embed-field-value' }, markdown(value)),
  );
}

function footer(/** @type {APIEmbed} */ card) {
  if (!card.footer && !card.timestamp) return null;
  const time = card.timestamp ? messageTime(new Date(card.timestamp)) : '';
  const text = [card.footer?.text, time].filter(Boolean).join(' · ');
  return h(
    'div',
    { class: 'embed-footer' },
    card.footer?.icon_url && h('img', { src: card.footer.icon_url, alt: '' }),
    text,
  );
}
