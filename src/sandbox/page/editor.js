/**
 * Editing one's own message, in its place.
 *
 * @import { APIMessage } from 'discord-api-types/v10'
 */
import { h } from './dom.js';
import { readMentions, writeMentions } from './mentions.js';
import { act } from './session.js';
import { emit, state } from './state.js';

export function startEditing(/** @type {APIMessage} */ message) {
  state.editing = message.id;
  state.replyTo = null;
  emit('composer');
}

export function stopEditing() {
  state.editing = null;
  emit('composer');
}

export function editor(/** @type {APIMessage} */ message) {
  const area = h('textarea', {
    class: 'editor-text',
    rows: '1',
    'aria-label': 'Edit your message',
  });
  const problem = h('span', { class: 'failure', role: 'alert' });
  area.value = readMentions(message.content);
  const save = async () => {
    const content = writeMentions(area.value.trim());
    if (content === '' || content === message.content) return stopEditing();
    try {
      await act({ kind: 'edit', channel: message.channel_id, message: message.id, content });
      stopEditing();
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : 'That did not work.';
    }
  };
  area.addEventListener('input', () => fitHeight(area));
  area.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') stopEditing();
    else if (event.key === 'Enter' && !event.shiftKey) void save();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  requestAnimationFrame(() => {
    fitHeight(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  });
  return h(
    'div',
    { class: 'editor' },
    area,
    h(
      'div',
      { class: 'editor-hint' },
      h('button', { type: 'button', class: 'link-button', onclick: stopEditing }, 'Cancel'),
      ' with Escape · ',
      h('button', { type: 'button', class: 'link-button', onclick: () => void save() }, 'Save'),
      ' with Enter ',
      problem,
    ),
  );
}

/** Lets a text area grow with what is written in it. */
export function fitHeight(/** @type {HTMLTextAreaElement} */ area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}
