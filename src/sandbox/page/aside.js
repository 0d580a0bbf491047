/** The right side has two leaves: the people, and the application's requests for whoever asks. */
import { byId } from './dom.js';
import { openDrawer } from './drawers.js';
import { drawRequests, setUpRequests } from './requestLog.js';
import { watchRequests } from './session.js';

const leaves = /** @type {const} */ (['people', 'requests']);
/** @type {typeof leaves[number]} */
let shown = 'people';

export function setUpAside() {
  setUpRequests();
  for (const leaf of leaves) {
    const tab = byId(`tab-${leaf}`);
    tab.addEventListener('click', () => show(leaf));
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      event.preventDefault();
      show(leaf === 'people' ? 'requests' : 'people');
      byId(`tab-${shown}`).focus();
    });
  }
  // Whether anyone can see the log depends on the drawer, too.
  new MutationObserver(watchIfSeen).observe(document.body, { attributeFilter: ['data-right'] });
  document.addEventListener('visibilitychange', watchIfSeen);
  show('people');
}

export function showRequests() {
  openDrawer('right', byId('toggle-right'));
  show('requests');
  byId('tab-requests').focus();
}

function show(/** @type {typeof leaves[number]} */ leaf) {
  shown = leaf;
  document.body.dataset.leaf = leaf;
  for (const one of leaves) {
    byId(one).hidden = one !== leaf;
    const tab = byId(`tab-${one}`);
    tab.setAttribute('aria-selected', String(one === leaf));
    tab.tabIndex = one === leaf ? 0 : -1;
  }
  watchIfSeen();
  if (leaf === 'requests') drawRequests();
}

function watchIfSeen() {
  watchRequests(shown === 'requests' && document.body.dataset.right === 'open' && !document.hidden);
}
