/** The line above the conversation: where one is, the theme, and whether the connection holds. */
import { byId } from './dom.js';
import { icon } from './icons.js';
import { channelName } from './names.js';
import { isForum, isThread } from './session.js';
import { channelById, guildOf, on, state } from './state.js';

export function setUpHeader() {
  byId('toggle-left').append(icon('menu'));
  byId('toggle-right').append(icon('people'));
  const theme = byId('toggle-theme');
  const drawTheme = () => {
    const light = document.documentElement.dataset.theme === 'light';
    theme.replaceChildren(icon(light ? 'moon' : 'sun'));
    theme.setAttribute('aria-label', light ? 'Use the dark theme' : 'Use the light theme');
    theme.title = theme.getAttribute('aria-label') ?? '';
  };
  drawTheme();
  new MutationObserver(drawTheme).observe(document.documentElement, { attributes: true });
  theme.addEventListener('click', () => document.dispatchEvent(new Event('switch-theme')));
  on('channel', drawPlace);
  on('view', drawPlace);
  on('connection', drawConnection);
}

function drawPlace() {
  const channel = channelById(state.channel);
  const thread = channel && isThread(channel.type);
  const sign = thread
    ? 'thread'
    : channel && isForum(channel.type)
      ? 'forum'
      : channel && !guildOf(channel.id)
        ? 'at'
        : 'hash';
  const name = channelName(channel) || 'Troupe';
  byId('place-icon').replaceChildren(icon(sign));
  byId('place-name').textContent = name;
  const parent = channel && 'parent_id' in channel ? channelById(channel.parent_id ?? null) : null;
  const topic = channel && 'topic' in channel ? (channel.topic ?? '') : '';
  byId('place-topic').textContent =
    thread && parent ? `in ${channelName(parent)}${stateOf(channel)}` : topic;
  document.title = `${name} · Troupe`;
}

/** @param {import('discord-api-types/v10').APIChannel} thread */
function stateOf(thread) {
  const metadata = 'thread_metadata' in thread ? thread.thread_metadata : undefined;
  const marks = [metadata?.archived && 'archived', metadata?.locked && 'locked'].filter(Boolean);
  return marks.length > 0 ? ` · ${marks.join(', ')}` : '';
}

/** A moment without connection is no news; it is said when it lasts. */
const patience = 800;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

function drawConnection() {
  clearTimeout(timer);
  const line = byId('connection');
  if (state.connection === 'open') line.textContent = '';
  else
    timer = setTimeout(() => {
      line.textContent = 'Connection lost. Trying again by itself.';
    }, patience);
}
