import { type DateSpan, datesIn } from './dates.ts';

/** What the memory is asked for, made from the words of recent turns. */
export interface Query {
  /** Rare and telling words, without the names of the cast. */
  readonly words: readonly string[];
  /** The one of the cast whom it names; null where it names nobody, or several. */
  readonly about: string | null;
  readonly dates: readonly DateSpan[];
  readonly asks: { readonly when: boolean; readonly number: boolean };
}

/** More words than that cost time and find nothing better. */
const MOST_WORDS = 24;

const STOP_WORDS = new Set(
  `a about above after again all also am an and any are aren't as at back be because been before being
  but by can can't could couldn't did didn't do does doesn't doing don't done down each ever every few
  for from get gets getting go goes going gonna got had has hasn't have haven't having he he's her here
  hers herself hi hey him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself
  just know let's like lot made make many may me might more most much must my myself no nor not now of
  off oh ok okay on once one only or other our ours out over own really said same say says see she
  she's should so some something still such take than that that's the their theirs them then there
  there's these they they're thing things think this those through to too under until up upon us very
  was wasn't way we we're we've well went were what what's when where which while who whom whose why
  will with won't would wouldn't wow yeah yes yet you you'd you'll you're you've your yours yourself`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/**
 * @param texts the recent turns, newest last; the newest speak first where there are too many words.
 * @param names of the cast: what every second memory holds finds nothing.
 */
export function queryOf(texts: readonly string[], names: readonly string[]): Query {
  const named = new Set(names.flatMap(wordsIn));
  const words = new Set<string>();
  for (const text of texts.toReversed()) {
    for (const word of wordsIn(text)) {
      if (words.size < MOST_WORDS && isTelling(word) && !named.has(word)) words.add(word);
    }
  }
  const newest = texts.at(-1) ?? '';
  const mentioned = names.filter((name) => firstMention(newest, [name]) !== null);
  const asked = newest.toLowerCase();
  return {
    words: words.size > 0 ? [...words] : mentioned.flatMap(wordsIn),
    about: mentioned.length === 1 ? (mentioned[0] ?? null) : null,
    dates: datesIn(newest),
    asks: {
      when: /\b(when|how long|what (day|date|month|year|time)|which (day|date|month|year))\b/.test(
        asked,
      ),
      number: /\bhow (many|much|long|old|often|far)\b/.test(asked),
    },
  };
}

/** Lower-case words; an apostrophe within one stays. */
export const wordsIn = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('’', "'")
    .match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu)
    ?.map((word) => word.replace(/'s$/, '')) ?? [];

export const isTelling = (word: string): boolean =>
  !STOP_WORDS.has(word) && (word.length > 1 || /[^a-z]/.test(word));

/** Which of some names a text mentions first: whom it is about, or who says it. */
export function firstMention(text: string, names: readonly string[]): string | null {
  let first: { name: string; at: number } | null = null;
  for (const name of names) {
    const at = indexOfName(text, name);
    if (at >= 0 && (first === null || at < first.at)) first = { name, at };
  }
  return first?.name ?? null;
}

const LETTER = /[\p{L}\p{N}]/u;

/** Names are capitalized: a Will is not mentioned by whoever will. */
function indexOfName(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + name.length] ?? ' ';
    if (!LETTER.test(before) && !LETTER.test(after)) return at;
  }
  return -1;
}
