/**
 * The stream of notices. Lost connections are taken up again by themselves, at first soon, then
 * at growing intervals, and at once when the browser says that it is back online.
 *
 * @import { Notice } from '../protocol.ts'
 *
 * @typedef {object} Handlers
 * @property {(notice: Notice) => void} notice
 * @property {(again: boolean) => void} open `again`: what was missed must be fetched
 * @property {() => void} lost
 */

const firstWait = 500;
const longestWait = 15_000;

/**
 * @param {string} person
 * @param {Handlers} handlers
 * @returns {{ stop: () => void, send: (what: object) => void }} what is sent while there is no connection is lost
 */
export function listen(person, handlers) {
  let ended = false;
  let opened = false;
  let wait = firstWait;
  /** @type {WebSocket | undefined} */
  let socket;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const connect = () => {
    clearTimeout(timer);
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const query = new URLSearchParams({ person });
    const current = new WebSocket(`${scheme}://${location.host}/sandbox/socket?${query}`);
    socket = current;
    current.addEventListener('open', () => {
      if (ended) return;
      wait = firstWait;
      handlers.open(opened);
      opened = true;
    });
    current.addEventListener('message', (event) => {
      if (!ended) handlers.notice(/** @type {Notice} */ (JSON.parse(String(event.data))));
    });
    current.addEventListener('close', () => {
      if (ended || socket !== current) return;
      handlers.lost();
      // Spread out, so that many pages do not come back in the same instant.
      timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, longestWait);
    });
  };

  const soon = () => {
    if (socket?.readyState === WebSocket.CLOSED) connect();
  };
  window.addEventListener('online', soon);
  connect();
  return {
    stop: () => {
      ended = true;
      clearTimeout(timer);
      window.removeEventListener('online', soon);
      socket?.close();
    },
    send: (what) => {
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(what));
    },
  };
}
