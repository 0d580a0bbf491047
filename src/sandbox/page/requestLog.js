/**
 * The log of the application's requests with their limits. The server tells of them only while the
 * log is shown.
 *
 * @import { LoggedRequest } from '../protocol.ts'
 */
import { byId, h, keyed } from './dom.js';
import { channelName } from './names.js';
import {
  addRequests,
  complaints,
  fits,
  isError,
  routeText,
  shareLeft,
  statusText,
} from './requestRows.js';
import { channelById, on, state } from './state.js';

/** @type {LoggedRequest[]} newest first */
let known = [];
/** Counts the fresh starts, since ids begin again with each. */
let epoch = 0;
const here = h('input', { type: 'checkbox' });
const onlyErrors = h('input', { type: 'checkbox' });
const list = h('ol', {
  class: 'requests-list',
  'aria-label': 'Requests, newest first',
  // What scrolls must be reachable by keyboard.
  tabindex: '0',
});
const empty = h('p', { class: 'people-hint' });

export function setUpRequests() {
  here.addEventListener('change', drawRequests);
  onlyErrors.addEventListener('change', drawRequests);
  byId('requests').append(
    h(
      'div',
      { class: 'requests-bar' },
      h('label', { class: 'check' }, here, 'Only this channel'),
      h('label', { class: 'check' }, onlyErrors, 'Only errors'),
    ),
    empty,
    list,
  );
  on('requests', ({ entries, fresh }) => {
    if (fresh) epoch += 1;
    known = addRequests(known, entries, fresh);
    drawRequests();
  });
  on('channel', drawRequests);
}

export function drawRequests() {
  if (byId('requests').hidden) return;
  const filter = {
    channel: here.checked ? state.channel : null,
    onlyErrors: onlyErrors.checked,
  };
  const shown = known.filter((entry) => fits(entry, filter));
  empty.hidden = shown.length > 0;
  empty.textContent =
    known.length === 0
      ? 'The application has asked for nothing yet.'
      : 'Nothing like that among the last requests.';
  keyed(list, shown, ({ id }) => `${epoch}-${id}`, row);
}

function row(/** @type {LoggedRequest} */ entry) {
  const [method = ''] = entry.route.split(' ');
  const channel = channelById(entry.channel);
  const time = new Date(entry.at);
  const wrong = complaints(entry);
  return h(
    'li',
    { class: `request${isError(entry) ? ' is-error' : ''}` },
    h(
      'div',
      { class: 'request-line' },
      h('span', { class: 'request-method' }, /^[A-Z]+$/.test(method) ? method : entry.method),
      h('span', { class: 'request-route', title: entry.path }, ...breakable(routeText(entry))),
      h('span', { class: 'request-status' }, statusText(entry)),
    ),
    h(
      'div',
      { class: 'request-about' },
      h('time', { datetime: time.toISOString() }, timeText(time)),
      h('span', {}, `${Math.round(entry.ms)} ms`),
      channel && h('span', { class: 'request-place' }, channelName(channel)),
      allowance(entry),
      entry.injected && h('span', { class: 'request-mark' }, 'on purpose'),
    ),
    ...wrong.map((line) => h('div', { class: 'request-wrong' }, line)),
  );
}

/** A long route breaks before a slash. */
function breakable(/** @type {string} */ route) {
  return route.split(/(?=\/)/).flatMap((part) => [h('wbr'), part]);
}

function timeText(/** @type {Date} */ time) {
  return time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

function allowance(/** @type {LoggedRequest} */ entry) {
  const share = shareLeft(entry);
  if (share === null) return null;
  const bar = h('span', { class: 'request-bar', 'aria-hidden': 'true' }, h('i'));
  bar.style.setProperty('--left', String(share));
  bar.classList.toggle('is-low', share < 0.25);
  // Enough of its name to tell buckets apart.
  const bucket = entry.bucket ? ` in ${entry.bucket.slice(0, 5)}` : '';
  const text = `${entry.remaining} of ${entry.limit} left${bucket}`;
  return h('span', { class: 'request-limit', title: `Bucket ${entry.bucket}` }, bar, text);
}
