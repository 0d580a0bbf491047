/**
 * The fields of a modal: text, choices of every kind, files. Each knows its value and what is wrong.
 *
 * @import { GivenFile } from '../protocol.ts'
 * @import { AnySelect } from './select.js'
 */
import { h } from './dom.js';
import { readFiles } from './files.js';
import { optionsOf } from './select.js';
import { state } from './state.js';

/**
 * @typedef {object} ModalInput a text input, a select, boxes or an upload, as Discord describes it
 * @property {number} type
 * @property {string} [custom_id]
 * @property {string} [label]
 * @property {number} [style] 1 short, 2 paragraph
 * @property {string} [placeholder]
 * @property {string} [value]
 * @property {boolean} [required]
 * @property {boolean} [default]
 * @property {number} [min_length]
 * @property {number} [max_length]
 * @property {number} [min_values]
 * @property {number} [max_values]
 * @property {{ label: string, value: string, description?: string | null, default?: boolean }[]} [options]
 *
 * @typedef {object} Field
 * @property {string} id custom id
 * @property {HTMLElement} element
 * @property {() => string} value several are separated by commas
 * @property {(() => Promise<GivenFile[]>) | null} files for uploads
 * @property {() => boolean} check says what is wrong beside the field; true when nothing is
 * @property {() => void} focus
 *
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {() => string} value
 * @property {() => string} problem
 * @property {() => Promise<GivenFile[]>} [files]
 * @property {boolean} [grouped] several boxes under one name
 */

const kinds = { text: 4, upload: 19, radio: 21, boxes: 22, box: 23 };

/**
 * @param {ModalInput} part
 * @param {string} label
 * @param {string} description
 * @returns {Field}
 */
export function modalField(part, label, description) {
  const name = `modal-${part.custom_id}`;
  const required = part.required !== false && part.type !== kinds.box;
  const problem = h('span', { class: 'failure', id: `${name}-problem` });
  const control = controlOf(part, name, required);
  const check = () => {
    const wrong = control.problem();
    problem.textContent = wrong;
    const target = control.grouped ? null : control.element;
    target?.setAttribute('aria-invalid', String(wrong !== ''));
    return wrong === '';
  };
  control.element.addEventListener('input', () => {
    if (problem.textContent) check();
  });
  const title = [label, required && h('span', { class: 'required' }, ' (required)')];
  const element = h(
    'div',
    {
      class: 'field',
      role: control.grouped ? 'group' : null,
      'aria-labelledby': control.grouped ? `${name}-label` : null,
    },
    control.grouped
      ? h('span', { class: 'field-label', id: `${name}-label` }, ...title)
      : h('label', { class: 'field-label', for: name }, ...title),
    description && h('span', { class: 'field-hint' }, description),
    control.element,
    problem,
  );
  return {
    id: part.custom_id ?? '',
    element,
    check,
    value: control.value,
    files: control.files ?? null,
    focus: () => {
      const first = control.grouped ? control.element.querySelector('input') : control.element;
      if (first instanceof HTMLElement) first.focus();
    },
  };
}

/**
 * @param {ModalInput} part
 * @param {string} name
 * @param {boolean} required
 * @returns {Control}
 */
function controlOf(part, name, required) {
  const shared = { id: name, required, 'aria-describedby': `${name}-problem` };
  if (part.type === kinds.text) return textControl(part, shared);
  if (part.type === kinds.upload) return uploadControl(part, shared);
  if (part.type === kinds.box) {
    const input = h('input', { ...shared, type: 'checkbox', checked: part.default });
    return { element: input, value: () => String(input.checked), problem: () => '' };
  }
  const options = optionsOf(/** @type {AnySelect} */ (part), state.channel ?? '');
  const most = part.max_values ?? (part.type === kinds.boxes ? options.length : 1);
  if (part.type === kinds.radio || part.type === kinds.boxes || most > 1)
    return boxesControl(part, name, options, required, most);
  const chosen = options.some((option) => option.default);
  const select = h(
    'select',
    shared,
    (!chosen || !required) && h('option', { value: '' }, part.placeholder ?? 'Choose'),
    ...options.map((one) => h('option', { value: one.value, selected: one.default }, one.label)),
  );
  return {
    element: select,
    value: () => select.value,
    problem: () => (required && select.value === '' ? 'This is needed.' : ''),
  };
}

/**
 * @param {ModalInput} part
 * @param {Record<string, unknown> & { required: boolean }} shared
 * @returns {Control}
 */
function textControl(part, shared) {
  const attributes = {
    ...shared,
    maxlength: part.max_length ?? 4000,
    placeholder: part.placeholder,
    autocomplete: 'off',
  };
  const control =
    part.style === 2
      ? h('textarea', { ...attributes, rows: '5' })
      : h('input', { ...attributes, type: 'text' });
  control.value = part.value ?? '';
  const problem = () => {
    const { length } = control.value;
    const least = part.min_length ?? 0;
    if (shared.required && control.value.trim() === '') return 'This is needed.';
    return length > 0 && length < least ? `At least ${least} characters, now ${length}.` : '';
  };
  return { element: control, value: () => control.value, problem };
}

/**
 * @param {ModalInput} part
 * @param {Record<string, unknown> & { required: boolean }} shared
 * @returns {Control}
 */
function uploadControl(part, shared) {
  const most = part.max_values ?? 1;
  const least = part.min_values ?? 1;
  const input = h('input', { ...shared, type: 'file', multiple: most > 1 });
  const count = () => input.files?.length ?? 0;
  return {
    element: input,
    value: () => '',
    files: () => readFiles(input.files ?? []),
    problem: () => {
      if (count() === 0) return shared.required && least > 0 ? 'A file is needed.' : '';
      if (count() < least) return `At least ${least} files.`;
      return count() > most ? `At most ${most} files.` : '';
    },
  };
}

/**
 * @param {ModalInput} part
 * @param {string} name
 * @param {ReturnType<typeof optionsOf>} options
 * @param {boolean} required
 * @param {number} most
 * @returns {Control}
 */
function boxesControl(part, name, options, required, most) {
  const type = part.type === kinds.radio ? 'radio' : 'checkbox';
  const boxes = options.map((option) => {
    const input = h('input', { type, name, value: option.value, checked: option.default });
    const hint = option.description && h('span', { class: 'field-hint' }, option.description);
    return { input, row: h('label', { class: 'check' }, input, h('span', {}, option.label, hint)) };
  });
  const chosen = () => boxes.filter(({ input }) => input.checked).map(({ input }) => input.value);
  const least = part.min_values ?? 1;
  return {
    element: h('div', { class: 'options', id: name }, ...boxes.map(({ row }) => row)),
    grouped: true,
    value: () => chosen().join(','),
    problem: () => {
      const { length } = chosen();
      if (length === 0) return required && least > 0 ? 'This is needed.' : '';
      if (length < least) return `Choose at least ${least}.`;
      return length > most ? `Choose at most ${most}.` : '';
    },
  };
}
