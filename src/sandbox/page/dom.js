/** Building and patching DOM nodes. Text always becomes text nodes; nothing here parses HTML. */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown>} [props] attributes; `on…` are listeners, false, null and undefined are left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function')
      element.addEventListener(key.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

/**
 * @param {Element | DocumentFragment} parent
 * @param {Child[]} children
 */
export function append(parent, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false || child === '') continue;
    parent.append(typeof child === 'number' ? String(child) : child);
  }
}

/**
 * @param {Child[]} children
 * @returns {DocumentFragment}
 */
export function fragment(children) {
  const result = document.createDocumentFragment();
  append(result, children);
  return result;
}

/**
 * The element with this id, which the page's HTML holds.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
}

/**
 * Makes `container` hold one element per item, in order. Elements whose key stays are kept, so that
 * focus, selection and scroll positions survive.
 * @template T
 * @param {Element} container
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => HTMLElement} create
 * @param {(element: HTMLElement, item: T) => void} [update]
 */
export function keyed(container, items, keyOf, create, update) {
  /** @type {Map<string, HTMLElement>} */
  const existing = new Map();
  for (const child of container.children)
    if (child instanceof HTMLElement && child.dataset.key) existing.set(child.dataset.key, child);

  const wanted = items.map((item) => {
    const key = keyOf(item);
    const kept = existing.get(key);
    existing.delete(key);
    const element = kept ?? create(item);
    element.dataset.key = key;
    if (kept) update?.(kept, item);
    return element;
  });
  for (const gone of existing.values()) gone.remove();
  let cursor = container.firstElementChild;
  for (const element of wanted) {
    if (element === cursor) cursor = cursor.nextElementSibling;
    else container.insertBefore(element, cursor);
  }
}

/**
 * Changes `current` until it equals `wanted`, touching only what differs: a reply that grows by a
 * few words keeps its nodes, and with them the reader's selection.
 * @param {Node} current
 * @param {Node} wanted its children are taken over
 */
export function patch(current, wanted) {
  const next = [...wanted.childNodes];
  next.forEach((node, index) => {
    const old = current.childNodes[index];
    if (!old) current.appendChild(node);
    else if (old.nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) {
      if (old.nodeValue !== node.nodeValue) old.nodeValue = node.nodeValue;
    } else if (old instanceof Element && node instanceof Element && sameShell(old, node))
      patch(old, node);
    else current.replaceChild(node, old);
  });
  while (current.childNodes.length > next.length) current.lastChild?.remove();
}

/**
 * @param {Element} a
 * @param {Element} b
 */
function sameShell(a, b) {
  // A spoiler that the reader has opened stays open.
  if (a.matches('.spoiler[data-open]') && b.matches('.spoiler')) return true;
  return a.cloneNode(false).isEqualNode(b.cloneNode(false));
}
