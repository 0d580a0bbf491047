/** What stands below the last message: who is thinking, notes of this page, who is typing. */
import { byId, fragment, h, keyed } from './dom.js';
import { isLoading, thinkingLine } from './message.js';
import { avatar, nameOf, userName } from './names.js';
import { dropNote, typingIn } from './presence.js';
import { state } from './state.js';

/** @typedef {{ key: string, draw: () => HTMLElement }} Row */

export function drawTail() {
  const channel = state.channel ?? '';
  /** @type {Row[]} */
  const rows = [...thinkingRows(channel), ...noteRows(channel)];
  keyed(
    byId('tail'),
    rows,
    (row) => row.key,
    (row) => row.draw(),
  );
  byId('typing').replaceChildren(typingLine(channel));
}

/** An answer that was put off may already stand there as a message of its own. */
function thinkingRows(/** @type {string} */ channel) {
  const bot = state.view?.bot;
  const shown = state.timelines.get(channel)?.messages.some(isLoading);
  if (!bot || shown) return [];
  return [...(state.thinking.get(channel) ?? [])].map((interaction) => ({
    key: `thinking-${interaction}`,
    draw: () =>
      h(
        'div',
        { class: 'message' },
        h('div', { class: 'message-side' }, avatar(bot)),
        h(
          'div',
          { class: 'message-main' },
          h(
            'div',
            { class: 'message-head' },
            h('span', { class: 'message-author' }, nameOf(bot)),
            h('span', { class: 'tag' }, 'APP'),
          ),
          thinkingLine(nameOf(bot)),
        ),
      ),
  }));
}

function noteRows(/** @type {string} */ channel) {
  return (state.notes.get(channel) ?? []).map((note) => ({
    key: note.id,
    draw: () =>
      h(
        'div',
        { class: 'note', role: 'alert' },
        h('span', { class: 'command-name' }, note.title),
        h('span', { class: 'failure' }, note.text),
        h(
          'button',
          { type: 'button', class: 'link-button', onclick: () => dropNote(channel, note.id) },
          'Dismiss',
        ),
      ),
  }));
}

function typingLine(/** @type {string} */ channel) {
  const names = typingIn(channel).map(userName);
  if (names.length === 0) return '';
  const text =
    names.length === 1
      ? `${names[0]} is typing…`
      : names.length < 4
        ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are typing…`
        : 'Several people are typing…';
  return fragment([
    h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    text,
  ]);
}
