/** Times in the reader's own language and zone. */

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** @type {Record<string, Intl.DateTimeFormatOptions>} Discord's styles of `<t:…:style>` */
const styles = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

export function clockTime(/** @type {Date} */ date) {
  return clock.format(date);
}

export function fullTime(/** @type {Date} */ date) {
  return full.format(date);
}

/** "Today", "Yesterday" or the date. */
export function dayName(/** @type {Date} */ date, now = new Date()) {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (days === 0) return 'Today';
  return days === 1 ? 'Yesterday' : day.format(date);
}

export function sameDay(/** @type {Date} */ a, /** @type {Date} */ b) {
  return startOfDay(a) === startOfDay(b);
}

function startOfDay(/** @type {Date} */ date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** For a message's head: the time today, with the day before that. */
export function messageTime(/** @type {Date} */ date, now = new Date()) {
  return sameDay(date, now) ? clockTime(date) : `${dayName(date, now)}, ${clockTime(date)}`;
}

/**
 * @param {number} seconds since 1970
 * @param {string} style
 * @param {number} [now] in ms
 */
export function styledTime(seconds, style, now = Date.now()) {
  if (style === 'R') return relativeTime(seconds - now / 1000);
  return new Intl.DateTimeFormat(undefined, styles[style] ?? styles.f).format(seconds * 1000);
}

function relativeTime(/** @type {number} */ away) {
  const [unit, size] = units.find(([, length]) => Math.abs(away) >= length) ?? ['second', 1];
  return relative.format(Math.trunc(away / size), unit);
}

/** Keeps "2 minutes ago" true while it stands on the page. */
export function tickRelativeTimes() {
  setInterval(() => {
    if (document.hidden) return;
    for (const element of document.querySelectorAll('time[data-relative]'))
      if (element instanceof HTMLElement)
        element.textContent = styledTime(Number(element.dataset.relative), 'R');
  }, 10_000);
}
