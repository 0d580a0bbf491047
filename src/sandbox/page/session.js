/**
 * What the person does and what the server tells, applied to the state.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 * @import { Act, ActResult, Notice } from '../protocol.ts'
 */
import { fetchMessages, fetchView, pageSize, postAct, Refused } from './api.js';
import { dropTyping, noteThinking, noteTyping } from './presence.js';
import { listen } from './socket.js';
import { allChannels, channelById, emit, forgetPerson, isOlder, state } from './state.js';
import { markRead, noteArrival, startUnread } from './unread.js';

const personKey = 'troupe.person';
/** @type {ReturnType<typeof listen> | undefined} */
let stream;
/** Whether the log of requests is being read. */
let watching = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let viewTimer;

/** Starts as the person of last time, or as whom the server proposes. */
export async function start() {
  // Each tab keeps its own person, so that two can play side by side.
  const last = sessionStorage.getItem(personKey) ?? localStorage.getItem(personKey);
  const wanted = location.hash.slice(1);
  const view = await fetchView(last, wanted).catch((error) => {
    if (last) return fetchView(null, wanted);
    throw error;
  });
  await become(view.me.id, view);
}

/**
 * @param {string} person
 * @param {import('../protocol.ts').View} [known]
 */
export async function become(person, known) {
  const view = known ?? (await fetchView(person, state.channel));
  stream?.stop();
  forgetPerson();
  sessionStorage.setItem(personKey, view.me.id);
  localStorage.setItem(personKey, view.me.id);
  state.view = view;
  startUnread();
  emit('view');
  emit('faults');
  stream = listen(view.me.id, {
    notice: take,
    open: (again) => {
      state.connection = 'open';
      emit('connection');
      if (watching) stream?.send({ watchRequests: true });
      // What happened between the first look and the stream's opening counts as missed, too.
      if (again || state.timelines.size > 0) void catchUp();
    },
    lost: () => {
      state.connection = 'lost';
      emit('connection');
    },
  });
  await openChannel(channelById(state.channel)?.id ?? channelToOpen());
}

/** The channel in the address, else the first that one can write in. */
function channelToOpen() {
  const wanted = location.hash.slice(1);
  if (channelById(wanted)) return wanted;
  const writable = allChannels().filter((channel) => isText(channel.type));
  return writable[0]?.id ?? null;
}

/** Channels that hold messages: text, direct, announcements and threads. */
export function isText(/** @type {number} */ type) {
  return type !== 4 && type !== 2 && type !== 13 && type !== 14 && type !== 15 && type !== 16;
}

export function isThread(/** @type {number} */ type) {
  return type >= 10 && type <= 12;
}

export function isForum(/** @type {number} */ type) {
  return type === 15 || type === 16;
}

/** Requests are only told of while someone reads them. */
export function watchRequests(/** @type {boolean} */ wanted) {
  if (watching === wanted) return;
  watching = wanted;
  stream?.send({ watchRequests: wanted });
}

export async function openChannel(/** @type {string | null} */ id) {
  // One that was made just now, or an archived thread.
  if (id && !channelById(id)) await refreshView(id);
  if (id && !channelById(id)) return;
  if (state.channel !== id) shorten(state.channel ?? '');
  state.channel = id;
  state.replyTo = null;
  state.editing = null;
  if (id && location.hash === '') history.replaceState(null, '', `#${id}`);
  else if (id && location.hash !== `#${id}`) history.pushState(null, '', `#${id}`);
  emit('channel');
  if (id && !state.timelines.has(id)) await reload(id);
  if (id && state.channel === id) markRead(id);
}

/** A channel that was left keeps what one sees on coming back, not all that was ever scrolled to. */
function shorten(/** @type {string} */ channel) {
  const timeline = state.timelines.get(channel);
  if (!timeline || timeline.messages.length <= 2 * pageSize) return;
  timeline.messages = timeline.messages.slice(-pageSize);
  timeline.complete = false;
}

/**
 * Channels being fetched, with the notices that came meanwhile: they may be newer than the answer.
 * @type {Map<string, { fetches: number, notices: Notice[] }>}
 */
const held = new Map();

/** Fetches the newest messages anew, keeping older ones that still join on. */
async function reload(/** @type {string} */ channel) {
  const view = state.view;
  const type = channelById(channel)?.type;
  if (!view || type === undefined || !isText(type)) return;
  const hold = held.get(channel) ?? { fetches: 0, notices: [] };
  held.set(channel, hold);
  hold.fetches += 1;
  const fetched = await fetchMessages(view.me.id, channel).catch(() => null);
  hold.fetches -= 1;
  const current = state.view?.me.id === view.me.id;
  if (fetched && current) putTimeline(channel, fetched);
  if (hold.fetches > 0) return;
  held.delete(channel);
  if (current) for (const notice of hold.notices) take(notice);
}

/**
 * @param {string} channel
 * @param {APIMessage[]} fetched
 */
