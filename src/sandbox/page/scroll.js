/**
 * Where the reader stands. At the end, the conversation stays at its end; anywhere else, what is
 * being read stays where it is, whatever is added or changed around it.
 */

/** So near to the end counts as being there. */
const slack = 48;

/**
 * @param {HTMLElement} scroller
 * @param {HTMLElement} button "New messages"
 */
export function createScroll(scroller, button) {
  let atEnd = true;
  const toEnd = () => {
    atEnd = true;
    button.hidden = true;
    scroller.scrollTop = scroller.scrollHeight;
  };
  /** @type {(() => void) | undefined} */
  let whenTop;

  scroller.addEventListener(
    'scroll',
    () => {
      atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < slack;
      if (atEnd) button.hidden = true;
      if (scroller.scrollTop < 300) whenTop?.();
    },
    { passive: true },
  );
  button.addEventListener('click', () => {
    toEnd();
    scroller.focus({ preventScroll: true });
  });
  // Pictures that arrive, a window that turns, a composer that grows.
  const observer = new ResizeObserver(() => {
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  });
  observer.observe(scroller);
  for (const child of scroller.children) observer.observe(child);

  return {
    toEnd,
    reset: toEnd,
    isShort: () => scroller.scrollHeight <= scroller.clientHeight,
    noteNew() {
      if (!atEnd) button.hidden = false;
    },
    onTop(/** @type {() => void} */ run) {
      whenTop = run;
    },
    keepPlace(/** @type {() => void} */ change) {
      if (atEnd) {
        change();
        scroller.scrollTop = scroller.scrollHeight;
        return;
      }
      const top = scroller.getBoundingClientRect().top;
      const anchor = [...scroller.querySelectorAll('.message, .system-line')].find(
        (element) => element.getBoundingClientRect().bottom > top,
      );
      const before = anchor?.getBoundingClientRect().top ?? 0;
      change();
      if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
    },
  };
}
