/**
 * Who is called what, and how they look.
 *
 * @import { APIChannel, APIMessage, APIUser } from 'discord-api-types/v10'
 */
import { h } from './dom.js';
import { channelById, guildOf, state } from './state.js';

/** Members of a guild (or everyone) by id. */
export function userById(/** @type {string} */ id) {
  const view = state.view;
  if (!view) return undefined;
  return (
    view.people.find((user) => user.id === id) ??
    (view.bot?.id === id ? view.bot : undefined) ??
    view.guilds.flatMap(({ members }) => members).find((user) => user.id === id)
  );
}

export function nameOf(/** @type {APIUser} */ user) {
  return user.global_name || user.username;
}

export function userName(/** @type {string} */ id) {
  const user = userById(id);
  return user ? nameOf(user) : 'someone';
}

/** Written by the application itself; a webhook's messages belong to the name that they carry. */
export function isApplication(/** @type {APIMessage} */ { author, webhook_id }) {
  // Answers to interactions go through a webhook, too, but as the application's own user.
  return author.bot === true && (!webhook_id || author.id === state.view?.bot?.id);
}

export function channelName(/** @type {APIChannel | undefined} */ channel) {
  if (!channel) return '';
  if (channel.type === 1 || channel.type === 3) {
    const recipients = 'recipients' in channel ? (channel.recipients ?? []) : [];
    const others = recipients.filter((user) => user.id !== state.view?.me.id);
    return (
      others.map(nameOf).join(', ') || (state.view?.bot ? nameOf(state.view.bot) : 'Direct message')
    );
  }
  return channel.name ?? '';
}

export function channelNameById(/** @type {string} */ id) {
  return channelName(channelById(id)) || 'unknown channel';
}

/**
 * What a mention reads as, `@` or `#` included.
 * @param {{ type: string, id: string }} mention
 */
export function mentionText(mention) {
  if (mention.type === 'channel') return `#${channelNameById(mention.id)}`;
  return mention.type === 'role' ? roleMention(mention.id) : `@${userName(mention.id)}`;
}

/** Roles of the guild that holds the open channel. */
export function rolesHere() {
  return guildOf(state.channel)?.roles ?? [];
}

function roleMention(/** @type {string} */ id) {
  const name = rolesHere().find((role) => role.id === id)?.name ?? 'role';
  return name.startsWith('@') ? name : `@${name}`;
}

/** Whether two messages come from the same face: a webhook can change it with every message. */
export function sameAuthor(/** @type {APIMessage} */ a, /** @type {APIMessage} */ b) {
  return (
    a.author.id === b.author.id &&
    a.author.username === b.author.username &&
    a.author.avatar === b.author.avatar
  );
}

/**
 * @param {APIUser} user
 * @returns {string | null} where the picture is
 */
function avatarUrl(user) {
  if (!user.avatar) return null;
  if (/^(https?:|data:image\/|\/)/.test(user.avatar)) return user.avatar;
  return `/cdn/avatars/${user.id}/${user.avatar}.png`;
}

/**
 * A picture, or the first letters on a colour of their own.
 * @param {APIUser} user
 * @param {string} [className]
 */
export function avatar(user, className = '') {
  const name = nameOf(user);
  const hue = [...`${user.id}${name}`].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 360, 7);
  const element = h(
    'span',
    { class: `avatar ${className}`, 'aria-hidden': 'true' },
    initials(name),
  );
  element.style.setProperty('--hue', String(hue));
  const url = avatarUrl(user);
  if (url) {
    const image = h('img', { src: url, alt: '', loading: 'lazy', decoding: 'async' });
    image.addEventListener('error', () => image.remove());
    element.append(image);
  }
  return element;
}

function initials(/** @type {string} */ name) {
  const words = name.split(/[\s_.-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '');
  return letters.join('').toLocaleUpperCase() || '·';
}
