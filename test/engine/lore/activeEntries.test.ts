import { describe, expect, test } from 'vitest';
import { activeEntries } from '../../../src/engine/lore/activeEntries.ts';
import type { Lorebook, LoreEntry } from '../../../src/engine/lore/lorebook.ts';

const entry = (id: string, given: Partial<LoreEntry> = {}): LoreEntry => ({
  id,
  name: id,
  keys: [id],
  secondaryKeys: [],
  content: `about ${id}`,
  enabled: true,
  constant: false,
  order: 100,
  priority: 100,
  scanDepth: null,
  probability: 100,
  caseSensitive: false,
  knownBy: [],
  ...given,
});

const told = (
  entries: readonly LoreEntry[],
  recent: readonly string[],
  {
    book = {},
    names = ['Wren'],
    die = () => 0,
  }: { book?: Partial<Lorebook>; names?: string[]; die?: (id: string) => number } = {},
): string[] =>
  activeEntries(
    { name: '', scanDepth: 2, budget: null, recursive: false, ...book, entries: [...entries] },
    { recent, names, die },
  ).map(({ id }) => id);

describe('an entry is told', () => {
  test('when one of its keys occurs in as many of the last turns as are searched', () => {
    const entries = [entry('tower'), entry('vase', { scanDepth: 3 }), entry('street')];
    expect(told(entries, ['the vase', 'the Tower', 'nothing'])).toEqual(['tower', 'vase']);
    expect(told(entries, ['the tower', 'a', 'b'])).toEqual([]);
  });

  test('for whole words only, where words are parted; case counts where it says so', () => {
    expect(told([entry('art')], ['the party'])).toEqual([]);
    expect(told([entry('art')], ['Art!'])).toEqual(['art']);
    expect(told([entry('塔')], ['古塔的鐘'])).toEqual(['塔']);
    expect(told([entry('башня')], ['башня?'])).toEqual(['башня']);
    expect(told([entry('Art', { caseSensitive: true })], ['art'])).toEqual([]);
  });

  test('when a secondary key occurs too, where it has any', () => {
    const entries = [entry('tower', { secondaryKeys: ['night', 'fog'] })];
    expect(told(entries, ['the tower'])).toEqual([]);
    expect(told(entries, ['the tower', 'in fog'])).toEqual(['tower']);
  });

  test('always when it is constant, never when it is switched off', () => {
    const entries = [
      entry('a', { constant: true }),
      entry('b', { enabled: false, constant: true }),
    ];
    expect(told(entries, [])).toEqual(['a']);
  });

  test('as often as the die allows', () => {
    const entries = [entry('tower', { probability: 40 })];
    expect(told(entries, ['tower'], { die: () => 39 })).toEqual(['tower']);
    expect(told(entries, ['tower'], { die: () => 40 })).toEqual([]);
  });

  test('only to those who know of it', () => {
    const entries = [entry('tower', { knownBy: ['wren', 'Ann'] })];
    expect(told(entries, ['tower'])).toEqual(['tower']);
    expect(told(entries, ['tower'], { names: ['Desmond'] })).toEqual([]);
  });

  test('because of another one, where the book says so, and each once', () => {
    const entries = [
      entry('tower', { content: 'the key of the tower' }),
      entry('key', { content: 'in the vase, by the tower' }),
      entry('vase'),
    ];
    expect(told(entries, ['tower'])).toEqual(['tower']);
    expect(told(entries, ['tower'], { book: { recursive: true } })).toEqual([
      'tower',
      'key',
      'vase',
    ]);
  });

  test('in the order that the book gives', () => {
    const entries = [entry('tower', { order: 7 }), entry('key', { order: 2 })];
    expect(told(entries, ['tower key'])).toEqual(['key', 'tower']);
  });
});
