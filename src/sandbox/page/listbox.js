/**
 * The list of proposals over a text field: the field keeps the focus, arrows move through the list.
 */
import { h } from './dom.js';

/**
 * @typedef {object} Proposal
 * @property {string} key
 * @property {string} label
 * @property {string} [detail]
 * @property {Node} [picture]
 *
 * @typedef {object} Listbox
 * @property {HTMLElement} element
 * @property {(field: HTMLElement, proposals: Proposal[], options: ShowOptions) => void} show
 * @property {() => void} hide
 * @property {(step: number) => boolean} move false when there is nothing to move through
 * @property {() => boolean} pick picks the active proposal; false when none is active
 * @property {() => boolean} isOpen
 *
 * @typedef {object} ShowOptions
 * @property {string} title
 * @property {boolean} [first] whether the first proposal is active at once
 * @property {string} [empty] what to say when there is none
 * @property {(proposal: Proposal) => void} onPick
 */

/** @returns {Listbox} */
export function createListbox(/** @type {string} */ id) {
  const list = h('div', { id, role: 'listbox', class: 'listbox-items' });
  const title = h('div', { class: 'listbox-title' });
  const empty = h('div', { class: 'listbox-empty', role: 'status' });
  const element = h('div', { class: 'listbox', hidden: true }, title, list, empty);
  /** @type {HTMLElement | null} */
  let field = null;
  /** @type {Proposal[]} */
  let shown = [];
  let active = -1;
  /** @type {((proposal: Proposal) => void) | undefined} */
  let onPick;

  const mark = () => {
    [...list.children].forEach((child, index) => {
      child.setAttribute('aria-selected', String(index === active));
      if (index === active) child.scrollIntoView({ block: 'nearest' });
    });
    if (active >= 0) field?.setAttribute('aria-activedescendant', `${id}-${active}`);
    else field?.removeAttribute('aria-activedescendant');
  };

  const hide = () => {
    if (element.hidden) return;
    element.hidden = true;
    active = -1;
    shown = [];
    field?.setAttribute('aria-expanded', 'false');
    field?.removeAttribute('aria-activedescendant');
  };

  // The field must not lose the focus to the list.
  element.addEventListener('pointerdown', (event) => event.preventDefault());
  element.addEventListener('click', (event) => {
    const row = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    const proposal = row ? shown[[...list.children].indexOf(row)] : undefined;
    if (proposal) onPick?.(proposal);
  });

  return {
    element,
    hide,
    show(newField, proposals, options) {
      if (field && field !== newField) hide();
      field = newField;
      const before = shown[active]?.key;
      shown = proposals;
      onPick = options.onPick;
      active = proposals.findIndex(({ key }) => key === before);
      if (active < 0 && options.first && proposals.length > 0) active = 0;
      title.textContent = options.title;
      list.setAttribute('aria-label', options.title);
      list.replaceChildren(...proposals.map((proposal, index) => row(proposal, `${id}-${index}`)));
      list.hidden = proposals.length === 0;
      empty.textContent = proposals.length === 0 ? (options.empty ?? '') : '';
      element.hidden = proposals.length === 0 && !options.empty;
      field.setAttribute('aria-expanded', String(proposals.length > 0));
      field.setAttribute('aria-controls', id);
      mark();
    },
    move(step) {
      if (element.hidden || shown.length === 0) return false;
      active =
        active < 0 && step < 0 ? shown.length - 1 : (active + step + shown.length) % shown.length;
      mark();
      return true;
    },
    pick() {
      const proposal = element.hidden ? undefined : shown[active];
      if (!proposal) return false;
      onPick?.(proposal);
      return true;
    },
    isOpen: () => !element.hidden,
  };
}

/**
 * @param {Proposal} proposal
 * @param {string} id
 */
function row(proposal, id) {
  return h(
    'div',
    { id, role: 'option', class: 'listbox-row', 'aria-selected': 'false' },
    proposal.picture,
    h('span', { class: 'listbox-label' }, proposal.label),
    proposal.detail && h('span', { class: 'listbox-detail' }, proposal.detail),
  );
}
