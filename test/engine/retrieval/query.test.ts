import { describe, expect, test } from 'vitest';
import { firstMention, queryOf } from '../../../src/engine/retrieval/query.ts';

const NAMES = ['Ann', 'Mira', 'Will'];

describe('what is looked for', () => {
  test('is what is telling: no stop words, and no names of the cast', () => {
    const { words } = queryOf(["Did Ann's dog really bite the miller, Mira?"], NAMES);
    expect(words).toEqual(['dog', 'bite', 'miller']);
  });

  test('a name is all there is to look for where nothing else is said', () => {
    expect(queryOf(['Who is Ann?'], NAMES).words).toEqual(['ann']);
    expect(queryOf(['And then?'], NAMES).words).toEqual([]);
  });

  test('of long talk the newest words count', () => {
    const long = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');
    const { words } = queryOf([long, 'The newest lantern.'], NAMES);
    expect(words).toHaveLength(24);
    expect(words.slice(0, 2)).toEqual(['newest', 'lantern']);
  });

  test('is about the one person whom it names, and about nobody where it names two', () => {
    expect(queryOf(['What did Ann buy?'], NAMES).about).toBe('Ann');
    expect(queryOf(['What did Ann tell Mira?'], NAMES).about).toBeNull();
    expect(queryOf(['What will be bought? An annual?'], NAMES).about).toBeNull();
  });

  test('asks for a time or a number where its words do', () => {
    expect(queryOf(['When did she leave?'], NAMES).asks).toEqual({ when: true, number: false });
    expect(queryOf(['How many crates?'], NAMES).asks).toEqual({ when: false, number: true });
    expect(queryOf(['Where is she?'], NAMES).asks).toEqual({ when: false, number: false });
  });
});

test('whom a text is about is whom it mentions first, by the whole name', () => {
  expect(firstMention('Mira: hello, Ann.', NAMES)).toBe('Mira');
  expect(firstMention('Annika told Will.', NAMES)).toBe('Will');
  expect(firstMention('Nobody will.', NAMES)).toBeNull();
});
