/**
 * The conversation of the open channel: which messages stand in it, and where the reader stands.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 * @import { MessageView } from './message.js'
 */
import { announce } from './announce.js';
import { drawBeginning } from './beginning.js';
import { byId, h, keyed } from './dom.js';
import { createMessage, isEphemeral, isLoading } from './message.js';
import { sameAuthor } from './names.js';
import { createScroll } from './scroll.js';
import { loadOlder } from './session.js';
import { on, state } from './state.js';
import { isSystem, systemLine } from './systemLine.js';
import { drawTail } from './tail.js';
import { dayName, sameDay } from './time.js';

/** Messages of one author within this time stand together under one name. */
const groupedWithin = 7 * 60_000;

/** @typedef {{ key: string, day: Date } | { key: string, message: APIMessage, grouped: boolean }} Item */

const list = byId('messages');
const scroll = createScroll(byId('log'), byId('new-messages'));
/** @type {Map<string, MessageView>} */
const views = new Map();
/** @type {string | null} */
let shownChannel = null;
let loadingOlder = false;

export function setUpMessageList() {
  // What scrolls must be reachable by keyboard.
  byId('log').tabIndex = 0;
  on('channel', draw);
  on('view', draw);
  on('composer', draw);
  on('timeline', (channel) => {
    if (channel !== state.channel) return;
    draw();
    fill();
  });
  on('message', ({ message, isNew }) => {
    if (message.channel_id !== state.channel) return;
    const own = message.author.id === state.view?.me.id;
    const view = views.get(message.id);
    // An edit touches one message, and streaming replies bring many.
    if (!isNew && view) scroll.keepPlace(() => view.update(message, isGrouped(view)));
    else draw();
    if (isNew && own) scroll.toEnd();
    else if (isNew) scroll.noteNew();
    if (!own) announce(message);
  });
  on('presence', () => scroll.keepPlace(drawTail));
  scroll.onTop(loadMore);
  list.addEventListener('click', jump);
  byId('log').addEventListener('keydown', moveThroughMessages);
}

async function loadMore() {
  if (!state.channel || loadingOlder) return;
  loadingOlder = true;
  await loadOlder(state.channel);
  loadingOlder = false;
  fill();
}

/** On a tall screen the first messages may leave room, and nothing to scroll by. */
function fill() {
  const timeline = state.timelines.get(state.channel ?? '');
  if (timeline && !timeline.complete && scroll.isShort()) void loadMore();
}

function draw() {
  const channel = state.channel;
  const timeline = channel ? state.timelines.get(channel) : undefined;
  if (channel !== shownChannel) {
    shownChannel = channel;
    views.clear();
    list.replaceChildren();
    scroll.reset();
  }
  list.setAttribute('aria-busy', String(channel !== null && !timeline));
  scroll.keepPlace(() => {
    const messages = timeline?.messages ?? [];
    keyed(list, itemsOf(messages), ({ key }) => key, create, update);
    for (const id of views.keys())
      if (!messages.some((message) => message.id === id)) views.delete(id);
    drawBeginning(timeline);
    drawTail();
  });
}

function isGrouped(/** @type {MessageView} */ view) {
  return view.root.classList.contains('is-grouped');
}

/**
 * @param {APIMessage[]} messages
 * @returns {Item[]}
 */
function itemsOf(messages) {
  /** @type {Item[]} */
  const items = [];
  /** @type {APIMessage | undefined} */
  let before;
  for (const message of messages) {
    const date = new Date(message.timestamp);
    if (!before || !sameDay(new Date(before.timestamp), date))
      items.push({ key: `day-${date.toDateString()}-${message.id}`, day: date });
    items.push({ key: message.id, message, grouped: before ? joins(before, message) : false });
    before = message;
  }
  return items;
}

/**
 * @param {APIMessage} before
 * @param {APIMessage} message
 */
function joins(before, message) {
  const date = new Date(message.timestamp);
  const past = new Date(before.timestamp);
  return (
    sameAuthor(before, message) &&
    !isSystem(before) &&
    message.type === 0 &&
    !message.referenced_message &&
    !message.interaction &&
    isEphemeral(before) === isEphemeral(message) &&
    !isLoading(before) &&
    sameDay(past, date) &&
    date.getTime() - past.getTime() < groupedWithin
  );
}

function create(/** @type {Item} */ item) {
  if ('day' in item)
    return h('div', { class: 'day', role: 'separator' }, h('span', {}, dayName(item.day)));
  if (isSystem(item.message)) return systemLine(item.message);
  const view = createMessage(item.message);
  views.set(item.message.id, view);
  view.update(item.message, item.grouped);
  return view.root;
}

/**
 * @param {HTMLElement} _element
 * @param {Item} item
 */
function update(_element, item) {
  if ('message' in item) views.get(item.message.id)?.update(item.message, item.grouped);
}

/** From a reply's quotation to the message that it quotes. */
function jump(/** @type {Event} */ event) {
  const button = event.target instanceof Element ? event.target.closest('[data-jump]') : null;
  if (!(button instanceof HTMLElement)) return;
  show(button.dataset.jump ?? '');
}

/** Goes to a message of the open channel, further back as far as it takes. */
export async function jumpTo(/** @type {string} */ message) {
  const channel = state.channel;
  while (channel && state.channel === channel && !views.has(message)) {
    const first = state.timelines.get(channel)?.messages[0];
    if (!first || BigInt(first.id) < BigInt(message) || !(await loadOlder(channel))) return;
  }
  show(message);
}

function show(/** @type {string} */ message) {
  const target = views.get(message)?.root;
  if (!target) return;
  target.scrollIntoView({ block: 'center' });
  target.focus({ preventScroll: true });
  target.classList.remove('is-found');
  requestAnimationFrame(() => target.classList.add('is-found'));
}

/** Arrows move from message to message; Tab then reaches what is in it. */
function moveThroughMessages(/** @type {KeyboardEvent} */ event) {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  if (target.id !== 'log' && !target.matches('.message')) return;
  const all = [...list.querySelectorAll('.message')];
  const at = all.indexOf(target);
  const to = event.key === 'ArrowUp' ? (at < 0 ? all.length - 1 : at - 1) : at + 1;
  const next = all[to];
  if (!(next instanceof HTMLElement) || (at < 0 && event.key === 'ArrowDown')) return;
  event.preventDefault();
  next.focus();
}
