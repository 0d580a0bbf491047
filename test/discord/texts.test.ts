import { describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { helpCard } from '../../src/discord/embeds/helpCard.ts';
import { localize } from '../../src/discord/localize.ts';
import { count } from '../../src/discord/texts/russian/count.ts';
import { catalogueFor, commandText, textsFor, translations } from '../../src/discord/texts.ts';
import { rights } from '../../src/engine/rights.ts';

type Words = (...values: unknown[]) => unknown;

const SIGN = 'Ω';
/** Details of any name, as refusals and failures are given them. */
const details = (value: string | number) => new Proxy({}, { get: () => value });
const SAMPLES = [SIGN, 5, null, true, [SIGN, SIGN], details(SIGN), details(5)];
/** What only refusals look at by itself. */
const REASONS = [
  { author: 'user:5', problem: 'no-name', field: '5' },
  ...rights.flatMap((right) =>
    ['everyone', 'managers', 'owner'].map((by) => ({ right, by, owner: 'user:5' })),
  ),
];

/** Every text of a catalogue, and every function that gives one, by its path. */
function leaves(value: unknown, path = ''): [string, string | Words][] {
  if (typeof value === 'string' || typeof value === 'function') {
    return [[path.slice(1), value as string | Words]];
  }
  return Object.entries(value as object).flatMap(([key, each]) => leaves(each, `${path}.${key}`));
}

/** Every row of so many values. */
function rowsOf(length: number): unknown[][] {
  if (length === 0) return [[]];
  return rowsOf(length - 1).flatMap((row) => SAMPLES.map((sample) => [...row, sample]));
}

/** Every row of values that a text may be called with. */
const rows = (text: string | Words): unknown[][] => {
  const length = typeof text === 'function' ? text.length : 0;
  return [...rowsOf(length), ...(length === 1 ? REASONS.map((each) => [each]) : [])];
};

/** What a text says: by itself, or for one row of values; null where those are not meant for it. */
function said(text: string | Words, row: readonly unknown[]): string | null {
  if (typeof text === 'string') return text;
  try {
    const result = [text(...row)].flat().join(' ');
    return /undefined|NaN|\[object|null|true/.test(result) ? null : result;
  } catch {
    return null;
  }
}

/** Names, and what is typed or clicked as it stands. */
const NAMES =
  /^(Discord|Troupe|PNG|JPEG|GIF|WebP|JSON|CharX|README|UTC|Top|Markdown|English|clyde|discord)$/;
const bare = (text: string): string =>
  text.replaceAll(/`[^`]*`|<[^>]*>|\{\{\w+\}\}|https?:\S+|#\w{6}/g, '');
const latin = (text: string): string[] =>
  (bare(text).match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !NAMES.test(word));
const cyrillic = (text: string): string[] => bare(text).match(/[а-яё]+/gi) ?? [];

const english = catalogueFor(null);
const RIGHT_SCRIPT = { ru: { own: cyrillic, other: latin } } as Record<
  string,
  { own: typeof latin; other: typeof latin }
>;

/** Discord's limits of what a text is shown as, by the paths of such texts. */
const LIMITS: readonly (readonly [RegExp, number])[] = [
  // Titles of forms, and labels of what is typed into them.
  [/\.(form|forms)\.(.*\.)?(title|label)$|\.form\.(add|edit)$/, 45],
  [/^texts\.(characters|lore)\.fields\./, 45],
  [
    /^texts\.persona\.form\.|^texts\.settings\.form\.(?!hint)|^texts\.chats\.settings\.fields\./,
    45,
  ],
  [/^texts\.(words\.remember|variants\.regenerate|travel\.reset)\.(title|label)$/, 45],
  [/^texts\.characters\.parts\.|^texts\.drawerUi\.(actions|fields)\./, 45],
  // Placeholders, and what stands below a label.
  [/\.hints?(\.|$)/, 100],
  [/placeholder|\.pick(\.|$)/, 100],
  // Buttons, and entries of menus.
  [/[bB]utton|\.buttons\.|\.(confirm|discard|done|edit|retire|choose|takeUp|useHere|keep)$/, 80],
  [/\.(modes|rightNames|languages|adultsIn)\./, 80],
];

describe.each(Object.keys(translations))('in %s', (locale) => {
  const translated = catalogueFor(locale);
  const { other } = RIGHT_SCRIPT[locale] ?? { other: cyrillic };

  test('no key is missing, and there is none besides', () => {
    const paths = (catalogue: unknown) =>
      leaves(catalogue)
        .filter(([path]) => !path.startsWith('commands.'))
        .map(([path, text]) => `${path}: ${typeof text}`)
        .sort();
    expect(paths(translated)).toEqual(paths(english));
  });

  test('every text says something wherever the English one does, in its own script', () => {
    const known = new Map(leaves(translated));
    const wrong = leaves(english).flatMap(([path, text]) => {
      const counterpart = known.get(path) ?? '';
      const called = rows(text)
        .map((row) => [said(text, row), said(counterpart, row)] as const)
        .filter(([original]) => original !== null);
      const fits = ([original, words]: (typeof called)[number]) =>
        original !== null &&
        words !== null &&
        (words === '') === (original === '') &&
        other(words).length === 0 &&
        (latin(original).length === 0 || words !== original) &&
        (cyrillic(original).length === 0 || path.includes('.languages.'));
      if (called.length === 0) return [[path, 'was never called']];
      return called.filter((pair) => !fits(pair)).map((pair) => [path, ...pair]);
    });
    expect(wrong).toEqual([]);
  });
});

describe.each(['en-US', ...Object.keys(translations)])('every text in %s', (locale) => {
  const all = leaves(catalogueFor(locale)).flatMap(([path, text]) => {
    const any = rows(text).map((row) => said(text, row));
    return any.filter((each) => each !== null).map((each) => [path, each] as const);
  });

  test('fits where Discord shows it', () => {
    const tooLong = all.filter(([path, text]) =>
      LIMITS.some(([where, most]) => where.test(path) && text.length > most),
    );
    expect(tooLong).toEqual([]);
  });

  test('is plain: without exclamation marks, apologies, or blanks at its ends', () => {
    const wrong = all.filter(
      ([path, text]) =>
        !path.startsWith('commands.') &&
        (/[!]|sorry|apolog|извин|прост(и|ите)\b/i.test(bare(text)) || text !== text.trim()),
    );
    expect(wrong).toEqual([]);
  });
});

test('a language that is not spoken here is answered in English', () => {
  for (const locale of ['de', 'en-GB', 'toString', null]) {
    expect(textsFor(locale)).toBe(textsFor('en-US'));
    expect(commandText('Who', locale)).toBe('Who');
  }
});

test.each([
  [1, '1 сцена'],
  [2, '2 сцены'],
  [5, '5 сцен'],
  [11, '11 сцен'],
  [21, '21 сцена'],
  [0.5, '0,5 сцены'],
  [1_112, '1 112 сцен'],
])('%d goes with the form of its word', (number, words) => {
  expect(count(number, 'сцена', 'сцены', 'сцен').replaceAll(/\s/g, ' ')).toBe(words);
});

describe('commands', () => {
  interface Part {
    readonly name: string;
    readonly description?: string;
    readonly description_localizations?: Readonly<Record<string, string>>;
    readonly name_localizations?: Readonly<Record<string, string>>;
    readonly options?: readonly Part[];
    readonly choices?: readonly Part[];
  }
  const registered = commands.map(({ data }) => localize(data as Part));
  const parts = registered.flatMap(function all(part: Part): Part[] {
    return [part, ...(part.options ?? []).flatMap(all)];
  });
  const choices = parts.flatMap((part) => part.choices ?? []);
  const menus = registered.filter(({ description }) => description === undefined);
  const read = [
    ...parts.flatMap(({ description, description_localizations: others }) =>
      description === undefined ? [] : [{ english: description, others, most: 100 }],
    ),
    ...choices.map(({ name, name_localizations: others }) => ({
      english: name,
      others,
      most: 100,
    })),
    ...menus.map(({ name, name_localizations: others }) => ({ english: name, others, most: 32 })),
  ];

  test.each(Object.keys(translations))('are described whole in %s, within the limits', (locale) => {
    const known = translations[locale]?.commands ?? {};
    const own = RIGHT_SCRIPT[locale]?.own ?? latin;
    expect(read.filter(({ english: text }) => !Object.hasOwn(known, text))).toEqual([]);
    expect(read.filter(({ others, most }) => (others?.[locale]?.length ?? 0) > most)).toEqual([]);
    expect(
      read.filter(
        ({ english: text, others }) =>
          latin(text).length > 0 && own(others?.[locale] ?? '').length === 0,
      ),
    ).toEqual([]);
    const unused = Object.keys(known).filter((text) => !read.some((each) => each.english === text));
    expect(unused).toEqual([]);
  });

  test.each(['en-US', ...Object.keys(translations)])('fit on the card of /help in %s', (locale) => {
    const mention = (path: string) => `</${path}:1573698953323479040>`;
    expect(helpCard(commands, mention, locale).description?.length).toBeLessThanOrEqual(4_096);
  });

  test('that stand beside each other keep names apart', () => {
    for (const locale of Object.keys(translations)) {
      for (const { choices: among = [] } of parts) {
        const names = among.map(({ name_localizations: others }) => others?.[locale]);
        expect(new Set(names).size).toBe(names.length);
      }
    }
  });
});
