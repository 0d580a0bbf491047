/**
 * What can be done with a message: a small bar on hover and focus, and the whole menu by right click
 * or long press.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 * @import { MenuItem } from './floating.js'
 */

import { attempt, openMade } from './attempt.js';
import { askLine, openDialog } from './dialog.js';
import { h } from './dom.js';
import { startEditing } from './editor.js';
import { openMenu } from './floating.js';
import { icon } from './icons.js';
import { interact } from './interact.js';
import { isEphemeral } from './message.js';
import { nameOf } from './names.js';
import { react } from './reactions.js';
import { dismiss } from './session.js';
import { isOffered } from './slashCommands.js';
import { channelById, emit, guildOf, messageById, state } from './state.js';

const longPress = 450;
const quickEmoji = ['👍', '❤️', '😄', '😮', '😢', '🎭'];

/**
 * @param {HTMLElement} list
 */
export function setUpActions(list) {
  const bar = h('div', { class: 'actions', role: 'toolbar', 'aria-label': 'Message actions' });
  const messageOf = (/** @type {EventTarget | null} */ target) => {
    const root = target instanceof Element ? target.closest('.message') : null;
    const id = root instanceof HTMLElement ? root.dataset.id : undefined;
    const message = id && state.channel ? messageById(state.channel, id) : undefined;
    return root && message ? { root, message } : null;
  };
  const showBar = (/** @type {Event} */ event) => {
    const at = messageOf(event.target);
    if (!at || bar.parentElement === at.root) return;
    // A bar that is in use by keyboard stays where it is.
    if (event.type === 'pointerover' && bar.contains(document.activeElement)) return;
    bar.replaceChildren(...quickActions(at.message));
    at.root.append(bar);
  };
  list.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'mouse') showBar(event);
  });
  list.addEventListener('focusin', showBar);
  list.addEventListener('pointerleave', () => {
    if (!bar.contains(document.activeElement)) bar.remove();
  });

  list.addEventListener('contextmenu', (event) => {
    const at = messageOf(event.target);
    const target = event.target instanceof Element ? event.target : null;
    if (!at || target?.closest('a, img, textarea') || !getSelection()?.isCollapsed) return;
    event.preventDefault();
    openMenu({ x: event.clientX, y: event.clientY }, 'Message actions', allActions(at.message));
  });
  watchLongPress(list, (event) => {
    const at = messageOf(event.target);
    const target = event.target instanceof Element ? event.target : null;
    if (!at || target?.closest('a, button, textarea')) return;
    openMenu({ x: event.clientX, y: event.clientY }, 'Message actions', allActions(at.message));
  });
}

/**
 * @param {HTMLElement} element
 * @param {(event: PointerEvent) => void} run
 */
function watchLongPress(element, run) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => clearTimeout(timer);
  element.addEventListener('pointerdown', (event) => {
    stop();
    if (event.pointerType !== 'mouse') timer = setTimeout(() => run(event), longPress);
  });
  for (const name of ['pointerup', 'pointercancel', 'pointermove', 'scroll'])
    element.addEventListener(name, (event) => {
      // A finger is never quite still.
      if (event instanceof PointerEvent && event.type === 'pointermove')
        if (Math.hypot(event.movementX, event.movementY) < 4) return;
      stop();
    });
}

/** The four that are wanted most; the rest is behind the dots. */
function quickActions(/** @type {APIMessage} */ message) {
  /** @type {(label: string, name: import('./icons.js').IconName, run: (event: Event) => void) => HTMLElement} */
  const button = (label, name, run) =>
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick: run },
      icon(name),
    );
  const own = message.author.id === state.view?.me.id;
  const shared = !isEphemeral(message);
  return [
    shared
      ? button('React', 'smile', (event) =>
          openMenu(
            /** @type {Element} */ (event.currentTarget),
            'React',
            quickEmoji.map((emoji) => ({ label: emoji, run: () => void react(message, emoji) })),
          ),
        )
      : '',
    shared ? button('Reply', 'reply', () => reply(message)) : '',
    own && shared ? button('Edit', 'pencil', () => startEditing(message)) : '',
    button('More', 'dots', (event) =>
      openMenu(
        /** @type {Element} */ (event.currentTarget),
        'Message actions',
        allActions(message),
      ),
    ),
  ];
}

function reply(/** @type {APIMessage} */ message) {
  state.replyTo = message;
  state.editing = null;
  emit('composer');
}

/** @returns {MenuItem[]} */
function allActions(/** @type {APIMessage} */ message) {
  const channel = message.channel_id;
  const own = message.author.id === state.view?.me.id;
  const shared = !isEphemeral(message);
  const threads = [0, 5].includes(channelById(channel)?.type ?? -1);
  /** @type {MenuItem[]} */
  const items = [];
  if (shared) items.push({ label: 'Reply', icon: 'reply', run: () => reply(message) });
  if (own && shared)
    items.push({ label: 'Edit', icon: 'pencil', run: () => startEditing(message) });
  if (shared && threads && !message.thread)
    items.push({ label: 'Start a thread', icon: 'thread', run: () => startThread(message) });
  if (message.content)
    items.push({ label: 'Copy text', icon: 'copy', run: () => copy(message.content) });
  items.push({ label: 'Copy ID', icon: 'copy', run: () => copy(message.id) });
  if (own && shared)
    items.push({
      label: 'Delete',
      icon: 'trash',
      danger: true,
      run: () => confirmDelete(message),
    });
  if (!shared) items.push({ label: 'Dismiss', icon: 'close', run: () => dismiss(message) });

  const guild = guildOf(channel)?.guild.id ?? null;
  const apps = (state.view?.commands ?? []).filter(
    (command) => command.type === 3 && isOffered(command, guild),
  );
  apps.forEach(({ name, name_localized }, index) => {
    items.push({
      label: name_localized ?? name,
      ...(index === 0 ? { heading: 'Apps' } : {}),
      run: () =>
        void interact(
          { kind: 'menu', channel, name, target: message.id },
          { channel, title: name },
        ),
    });
  });
  return items;
}

function copy(/** @type {string} */ text) {
  void navigator.clipboard?.writeText(text).catch(() => undefined);
}

function startThread(/** @type {APIMessage} */ message) {
  const { channel_id: channel, id } = message;
  askLine('Start a thread', 'Name of the thread', 'Start', (name) =>
    attempt({ kind: 'createThread', channel, name, message: id }, openMade),
  );
}

function confirmDelete(/** @type {APIMessage} */ message) {
  openDialog({
    title: 'Delete this message?',
    body: [
      h(
        'blockquote',
        { class: 'dialog-quote' },
        h('strong', {}, nameOf(message.author)),
        h('div', {}, message.content.slice(0, 200) || 'A message without text'),
      ),
    ],
    confirm: 'Delete',
    danger: true,
    onConfirm: () => attempt({ kind: 'delete', channel: message.channel_id, message: message.id }),
  });
}
