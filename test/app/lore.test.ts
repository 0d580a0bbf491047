import { describe, expect, test } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import { Homes } from '../../src/app/homes.ts';
import { booksOf, Lore } from '../../src/app/lore.ts';
import { Rights } from '../../src/app/rights.ts';
import { cards } from '../../src/cards/index.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { rightKey, type Standing } from '../../src/engine/rights.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { standing } from '../support/standing.ts';

const HOME = '100000000000000001';
const ELSEWHERE = '100000000000000009';
const ANN = 'user:100000000000000002';
const BOB = 'user:100000000000000003';

/** Ann's book with one entry, in a home where a role configures. */
function library() {
  const store = sqliteStore(openDatabase(':memory:'));
  const clock = { now: () => 1_000, sleep: () => Promise.resolve() };
  const homes = new Homes(store, clock, []);
  let ids = 0;
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const chats = new Chats(store, clock, log);
  const rights = new Rights(chats, homes);
  const lore = new Lore({ homes, chats, rights, cards, newId: () => `id${ids++}` });
  const set = (settings: Record<string, string>) =>
    homes.execute({
      home: HOME,
      id: JSON.stringify(settings),
      actor: 'troupe',
      decide: () => [{ type: 'HomeConfigured', payload: { settings } }],
    });
  set({ [rightKey('configure')]: '7' });
  const asked = { by: standing(ANN), command: 'c1' };
  const book = lore.begin(HOME, 'The street', asked);
  const { id: entry } = lore.write(HOME, book, null, { keys: ['tower'], content: 'Nine.' }, asked);
  return { lore, homes, set, book, entry };
}

const codeOf = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('who may do what with a lorebook', () => {
  const people: [string, Standing, boolean][] = [
    ['its author', standing(ANN), true],
    ['somebody else', standing(BOB), false],
    ['a channel manager', standing(BOB, { managesChannels: true }), false],
    ['a server manager', standing(BOB, { managesServer: true }), true],
    ['a role that configures', standing(BOB, { roles: ['7'] }), true],
  ];
  test.each(people)('%s', (_who, by, may) => {
    const { lore, book, entry, homes } = library();
    const asked = { by, command: 'c2' };
    expect(lore.list(HOME, by)[0]?.own).toBe(may);
    for (const act of [
      () => lore.demand(HOME, book, by),
      () => lore.entry(HOME, book, entry, by),
      () => lore.exportBook(HOME, book, by),
      () => lore.write(HOME, book, entry, { content: 'Ten.' }, asked),
      () => lore.remove(HOME, book, entry, { by, command: 'c3' }),
      () => lore.retire(HOME, book, { by, command: 'c4' }),
    ]) {
      expect(codeOf(act)).toBe(may ? null : 'not-your-book');
    }
    expect(homes.read(HOME).books[book] === undefined).toBe(may);
    expect(codeOf(() => lore.begin(HOME, 'Mine', { by, command: 'c5' }))).toBeNull();
  });

  test('where only a role may write, others begin nothing and change none of their own', () => {
    const { lore, set, book } = library();
    set({ [rightKey('author-characters')]: '8' });
    const asked = { by: standing(ANN), command: 'c2' };
    expect(codeOf(() => lore.begin(HOME, 'Mine', asked))).toBe('not-allowed');
    const bytes = new TextEncoder().encode('{"entries":[{"keys":["a"],"content":"b"}]}');
    expect(codeOf(() => lore.importBook(HOME, bytes, null, asked))).toBe('not-allowed');
    expect(codeOf(() => lore.retire(HOME, book, asked))).toBe('not-your-book');
  });

  test('two servers never see each other’s books', () => {
    const { lore, book, entry, homes } = library();
    const by = standing(ANN, { managesServer: true });
    expect(lore.list(ELSEWHERE, by)).toEqual([]);
    for (const act of [
      () => lore.find(ELSEWHERE, book, by),
      () => lore.entry(ELSEWHERE, book, entry, by),
      () => lore.exportBook(ELSEWHERE, book, by),
      () => lore.retire(ELSEWHERE, book, { by, command: 'c2' }),
    ]) {
      expect(codeOf(act)).toBe('unknown-book');
    }
    // A story of another server that names the book is told nothing of it.
    expect(booksOf(homes.read(ELSEWHERE), { books: [book] })).toEqual([]);
    expect(booksOf(homes.read(HOME), { books: [book] })).toHaveLength(1);
  });
});

describe('a lorebook', () => {
  test('keeps what an entry was when only a part of it is written anew', () => {
    const { lore, book, entry } = library();
    const by = standing(ANN);
    const asked = { by, command: 'c2' };
    lore.write(HOME, book, entry, { probability: 30, knownBy: ['Wren'] }, asked);
    expect(lore.entry(HOME, book, entry, by)).toMatchObject({
      keys: ['tower'],
      content: 'Nine.',
      probability: 30,
      knownBy: ['Wren'],
    });
    const long = { content: 'x'.repeat(16_001) };
    expect(codeOf(() => lore.write(HOME, book, entry, long, { by, command: 'c3' }))).toBe(
      'broken-entry',
    );
  });

  test('is one of 25 at most', () => {
    const { lore } = library();
    const begin = (at: number) =>
      codeOf(() => lore.begin(HOME, `Book ${at}`, { by: standing(ANN), command: `b${at}` }));
    expect(Array.from({ length: 24 }, (_, at) => begin(at)).every((code) => code === null)).toBe(
      true,
    );
    expect(begin(24)).toBe('books-full');
  });
});
