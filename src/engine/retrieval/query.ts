import { type DateSpan, datesIn } from './dates.ts';
import { mentionsOf } from './mentions.ts';
import { isTelling, wordsIn } from './words.ts';

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

/**
 * @param texts the recent turns, newest last; the newest speak first where there are too many words.
 * @param names of the cast: what every second memory holds finds nothing.
 * @param self the name of the one who remembers: whoever is addressed by it is asked, not asked about.
 */
export function queryOf(
  texts: readonly string[],
  names: readonly string[],
  self: string | null = null,
): Query {
  const named = new Set(names.flatMap(wordsIn));
  const words = new Set<string>();
  for (const text of texts.toReversed()) {
    for (const word of wordsIn(text)) {
      if (words.size < MOST_WORDS && isTelling(word) && !named.has(word)) words.add(word);
    }
  }
  const newest = texts.at(-1) ?? '';
  const mentioned = [...mentionsOf(names).all(newest)].filter((name) => name !== self);
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
