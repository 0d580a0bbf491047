/**
 * A panel beside what opened it (on a phone, a sheet at the bottom): closed by Escape, by a press
 * elsewhere, or when the focus leaves. The focus returns to where it came from.
 */
import { h } from './dom.js';
import { icon } from './icons.js';

/** @type {(() => void) | undefined} */
let closeOpen;

/**
 * @param {Element | { x: number, y: number }} anchor
 * @param {HTMLElement} panel
 * @param {() => void} [onClose]
 * @returns {() => void} closes it
 */
export function openFloating(anchor, panel, onClose) {
  closeOpen?.();
  const before = document.activeElement;
  panel.classList.add('floating');
  const veil = h('div', { class: 'veil' });
  document.body.append(veil, panel);
  place(anchor, panel);

  const close = () => {
    if (closeOpen !== close) return;
    closeOpen = undefined;
    const hadFocus = panel.contains(document.activeElement);
    panel.remove();
    veil.remove();
    window.removeEventListener('resize', close);
    if (anchor instanceof Element) anchor.setAttribute('aria-expanded', 'false');
    if (hadFocus && before instanceof HTMLElement && before.isConnected) before.focus();
    onClose?.();
  };
  closeOpen = close;
  if (anchor instanceof Element) anchor.setAttribute('aria-expanded', 'true');
  veil.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    close();
  });
  veil.addEventListener('contextmenu', (event) => event.preventDefault());
  window.addEventListener('resize', close);
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' && event.key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  });
  return close;
}

/**
 * Below the anchor where there is room, else above it, never out of the window.
 * @param {Element | { x: number, y: number }} anchor
 * @param {HTMLElement} panel
 */
function place(anchor, panel) {
  const box =
    anchor instanceof Element
      ? anchor.getBoundingClientRect()
      : new DOMRect(anchor.x, anchor.y, 0, 0);
  const gap = anchor instanceof Element ? 4 : 0;
  if (anchor instanceof Element) panel.style.minWidth = `${Math.min(box.width, 420)}px`;
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = box.bottom + gap;
  const top = below + height < innerHeight - 8 ? below : Math.max(8, box.top - gap - height);
  panel.style.top = `${top}px`;
  panel.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
}

/**
 * @typedef {object} MenuItem
 * @property {string} label
 * @property {import('./icons.js').IconName} [icon]
 * @property {Node} [picture]
 * @property {boolean} [danger]
 * @property {boolean} [checked] for a choice of one among several
 * @property {string} [heading] starts a group
 * @property {() => void} run
 */

/**
 * @param {Element | { x: number, y: number }} anchor
 * @param {string} label
 * @param {MenuItem[]} items
 */
export function openMenu(anchor, label, items) {
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label });
  for (const item of items) {
    if (item.heading)
      menu.append(h('div', { class: 'menu-heading', role: 'presentation' }, item.heading));
    menu.append(menuItem(item, () => close()));
  }
  const rows = [...menu.querySelectorAll('button')];
  menu.addEventListener('keydown', (event) => {
    const at = rows.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rows.at(to % rows.length)?.focus();
  });
  const close = openFloating(anchor, menu);
  (rows.find((row) => row.getAttribute('aria-checked') === 'true') ?? rows[0])?.focus({
    preventScroll: true,
  });
}

/**
 * @param {MenuItem} item
 * @param {() => void} close
 */
function menuItem(item, close) {
  return h(
    'button',
    {
      type: 'button',
      class: item.danger ? 'menu-item is-danger' : 'menu-item',
      role: item.checked === undefined ? 'menuitem' : 'menuitemradio',
      'aria-checked': item.checked === undefined ? null : String(item.checked),
      onclick: () => {
        close();
        item.run();
      },
    },
    item.picture,
    h('span', { class: 'menu-label' }, item.label),
    item.icon && icon(item.icon),
  );
}
