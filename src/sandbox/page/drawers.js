/** Left and right side: columns where there is room, drawers on a phone. */
import { byId } from './dom.js';

const phone = matchMedia('(max-width: 760px)');
const narrow = matchMedia('(max-width: 1080px)');
const sides = /** @type {const} */ ({ left: 'sidebar', right: 'aside' });
/** @type {HTMLElement | null} what opened the drawer */
let opener = null;

export function setUpDrawers() {
  for (const side of /** @type {const} */ (['left', 'right'])) {
    const button = byId(`toggle-${side}`);
    button.addEventListener('click', () => {
      document.body.classList.toggle('has-moved', phone.matches || narrow.matches);
      toggle(side, button);
    });
  }
  byId('scrim').addEventListener('click', closeDrawers);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && opener) closeDrawers();
  });
  phone.addEventListener('change', settle);
  narrow.addEventListener('change', settle);
  settle();
}

/** What stands open by itself at this width. */
function settle() {
  opener = null;
  const stored = localStorage.getItem('troupe.people');
  set('left', !phone.matches);
  set('right', narrow.matches ? false : stored !== 'closed');
}

/**
 * @param {keyof typeof sides} side
 * @param {HTMLElement} button
 */
function toggle(side, button) {
  const open = document.body.dataset[side] !== 'open';
  if (phone.matches && open) closeDrawers();
  set(side, open);
  if (!phone.matches) {
    if (side === 'right' && !narrow.matches)
      localStorage.setItem('troupe.people', open ? 'open' : 'closed');
    return;
  }
  opener = open ? button : null;
  if (!open) return;
  const drawer = byId(sides[side]);
  const first = drawer.querySelector('[aria-current], [aria-selected=true], button');
  if (first instanceof HTMLElement) first.focus();
}

/**
 * @param {keyof typeof sides} side
 * @param {HTMLElement} button the one that closes it again
 */
export function openDrawer(side, button) {
  if (document.body.dataset[side] === 'open') return;
  document.body.classList.toggle('has-moved', phone.matches || narrow.matches);
  toggle(side, button);
}

/**
 * @param {keyof typeof sides} side
 * @param {boolean} open
 */
function set(side, open) {
  document.body.dataset[side] = open ? 'open' : 'closed';
  byId(`toggle-${side}`).setAttribute('aria-expanded', String(open));
  byId(sides[side]).inert = !open;
  const covered =
    phone.matches && Object.keys(sides).some((one) => document.body.dataset[one] === 'open');
  byId('scrim').hidden = !covered;
  byId('main').inert = covered;
}

export function closeDrawers() {
  if (!phone.matches) return;
  set('left', false);
  set('right', false);
  opener?.focus();
  opener = null;
}
