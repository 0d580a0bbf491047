/**
 * Select menus of a message: strings, people, roles, channels.
 *
 * @import { APIMessage, APIStringSelectComponent } from 'discord-api-types/v10'
 */
import { emojiOf } from './components.js';
import { h } from './dom.js';
import { openFloating } from './floating.js';
import { icon } from './icons.js';
import { interact } from './interact.js';
import { channelName, nameOf } from './names.js';
import { guildOf, state } from './state.js';

/**
 * @typedef {object} AnySelect
 * @property {number} type
 * @property {string} custom_id
 * @property {string} [placeholder]
 * @property {number} [min_values]
 * @property {number} [max_values]
 * @property {boolean} [disabled]
 * @property {APIStringSelectComponent['options']} [options]
 * @property {{ id: string }[]} [default_values]
 * @property {number[]} [channel_types]
 */

/**
 * @param {AnySelect} component
 * @param {APIMessage} message
 */
export function select(component, message) {
  const options = optionsOf(component, message.channel_id);
  let chosen = options.filter((option) => option.default).map((option) => option.value);
  const label = h('span', { class: 'select-label' });
  const element = h(
    'button',
    {
      type: 'button',
      class: 'select',
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
      disabled: component.disabled ?? false,
    },
    label,
    icon('down'),
  );
  const draw = () => {
    const names = options.filter(({ value }) => chosen.includes(value)).map((one) => one.label);
    label.textContent = names.join(', ') || component.placeholder || 'Choose';
    label.classList.toggle('is-placeholder', names.length === 0);
  };
  draw();
  element.addEventListener('click', () => {
    openOptions(element, component, options, chosen, async (values) => {
      const before = chosen;
      chosen = values;
      draw();
      element.setAttribute('aria-busy', 'true');
      const { channel_id: channel, id } = message;
      await interact(
        { kind: 'select', channel, message: id, customId: component.custom_id, values },
        { channel, title: component.placeholder ?? 'Choice', message },
      );
      element.removeAttribute('aria-busy');
      if (!state.failures.has(id)) return;
      chosen = before;
      draw();
    });
  });
  return element;
}

/**
 * @param {AnySelect} component
 * @param {string} channel
 * @returns {APIStringSelectComponent['options']}
 */
export function optionsOf(component, channel) {
  if (component.options) return component.options;
  const defaults = new Set(component.default_values?.map(({ id }) => id));
  const guild = guildOf(channel);
  const people = guild?.members ?? state.view?.people ?? [];
  const persons = people.map((user) => ({ label: nameOf(user), value: user.id }));
  const roles = (guild?.roles ?? []).map(({ id, name }) => ({ label: name, value: id }));
  const places = (guild?.channels ?? [])
    .filter(
      ({ type }) => !component.channel_types?.length || component.channel_types.includes(type),
    )
    .map((one) => ({ label: channelName(one), value: one.id }));
  const entries =
    { 5: persons, 6: roles, 7: [...persons, ...roles], 8: places }[component.type] ?? [];
  return entries.map((entry) => ({ ...entry, default: defaults.has(entry.value) }));
}

/**
 * @param {HTMLElement} anchor
 * @param {AnySelect} component
 * @param {APIStringSelectComponent['options']} options
 * @param {string[]} chosen
 * @param {(values: string[]) => void} done
 */
function openOptions(anchor, component, options, chosen, done) {
  const most = component.max_values ?? 1;
  const least = component.min_values ?? 1;
  const several = most > 1 || least === 0;
  const picked = new Set(chosen);
  const list = h('div', {
    class: 'menu',
    role: 'listbox',
    tabindex: '-1',
    'aria-label': component.placeholder ?? 'Choose',
    'aria-multiselectable': String(several),
  });
  let at = Math.max(
    0,
    options.findIndex(({ value }) => picked.has(value)),
  );
  const rows = options.map((option, index) =>
    h(
      'div',
      { class: 'menu-item', role: 'option', id: `select-option-${index}` },
      emojiOf(option.emoji),
      h(
        'span',
        { class: 'menu-label' },
        option.label,
        option.description && h('span', { class: 'menu-detail' }, option.description),
      ),
      icon('check'),
    ),
  );
  const mark = () => {
    rows.forEach((row, index) => {
      row.setAttribute('aria-selected', String(picked.has(options[index]?.value ?? '')));
      row.classList.toggle('is-active', index === at);
    });
    list.setAttribute('aria-activedescendant', `select-option-${at}`);
    rows[at]?.scrollIntoView({ block: 'nearest' });
  };
  const toggle = (/** @type {number} */ index) => {
    const value = options[index]?.value;
    if (value === undefined) return;
    at = index;
    if (!several) {
      picked.clear();
      picked.add(value);
      close();
      return;
    }
    if (picked.has(value)) picked.delete(value);
    else if (picked.size < most) picked.add(value);
    mark();
  };
  rows.forEach((row, index) => {
    row.addEventListener('click', () => toggle(index));
  });
  list.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') at = (at + 1) % rows.length;
    else if (event.key === 'ArrowUp') at = (at - 1 + rows.length) % rows.length;
    else if (event.key === 'Enter' || event.key === ' ') toggle(at);
    else return;
    event.preventDefault();
    mark();
  });
  list.append(...rows);
  const close = openFloating(anchor, list, () => {
    const values = options.map(({ value }) => value).filter((value) => picked.has(value));
    const same = values.length === chosen.length && values.every((value) => chosen.includes(value));
    if (!same && values.length >= least) done(values);
  });
  list.focus({ preventScroll: true });
  mark();
}
