/**
 * Modals that an application opens: a dialog with text fields.
 *
 * @import { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10'
 */
import { openDialog } from './dialog.js';
import { h } from './dom.js';
import { markdown } from './markdownNodes.js';
import { act } from './session.js';

/**
 * @typedef {object} ModalPart a row, a label, a text, an input or a select, as Discord nests them
 * @property {number} type
 * @property {string} [custom_id]
 * @property {string} [label]
 * @property {string | null} [description]
 * @property {string} [content]
 * @property {number} [style] 1 short, 2 paragraph
 * @property {string} [placeholder]
 * @property {string} [value]
 * @property {boolean} [required]
 * @property {number} [min_length]
 * @property {number} [max_length]
 * @property {ModalPart} [component]
 * @property {ModalPart[]} [components]
 * @property {{ label: string, value: string, default?: boolean }[]} [options]
 *
 * @typedef {{ part: ModalPart, label: string, control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, problem: HTMLElement }} Field
 */

/**
 * @param {string} id
 * @param {APIModalInteractionResponseCallbackData} data
 */
export function openModal(id, data) {
  /** @type {Field[]} */
  const fields = [];
  const parts = /** @type {ModalPart[]} */ (/** @type {unknown} */ (data.components));
  const body = parts.map((part) => draw(part, fields));
  openDialog({
    title: data.title,
    body,
    confirm: 'Submit',
    onConfirm: async () => {
      const wrong = fields.filter((field) => !check(field));
      if (wrong[0]) {
        wrong[0].control.focus();
        return somethingWrong(wrong.length);
      }
      /** @type {Record<string, string>} */
      const values = {};
      for (const { part, control } of fields) values[part.custom_id ?? ''] = control.value;
      try {
        const result = await act({ kind: 'submit', modal: id, values });
        return result.kind === 'failed' ? result.message : null;
      } catch (error) {
        return error instanceof Error ? error.message : 'That did not work.';
      }
    },
  });
}

function somethingWrong(/** @type {number} */ count) {
  return count === 1 ? 'One field needs another look.' : `${count} fields need another look.`;
}

/**
 * @param {ModalPart} part
 * @param {Field[]} fields
 * @returns {HTMLElement | null}
 */
function draw(part, fields) {
  if (part.type === 1)
    return h('div', {}, ...(part.components ?? []).map((one) => draw(one, fields)));
  if (part.type === 10) return h('div', { class: 'dialog-text' }, markdown(part.content ?? ''));
  if (part.type === 18 && part.component)
    return field(part.component, part.label ?? '', part.description ?? '', fields);
  return part.type === 4 ? field(part, part.label ?? '', '', fields) : null;
}

/**
 * @param {ModalPart} part
 * @param {string} label
 * @param {string} description
 * @param {Field[]} fields
 */
function field(part, label, description, fields) {
  const required = part.required !== false;
  const name = `modal-${part.custom_id}`;
  const problem = h('span', { class: 'failure', id: `${name}-problem` });
  const control = controlOf(part, {
    id: name,
    required,
    maxlength: part.max_length ?? 4000,
    placeholder: part.placeholder,
    'aria-describedby': `${name}-problem`,
    autocomplete: 'off',
  });
  const entry = { part, label, control, problem };
  fields.push(entry);
  control.addEventListener('input', () => {
    if (problem.textContent) check(entry);
  });
  return h(
    'div',
    { class: 'field' },
    h(
      'label',
      { class: 'field-label', for: name },
      label,
      required && h('span', { class: 'required', title: 'Required' }, ' (required)'),
    ),
    description && h('span', { class: 'field-hint' }, description),
    control,
    problem,
  );
}

/**
 * @param {ModalPart} part
 * @param {Record<string, unknown>} attributes
 */
function controlOf(part, attributes) {
  if (part.options) {
    const { maxlength: _, ...rest } = attributes;
    const options = part.options.map((one) =>
      h('option', { value: one.value, selected: one.default }, one.label),
    );
    return h('select', rest, ...options);
  }
  if (part.style === 2) {
    const area = h('textarea', { ...attributes, rows: '5' });
    area.value = part.value ?? '';
    return area;
  }
  return h('input', { ...attributes, type: 'text', value: part.value });
}

/** Says what is wrong beside the field; true when nothing is. */
function check(/** @type {Field} */ { part, control, problem }) {
  const length = control.value.length;
  const least = part.min_length ?? 0;
  let text = '';
  if (part.required !== false && control.value.trim() === '') text = 'This is needed.';
  else if (length > 0 && length < least) text = `At least ${least} characters, now ${length}.`;
  problem.textContent = text;
  control.setAttribute('aria-invalid', String(text !== ''));
  return text === '';
}
