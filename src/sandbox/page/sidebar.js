/**
 * The left side: channels with their threads, direct messages, and who one is playing as.
 *
 * @import { APIChannel } from 'discord-api-types/v10'
 */

import { attempt, openMade } from './attempt.js';
import { channelActions } from './channelMenu.js';
import { openDialog } from './dialog.js';
import { byId, h } from './dom.js';
import { closeDrawers } from './drawers.js';
import { openMenu } from './floating.js';
import { icon } from './icons.js';
import { jumpTo } from './messageList.js';
import { avatar, channelName, nameOf } from './names.js';
import { choosePerson } from './people.js';
import { isForum, isThread, openChannel } from './session.js';

import { channelById, on, state } from './state.js';
import { isPutAway } from './threads.js';
import { isUnread } from './unread.js';

export function setUpSidebar() {
  const nav = byId('channels');
  on('view', draw);
  on('channel', draw);
  on('unread', draw);
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target.closest('[data-channel]') : null;
    if (!(target instanceof HTMLElement) || !target.dataset.channel) return;
    event.preventDefault();
    const { channel, message } = target.dataset;
    void openChannel(channel).then(() => (message ? jumpTo(message) : undefined));
    closeDrawers();
  });
  nav.addEventListener('contextmenu', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[data-channel]') : null;
    const channel = row instanceof HTMLElement ? channelById(row.dataset.channel ?? '') : undefined;
    const items = channelActions(channel);
    if (!row || !channel || items.length === 0) return;
    event.preventDefault();
    openMenu(row, channelName(channel), items);
  });
  nav.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const all = [...nav.querySelectorAll('button')];
    const at = all.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (step === 0 || at < 0) return;
    event.preventDefault();
    all[at + step]?.focus();
  });
}

function draw() {
  const view = state.view;
  if (!view) return;
  const nav = byId('channels');
  const focused = document.activeElement;
  const focusedKey = focused instanceof HTMLElement && nav.contains(focused) ? focused.id : '';
  nav.replaceChildren(
    ...view.guilds.map(({ guild, channels }) =>
      h(
        'section',
        { 'aria-label': guild.name },
        heading(guild.name, 'New channel', () => newChannel(guild.id)),
        h('ul', {}, ...tree(channels)),
      ),
    ),
    h(
      'section',
      { 'aria-label': 'Direct messages' },
      heading('Direct messages', '', null),
      h('ul', {}, ...view.directMessages.map((channel) => row(channel, 0)), writeDirectly()),
    ),
  );
  if (focusedKey) document.getElementById(focusedKey)?.focus();
  byId('me').replaceChildren(
    avatar(view.me, 'me-avatar'),
    h(
      'span',
      { class: 'me-text' },
      h('span', { class: 'me-label' }, 'Playing as'),
      h('span', { class: 'me-name' }, nameOf(view.me)),
    ),
    icon('down'),
  );
  byId('me').onclick = () => choosePerson(byId('me'));
}

/**
 * @param {string} text
 * @param {string} action
 * @param {(() => void) | null} run
 */
function heading(text, action, run) {
  return h(
    'div',
    { class: 'channels-heading' },
    h('h2', {}, text),
    run &&
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': action, title: action, onclick: run },
        icon('plus'),
      ),
  );
}

/** Channels by position under their categories, each with its threads. */
function tree(/** @type {APIChannel[]} */ channels) {
  const position = (/** @type {APIChannel} */ channel) =>
    'position' in channel && typeof channel.position === 'number' ? channel.position : 0;
  const parent = (/** @type {APIChannel} */ channel) =>
    'parent_id' in channel ? channel.parent_id : null;
  const under = (/** @type {string | null} */ id) =>
    channels
      .filter((one) => (parent(one) ?? null) === id && !isThread(one.type))
      .sort((a, b) => position(a) - position(b));
  const withThreads = (/** @type {APIChannel} */ channel) => [
    row(channel, 0),
    ...channels
      .filter((one) => isThread(one.type) && parent(one) === channel.id && isShown(one))
      .map((thread) => row(thread, 1)),
  ];
  const top = under(null).filter(({ type }) => type !== 4);
  const categories = channels.filter(({ type }) => type === 4);
  return [
    ...top.flatMap(withThreads),
    ...categories.flatMap((category) => [
      h('li', { class: 'category' }, channelName(category)),
      ...under(category.id).flatMap(withThreads),
    ]),
  ];
}

/** Archived threads, and those that this person has left, are only there while they are open. */
function isShown(/** @type {APIChannel} */ channel) {
  if (channel.id === state.channel) return true;
  const archived = 'thread_metadata' in channel && channel.thread_metadata?.archived === true;
  return !archived && !isPutAway(channel);
}

/**
 * @param {APIChannel} channel
 * @param {number} depth
 */
function row(channel, depth) {
  const current = channel.id === state.channel;
  const unread = !current && isUnread(channel);
  const direct = channel.type === 1 || channel.type === 3;
  const sign = isThread(channel.type)
    ? 'thread'
    : isForum(channel.type)
      ? 'forum'
      : direct
        ? 'at'
        : 'hash';
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        id: `channel-${channel.id}`,
        class: `channel channel-depth-${depth}${unread ? ' is-unread' : ''}`,
        'data-channel': channel.id,
        'aria-current': current && 'page',
      },
      icon(sign),
      h('span', { class: 'channel-name' }, channelName(channel)),
      unread && h('span', { class: 'unread-mark' }, h('span', { class: 'sr-only' }, 'unread')),
    ),
  );
}

/** There is one application to write to, so one conversation at most. */
function writeDirectly() {
  const view = state.view;
  if (!view?.bot || view.directMessages.length > 0) return null;
  return h(
    'li',
    {},
    h(
      'button',
      { type: 'button', class: 'channel', onclick: openDirect },
      icon('plus'),
      h('span', { class: 'channel-name' }, `Write to ${nameOf(view.bot)}`),
    ),
  );
}

function newChannel(/** @type {string} */ guild) {
  const name = h('input', { type: 'text', maxlength: '100', autocomplete: 'off' });
  const forum = h('input', { type: 'checkbox' });
  openDialog({
    title: 'New channel',
    confirm: 'Create',
    body: [
      h(
        'label',
        { class: 'field' },
        h('span', { class: 'field-label' }, 'Name of the channel'),
        name,
      ),
      h('label', { class: 'check' }, forum, h('span', {}, 'A forum: one thread to a post')),
    ],
    onConfirm: () =>
      (name.value.trim() === '' && 'Give it a name first.') ||
      attempt({ kind: 'createChannel', guild, name: name.value, forum: forum.checked }, openMade),
  });
}

async function openDirect() {
  await attempt({ kind: 'openDirectMessage' }, openMade);
  closeDrawers();
}
