import { describe, expect, test } from 'vitest';
import { mentionsOf } from '../../../src/engine/retrieval/mentions.ts';
import { queryOf } from '../../../src/engine/retrieval/query.ts';

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

  test('is not about the one who is asked', () => {
    expect(queryOf(['Mira, whom did you see?'], NAMES, 'Mira').about).toBeNull();
    expect(queryOf(['Mira, what did Ann buy?'], NAMES, 'Mira').about).toBe('Ann');
  });

  test('asks for a time or a number where its words do', () => {
    expect(queryOf(['When did she leave?'], NAMES).asks).toEqual({ when: true, number: false });
    expect(queryOf(['How many crates?'], NAMES).asks).toEqual({ when: false, number: true });
    expect(queryOf(['Where is she?'], NAMES).asks).toEqual({ when: false, number: false });
  });
});

describe('whom a text is about', () => {
  const first = (text: string, names = NAMES) => mentionsOf(names).first(text);

  test('is whom it mentions first, in whatever case', () => {
    expect(first('Mira: hello, Ann.')).toBe('Mira');
    expect(first('Annika told ann.')).toBe('Ann');
    expect(first('')).toBeNull();
    expect(first('Hello.', [])).toBeNull();
  });

  test('is nobody of a name that is a word of every sentence, unless it is written as a name', () => {
    expect(first('Nobody will.')).toBeNull();
    expect(first('It was Will.')).toBe('Will');
  });

  test('is known by a part of a name, where only one has it', () => {
    const names = ['Wenna Tarrant', 'Tom Tarrant', 'The Keeper of (some) Keys'];
    expect(first('I saw Wenna.', names)).toBe('Wenna Tarrant');
    expect(first('I saw old Tarrant.', names)).toBeNull();
    expect(first('The dog.', names)).toBeNull();
    expect(first('The Keeper of (some) Keys!', names)).toBe('The Keeper of (some) Keys');
    expect(queryOf(['Where is Tarrant?'], names).about).toBeNull();
    expect(queryOf(['Where is Tom Tarrant?'], names).about).toBe('Tom Tarrant');
  });
});
