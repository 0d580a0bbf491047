/**
 * A markdown tree as DOM nodes.
 *
 * @import { Block, List } from './markdown.js'
 * @import { Inline, Link } from './markdownInline.js'
 */
import { fragment, h } from './dom.js';
import { parseMarkdown } from './markdown.js';
import { channelNameById, mentionText } from './names.js';
import { channelById, state } from './state.js';
import { fullTime, styledTime } from './time.js';

const emojiOnly =
  /^(?:\s|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f){1,60}$/u;

/**
 * @param {string} source
 * @returns {DocumentFragment}
 */
export function markdown(source) {
  if (emojiOnly.test(source)) return fragment([h('div', { class: 'md-jumbo' }, source)]);
  return fragment(parseMarkdown(source).map(block));
}

/**
 * @param {Block} node
 * @returns {HTMLElement}
 */
function block(node) {
  switch (node.type) {
    case 'paragraph':
      return h('div', { class: 'md-paragraph' }, ...node.children.map(inline));
    case 'subtext':
      return h('div', { class: 'md-subtext' }, ...node.children.map(inline));
    case 'heading':
      // The page's own headings are levels 1 and 2, so a message's begin at 3.
      return h(
        'div',
        {
          class: `md-heading md-heading-${node.level}`,
          role: 'heading',
          'aria-level': node.level + 2,
        },
        ...node.children.map(inline),
      );
    case 'quote':
      return h('blockquote', {}, ...node.blocks.map(block));
    case 'codeBlock':
      return h(
        'pre',
        { tabindex: '0', 'aria-label': node.language ? `Code, ${node.language}` : 'Code' },
        h('code', {}, node.text),
      );
    case 'list':
      return list(node);
  }
}

/**
 * @param {List} node
 * @returns {HTMLElement}
 */
function list(node) {
  const items = node.items.map((item) =>
    h('li', {}, ...item.children.map(inline), ...item.lists.map(list)),
  );
  if (!node.ordered) return h('ul', {}, ...items);
  return h('ol', node.start === 1 ? {} : { start: node.start }, ...items);
}

/**
 * @param {Inline} node
 * @returns {Node | string}
 */
function inline(node) {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'bold':
      return h('strong', {}, ...node.children.map(inline));
    case 'italic':
      return h('em', {}, ...node.children.map(inline));
    case 'underline':
      return h('u', {}, ...node.children.map(inline));
    case 'strike':
      return h('s', {}, ...node.children.map(inline));
    case 'spoiler':
      return spoiler(node.children);
    case 'code':
      return h('code', {}, node.text);
    case 'link':
      return (
        placeLink(node) ??
        h(
          'a',
          { href: node.url, target: '_blank', rel: 'noopener noreferrer nofollow' },
          ...node.children.map(inline),
        )
      );
    case 'user':
    case 'role':
    case 'channel':
      return mention(node);
    case 'everyone':
      return h('span', { class: 'mention' }, node.text);
    case 'command':
      return h(
        'a',
        { href: '#', role: 'button', class: 'mention', 'data-command': node.name },
        `/${node.name}`,
      );
    case 'emoji':
      return emoji(node);
    case 'timestamp': {
      const date = new Date(node.seconds * 1000);
      return h(
        'time',
        {
          class: 'timestamp',
          datetime: date.toISOString(),
          title: fullTime(date),
          'data-relative': node.style === 'R' && node.seconds,
        },
        styledTime(node.seconds, node.style),
      );
    }
  }
}

const places = /^https?:\/\/(?:\w+\.)?discord\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?\/?$/;

/**
 * A link to a channel or message of this sandbox leads there, and not to Discord.
 * @param {Link} node
 */
function placeLink(node) {
  const [, channel = '', message] = places.exec(node.url) ?? [];
  if (!channelById(channel)) return null;
  const bare = node.children.length === 1 && node.url === plain(node.children[0]);
  const name = `#${channelNameById(channel)}${message ? ' › message' : ''}`;
  return h(
    'a',
    {
      href: `#${channel}`,
      class: bare ? 'mention' : null,
      'data-channel': channel,
      'data-message': message,
    },
    ...(bare ? [name] : node.children.map(inline)),
  );
}

const plain = (/** @type {Inline | undefined} */ node) => (node?.type === 'text' ? node.text : '');

/**
 * @param {{ type: 'user' | 'role' | 'channel', id: string }} node
 */
function mention(node) {
  if (node.type === 'channel')
    return h(
      'a',
      { href: `#${node.id}`, class: 'mention', 'data-channel': node.id },
      `#${channelNameById(node.id)}`,
    );
  const me = node.id === state.view?.me.id;
  return h('span', { class: me ? 'mention mention-me' : 'mention' }, mentionText(node));
}

/** A custom emoji's picture, or its name where there is none. */
function emoji(/** @type {{ name: string, id: string }} */ { name, id }) {
  const text = `:${name}:`;
  const image = h('img', {
    class: 'custom-emoji',
    src: `/cdn/emojis/${id}.png`,
    alt: text,
    title: text,
  });
  image.addEventListener('error', () => image.replaceWith(text));
  return image;
}

function spoiler(/** @type {Inline[]} */ children) {
  return h(
    'span',
    { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Spoiler, press to reveal' },
    h('span', { class: 'spoiler-text' }, ...children.map(inline)),
  );
}

/** Spoilers open by click or key, wherever they stand. */
export function watchSpoilers(/** @type {HTMLElement} */ root) {
  /** @type {(event: Event) => void} */
  const reveal = (event) => {
    const target = event.target instanceof Element ? event.target.closest('.spoiler') : null;
    if (!target || target.hasAttribute('data-open')) return;
    if (event instanceof KeyboardEvent && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    target.setAttribute('data-open', '');
    for (const name of ['role', 'tabindex', 'aria-label']) target.removeAttribute(name);
  };
  root.addEventListener('click', reveal);
  root.addEventListener('keydown', reveal);
}
