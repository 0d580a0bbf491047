/** A day, month or year as words name it; what they leave open is null. */
export interface DateSpan {
  readonly year: number | null;
  /** 1 to 12. */
  readonly month: number | null;
  readonly day: number | null;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTH = `(?<month>${MONTHS.map((name) => (name === 'may' ? 'may' : `${name.slice(0, 3)}(?:${name.slice(3)})?`)).join('|')}|sept)\\.?`;
const DAY = '(?<day>[0-3]?\\d)(?:st|nd|rd|th)?';
const YEAR = '(?<year>(?:1\\d|20)\\d\\d)';

/** From the most exact to the least: what one has read, the next does not read again. */
const FORMS = [
  /\b(?<year>\d{4})[-/](?<month>[01]?\d)[-/](?<day>[0-3]?\d)(?!\d)/g,
  new RegExp(`\\b${DAY}(?: of)? ${MONTH}(?:,? ${YEAR})?(?![\\w])`, 'gi'),
  new RegExp(`\\b${MONTH} ${DAY}(?:,? ${YEAR})?(?![\\w])`, 'gi'),
  new RegExp(`\\b${MONTH},? (?:of )?${YEAR}\\b`, 'gi'),
  // A month alone is capitalized: "may" and "march" are verbs too.
  new RegExp(
    `\\b(?<month>${MONTHS.map((name) => name.replace(/^./, (letter) => letter.toUpperCase())).join('|')})\\b`,
    'g',
  ),
  new RegExp(`\\b(?:in|since|of|during) ${YEAR}\\b`, 'gi'),
];

/** The dates that a text names in English words or digits; "last week" is none. */
export function datesIn(text: string): DateSpan[] {
  let rest = text;
  const spans: DateSpan[] = [];
  for (const form of FORMS) {
    rest = rest.replace(form, (...matched) => {
      const { year, month, day } = matched.at(-1) as Record<string, string | undefined>;
      const span = {
        year: year === undefined ? null : Number(year),
        month: month === undefined ? null : monthOf(month),
        day: day === undefined ? null : Number(day),
      };
      if (isDate(span)) spans.push(span);
      return ' ';
    });
  }
  return spans;
}

const monthOf = (word: string): number =>
  /^\d/.test(word)
    ? Number(word)
    : MONTHS.findIndex((name) => name.startsWith(word.toLowerCase().slice(0, 3))) + 1;

const isDate = ({ month, day }: DateSpan): boolean =>
  (month === null || (month >= 1 && month <= 12)) && (day === null || (day >= 1 && day <= 31));

export const DAY_MS = 86_400_000;

/**
 * Days from a span to a moment, in milliseconds since 1970: negative before it, 0 within it, positive
 * after it. Where the span names no year, that of the nearest such date counts.
 */
export function daysFrom(span: DateSpan, moment: number): number {
  const near = new Date(moment).getUTCFullYear();
  const years = span.year === null ? [near - 1, near, near + 1] : [span.year];
  const distances = years.map((year) => {
    const from = Date.UTC(year, (span.month ?? 1) - 1, span.day ?? 1);
    const to =
      span.day !== null
        ? from + DAY_MS
        : span.month !== null
          ? Date.UTC(year, span.month, 1)
          : Date.UTC(year + 1, 0, 1);
    if (moment < from) return (moment - from) / DAY_MS;
    return moment < to ? 0 : (moment - to) / DAY_MS;
  });
  return distances.reduce((best, each) => (Math.abs(each) < Math.abs(best) ? each : best));
}

/** The moment that story time counts from, where the words of its anchor name a whole date. */
export function anchorDate(anchor: string | null): number | null {
  const span = datesIn(anchor ?? '').find(({ year, month, day }) => year && month && day);
  if (span === undefined) return null;
  return Date.UTC(span.year ?? 0, (span.month ?? 1) - 1, span.day ?? 1);
}
