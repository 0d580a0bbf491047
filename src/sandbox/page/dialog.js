/**
 * Dialogs. The browser's own `dialog` keeps the focus inside and gives it back on closing.
 */
import { h } from './dom.js';
import { icon } from './icons.js';
import { emit, state } from './state.js';

/**
 * @typedef {object} DialogSpec
 * @property {string} title
 * @property {(Node | string | null | false)[]} body
 * @property {string} confirm
 * @property {boolean} [danger]
 * @property {boolean} [plain] there is nothing to cancel
 * @property {() => void} [onClose]
 * @property {() => Promise<string | null> | string | null} onConfirm what went wrong, or null to close
 */

let count = 0;

/** @returns {() => void} closes it */
export function openDialog(/** @type {DialogSpec} */ spec) {
  count += 1;
  const titleId = `dialog-title-${count}`;
  const problem = h('div', { class: 'failure', role: 'alert' });
  const confirm = h(
    'button',
    { type: 'submit', class: `button button-${spec.danger ? 'danger' : 'primary'}` },
    spec.confirm,
  );
  const form = h(
    'form',
    { class: 'dialog-form', novalidate: true },
    h(
      'header',
      { class: 'dialog-head' },
      h('h2', { id: titleId }, spec.title),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Close',
          onclick: () => dialog.close(),
        },
        icon('close'),
      ),
    ),
    h('div', { class: 'dialog-body' }, ...spec.body, problem),
    h(
      'footer',
      { class: 'dialog-foot' },
      !spec.plain &&
        h(
          'button',
          { type: 'button', class: 'button button-secondary', onclick: () => dialog.close() },
          'Cancel',
        ),
      confirm,
    ),
  );
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': titleId }, form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (confirm.disabled) return;
    confirm.disabled = true;
    problem.textContent = '';
    const place = state.channel;
    const wrong = await spec.onConfirm();
    confirm.disabled = false;
    if (wrong) {
      problem.textContent = wrong;
      return;
    }
    dialog.close();
    // In a channel that was just made, one wants to write, not to be back at the button.
    if (state.channel !== place) emit('composer');
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    spec.onClose?.();
  });
  document.body.append(dialog);
  dialog.showModal();
  const first = dialog.querySelector('input, textarea, select');
  if (first instanceof HTMLElement) first.focus();
  else confirm.focus();
  return () => dialog.close();
}

/**
 * Asks for one line.
 * @param {string} title
 * @param {string} label
 * @param {string} confirm
 * @param {(value: string) => Promise<string | null>} onConfirm
 * @param {string} [before] what it is now
 */
export function askLine(title, label, confirm, onConfirm, before) {
  const input = h('input', { type: 'text', maxlength: '100', autocomplete: 'off', value: before });
  openDialog({
    title,
    confirm,
    body: [h('label', { class: 'field' }, h('span', { class: 'field-label' }, label), input)],
    onConfirm: () => (input.value.trim() ? onConfirm(input.value.trim()) : 'Give it a name first.'),
  });
}