function putTimeline(channel, fetched) {
  const before = state.timelines.get(channel);
  const first = fetched[0];
  const older = first
    ? (before?.messages.filter((message) => isOlder(message.id, first.id)) ?? [])
    : [];
  const joined = before?.messages.some((message) => message.id === first?.id) ?? false;
  state.timelines.set(channel, {
    messages: joined ? [...older, ...fetched] : fetched,
    complete: joined && before ? before.complete : fetched.length < pageSize,
  });
  emit('timeline', channel);
}

/** @returns {Promise<boolean>} whether older messages came */
export async function loadOlder(/** @type {string} */ channel) {
  const timeline = state.timelines.get(channel);
  const first = timeline?.messages[0];
  if (!state.view || !timeline || timeline.complete || !first) return false;
  const older = await fetchMessages(state.view.me.id, channel, first.id).catch(() => null);
  if (!older || state.timelines.get(channel) !== timeline) return false;
  if (older.length === 0) timeline.complete = true;
  timeline.messages.unshift(...older);
  timeline.complete = older.length < pageSize;
  emit('timeline', channel);
  return older.length > 0;
}

/** After a lost connection: everything that may have changed meanwhile. */
async function catchUp() {
  const open = state.channel;
  for (const channel of [...state.timelines.keys()])
    if (channel !== open) state.timelines.delete(channel);
  state.typing.clear();
  state.thinking.clear();
  emit('presence');
  await refreshView();
  if (open) await reload(open);
}

/** @param {string | null} [open] a channel to list even if it is archived; else the one that is open */
async function refreshView(open) {
  const view = state.view;
  if (!view) return;
  const asked = open ?? state.channel;
  const fresh = await fetchView(view.me.id, asked).catch((error) => {
    // A server that was started anew, without memory of this person: so does the page.
    if (error instanceof Refused && error.status === 404) location.reload();
    return null;
  });
  if (!fresh || state.view?.me.id !== fresh.me.id) return;
  // Another channel was opened meanwhile, which this view may leave out.
  if (!open && asked !== state.channel) return refreshView();
  state.view = fresh;
  emit('view');
  emit('faults');
  if (!open && !channelById(state.channel)) await openChannel(channelToOpen());
}

/** Many changes at once, such as commands being registered, are one new view. */
function refreshViewSoon() {
  clearTimeout(viewTimer);
  viewTimer = setTimeout(() => void refreshView(), 60);
}

function take(/** @type {Notice} */ notice) {
  const about =
    'message' in notice ? notice.message.channel_id : 'channel' in notice ? notice.channel : '';
  const waiting = held.get(about);
  if (waiting) {
    waiting.notices.push(notice);
    return;
  }
  switch (notice.kind) {
    case 'message':
    case 'messageEdited':
      putMessage(notice.message, notice.kind === 'message');
      return;
    case 'messageDeleted':
      removeMessage(notice.channel, notice.id);
      return;
    case 'typing':
      if (notice.user !== state.view?.me.id) noteTyping(notice.channel, notice.user);
      return;
    case 'thinking':
      noteThinking(notice.channel, notice.interaction, notice.done);
      return;
    case 'faults':
      if (state.view) state.view.faults = notice.faults;
      emit('faults');
      return;
    case 'requests':
      emit('requests', notice);
      return;
    case 'viewChanged':
      refreshViewSoon();
  }
}

/**
 * @param {APIMessage} message
 * @param {boolean} arrived by a notice of a new message
 */
export function putMessage(message, arrived) {
  const channel = message.channel_id;
  state.failures.delete(message.id);
  if (arrived) {
    dropTyping(message);
    noteArrival(message);
  }
  const timeline = state.timelines.get(channel);
  if (!timeline) return;
  const index = timeline.messages.findIndex(({ id }) => id === message.id);
  if (index >= 0) timeline.messages[index] = message;
  else if (arrived) insert(timeline.messages, message);
  else return;
  emit('message', { message, isNew: index < 0 });
}

/** Notices may come out of order; the list stays in the order of ids. */
function insert(/** @type {APIMessage[]} */ messages, /** @type {APIMessage} */ message) {
  let at = messages.length;
  while (at > 0 && isOlder(message.id, messages[at - 1]?.id ?? '')) at--;
  messages.splice(at, 0, message);
}

function removeMessage(/** @type {string} */ channel, /** @type {string} */ id) {
  const timeline = state.timelines.get(channel);
  if (!timeline) return;
  timeline.messages = timeline.messages.filter((message) => message.id !== id);
  if (state.replyTo?.id === id) state.replyTo = null;
  if (state.editing === id) state.editing = null;
  emit('timeline', channel);
  emit('composer');
}

/** Puts an ephemeral message away. */
export async function dismiss(/** @type {APIMessage} */ { channel_id: channel, id }) {
  removeMessage(channel, id);
  await act({ kind: 'delete', channel, message: id }).catch(() => undefined);
}

/**
 * @param {Act} what
 * @returns {Promise<ActResult>} throws Refused
 */
export async function act(what) {
  const view = state.view;
  if (!view) throw new Error('Nobody is playing yet');
  return postAct(view.me.id, what);
}
