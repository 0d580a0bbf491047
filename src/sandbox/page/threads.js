/**
 * Threads and forum posts: starting them, finding archived ones, and what can be done with one.
 *
 * @import { APIChannel } from 'discord-api-types/v10'
 * @import { MenuItem } from './floating.js'
 */
import { fetchArchived } from './api.js';
import { attempt, openMade } from './attempt.js';
import { askLine, openDialog } from './dialog.js';
import { h } from './dom.js';
import { icon } from './icons.js';
import { channelName } from './names.js';
import { isForum, openChannel } from './session.js';
import { emit, state } from './state.js';

export function newThread(/** @type {APIChannel} */ { id: channel }) {
  const name = h('input', { type: 'text', maxlength: '100', autocomplete: 'off' });
  const secret = h('input', { type: 'checkbox' });
  openDialog({
    title: 'New thread',
    confirm: 'Start',
    body: [
      labelled('Name of the thread', name),
      h(
        'label',
        { class: 'check' },
        secret,
        h(
          'span',
          {},
          'Private',
          h('span', { class: 'field-hint' }, 'Only for those who are brought in'),
        ),
      ),
    ],
    onConfirm: () =>
      (name.value.trim() === '' && 'Give it a name first.') ||
      attempt(
        { kind: 'createThread', channel, name: name.value, private: secret.checked },
        openMade,
      ),
  });
}

export function newPost(/** @type {APIChannel} */ { id: channel }) {
  const name = h('input', { type: 'text', maxlength: '100', autocomplete: 'off' });
  const content = h('textarea', { rows: '5', maxlength: '2000' });
  openDialog({
    title: 'New post',
    confirm: 'Post',
    body: [labelled('Title', name), labelled('Text', content)],
    onConfirm: () =>
      (name.value.trim() === '' && 'Give it a title first.') ||
      (content.value.trim() === '' && 'Write something to read first.') ||
      attempt({ kind: 'createPost', channel, name: name.value, content: content.value }, openMade),
  });
}

/**
 * @param {string} text
 * @param {HTMLElement} control
 */
function labelled(text, control) {
  return h('label', { class: 'field' }, h('span', { class: 'field-label' }, text), control);
}

export async function showArchived(/** @type {APIChannel} */ channel) {
  const view = state.view;
  if (!view) return;
  const threads = await fetchArchived(view.me.id, channel.id).catch(() => []);
  const what = isForum(channel.type) ? 'posts' : 'threads';
  const close = openDialog({
    title: `Archived ${what}`,
    confirm: 'Done',
    plain: true,
    body:
      threads.length === 0
        ? [
            h(
              'p',
              { class: 'dialog-note' },
              `There are no archived ${what} in ${channelName(channel)}.`,
            ),
          ]
        : [
            h(
              'ul',
              { class: 'thread-list' },
              ...threads.map((thread) =>
                h(
                  'li',
                  {},
                  threadButton(thread, () => {
                    close();
                    void openChannel(thread.id);
                  }),
                ),
              ),
            ),
          ],
    onConfirm: () => null,
  });
}

/**
 * @param {APIChannel} thread
 * @param {() => void} run
 */
function threadButton(thread, run) {
  const metadata = 'thread_metadata' in thread ? thread.thread_metadata : undefined;
  return h(
    'button',
    { type: 'button', class: 'thread-entry', onclick: run },
    icon(thread.type === 12 ? 'lock' : 'thread'),
    h('span', { class: 'thread-entry-name' }, channelName(thread)),
    metadata?.locked && h('span', { class: 'thread-entry-note' }, 'locked'),
  );
}

/**
 * What can be done with a thread, as far as one cannot do it in the conversation.
 * @param {APIChannel} thread
 * @returns {MenuItem[]}
 */
export function threadActions(thread) {
  const { id: channel } = thread;
  const metadata = 'thread_metadata' in thread ? thread.thread_metadata : undefined;
  const inside = isInside(thread);
  const change = (/** @type {{ archived?: boolean, locked?: boolean }} */ wanted) => () =>
    void attempt({ kind: 'changeThread', channel, ...wanted }).then(sayIfWrong);
  const archived = metadata?.archived === true;
  return [
    inside
      ? { label: 'Leave the thread', icon: 'close', run: () => void leave(channel) }
      : {
          label: 'Join the thread',
          icon: 'plus',
          run: () => void attempt({ kind: 'joinThread', channel }).then(sayIfWrong),
        },
    { label: 'Rename', icon: 'pencil', run: () => rename(thread) },
    archived
      ? { label: 'Open again', icon: 'thread', run: change({ archived: false }) }
      : { label: 'Archive', icon: 'archive', run: change({ archived: true }) },
    metadata?.locked
      ? { label: 'Unlock', icon: 'lock', run: change({ locked: false }) }
      : { label: 'Lock', icon: 'lock', run: change({ locked: true }) },
  ];
}

function rename(/** @type {APIChannel} */ thread) {
  askLine(
    'Rename the thread',
    'New name',
    'Rename',
    (name) => attempt({ kind: 'changeThread', channel: thread.id, name }),
    channelName(thread),
  );
}

/** A menu is gone by the time that it was refused, so the refusal gets a dialog of its own. */
export function sayIfWrong(/** @type {string | null} */ wrong) {
  if (!wrong) return;
  openDialog({
    title: 'That did not work',
    confirm: 'Done',
    plain: true,
    body: [h('p', { class: 'dialog-note' }, `${wrong.replace(/\.$/, '')}.`)],
    onConfirm: () => null,
  });
}

function isInside(/** @type {APIChannel} */ thread) {
  return 'member' in thread && thread.member !== undefined;
}

function putAwayKey() {
  return `troupe.left.${state.view?.me.id}`;
}

/** @returns {string[]} */
function putAway() {
  return JSON.parse(localStorage.getItem(putAwayKey()) ?? '[]');
}

/** Whether this person has left the thread; joining it again brings it back. */
export function isPutAway(/** @type {APIChannel} */ thread) {
  return !isInside(thread) && putAway().includes(thread.id);
}

async function leave(/** @type {string} */ channel) {
  const wrong = await attempt({ kind: 'leaveThread', channel });
  if (!wrong) {
    const others = putAway().filter((id) => id !== channel);
    localStorage.setItem(putAwayKey(), JSON.stringify([...others.slice(-199), channel]));
  }
  sayIfWrong(wrong);
  emit('view');
}
