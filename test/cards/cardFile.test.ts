import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { withFields } from '../../src/cards/card.ts';
import { CardError } from '../../src/cards/cardError.ts';
import { readCardFile, writeCardFile } from '../../src/cards/cardFile.ts';
import type { JsonObject } from '../../src/cards/json.ts';
import { readChunks, textChunk, writeChunks } from '../../src/cards/png.ts';
import { cards, WREN } from './cards.ts';

const bytesOf = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
const again = (json: unknown): unknown => JSON.parse(JSON.stringify(json));
const base64 = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64');
const problemOf = (bytes: Uint8Array): string => {
  try {
    readCardFile(bytes);
  } catch (error) {
    if (error instanceof CardError) return error.problem;
    throw error;
  }
  return 'read';
};

/** A picture with chunks that are nobody's business, and cards among its texts. */
const picture = (...texts: readonly (readonly [string, string])[]): Uint8Array => {
  const blank = readChunks(writeCardFile('png', { name: 'x' }, null));
  const plain = blank.filter(({ type }) => type !== 'tEXt');
  const chunks = texts.map(([keyword, text]) => textChunk(keyword, text));
  const other = { type: 'prVt', data: Uint8Array.of(1, 2, 3) };
  return writeChunks([...plain.slice(0, -1), other, ...chunks, ...plain.slice(-1)]);
};

describe('what is read is what is written', () => {
  for (const form of ['json', 'png', 'charx'] as const) {
    test(`every card of every version comes out of ${form} as it went in`, () => {
      fc.assert(
        fc.property(cards, (card) => {
          const file = writeCardFile(form, again(card) as JsonObject, null);
          const read = readCardFile(file);
          expect(read.form).toBe(form);
          expect(read.card.json).toEqual(again(card));
          const written = writeCardFile(form, withFields(read.card, read.card.fields), file);
          expect(readCardFile(written).card.json).toEqual(again(card));
        }),
        { numRuns: 60 },
      );
    });
  }

  test('a picture keeps all its other chunks, and an archive all its other files', () => {
    const png = picture(['Comment', 'by hand'], ['chara', base64(WREN)], ['ccv3', base64(WREN)]);
    const { card } = readCardFile(png);
    const written = writeCardFile('png', withFields(card, { greeting: 'Back so soon?' }), png);
    const texts = readChunks(written).map(({ type, data }) => [type, Buffer.from(data).toString()]);
    expect(texts).toContainEqual(['prVt', '\u0001\u0002\u0003']);
    expect(texts).toContainEqual(['tEXt', 'Comment\0by hand']);
    expect(texts.filter(([, text]) => /^(chara|ccv3)\0/.test(text ?? ''))).toHaveLength(1);
    expect(readCardFile(written).card.fields.greeting).toBe('Back so soon?');

    const archive = zipSync({ 'card.json': bytesOf(WREN), 'assets/other/a.txt': strToU8('a') });
    const files = readCardFile(writeCardFile('charx', { ...WREN, more: 1 }, archive));
    expect(files.card.json).toEqual({ ...WREN, more: 1 });
  });

  test('a changed field changes nothing else', () => {
    const { card } = readCardFile(bytesOf(WREN));
    const changed = withFields(card, { ...card.fields, description: 'Sells clocks.' });
    expect(changed).toEqual({ ...WREN, data: { ...WREN.data, description: 'Sells clocks.' } });
  });
});

describe('cards are read leniently', () => {
  const read = (json: unknown) => readCardFile(bytesOf(json)).card;

  test('what is missing, null or of another type falls to what can be made of it, and is said', () => {
    const card = read({
      spec: 'chara_card_v2',
      data: {
        name: 'Wren',
        description: null,
        first_mes: ['One.', 'Two.'],
        alternate_greetings: 'Only one',
        tags: 'cosy, clocks',
        character_book: null,
        depth: 4,
      },
    });
    expect(card.fields.greeting).toBe('One.\nTwo.');
    expect(card.fields.alternateGreetings).toEqual(['Only one']);
    expect(card.fields.tags).toEqual(['cosy', 'clocks']);
    expect(card.book).toBeNull();
    expect(card.notes).toEqual([
      { path: 'first_mes', why: 'wrong-type' },
      { path: 'alternate_greetings', why: 'wrong-type' },
      { path: 'tags', why: 'wrong-type' },
      { path: 'depth', why: 'not-used' },
    ]);
  });

  test('a V1 card that calls itself V2, and one of older programs', () => {
    const posing = read({ spec: 'chara_card_v2', name: 'Wren', description: 'Mends clocks.' });
    expect([posing.version, posing.fields.description]).toEqual([1, 'Mends clocks.']);
    const old = read({ char_name: 'Wren', char_persona: 'Mends clocks.', char_greeting: 'Hm?' });
    expect([old.fields.name, old.fields.greeting]).toEqual(['Wren', 'Hm?']);
  });

  test('of two cards in one picture the newer kind is read, or the one that can be', () => {
    const v2 = { spec: 'chara_card_v2', spec_version: '2.0', data: { name: 'Old Wren' } };
    const both = picture(['chara', base64(v2)], ['ccv3', base64(WREN)]);
    expect(readCardFile(both).card.fields.name).toBe('Wren Halloway');
    const broken = picture(['chara', base64(v2)], ['ccv3', 'bm90IGpzb24=']);
    expect(readCardFile(broken).card.fields.name).toBe('Old Wren');
  });

  test('a book is read from lists, from world-info objects, and past what is broken in it', () => {
    const { book } = read(WREN);
    expect(book?.entries.map(({ keys, knownBy }) => [keys, knownBy])).toEqual([
      [['tower'], []],
      [['key'], ['Wren']],
    ]);
    expect(book?.entries[1]?.content).toBe('The key to the tower is in the blue vase.');
    const world = read({
      name: 'Wren',
      character_book: {
        entries: {
          0: {
            uid: 7,
            key: ['tower'],
            keysecondary: [],
            content: 'Still.',
            order: 3,
            disable: true,
          },
          1: 'nonsense',
          2: { key: 'vase, key', content: 'Blue.', probability: 40, use_regex: true },
        },
      },
    });
    expect(world.book?.entries.map((each) => [each.keys, each.enabled, each.probability])).toEqual([
      [['tower'], false, 100],
      [['vase', 'key'], true, 40],
    ]);
    expect(world.notes.map(({ path, why }) => `${path}: ${why}`)).toEqual([
      'character_book.entries.1: wrong-type',
      'character_book.entries.2: pattern',
    ]);
  });
});

describe('a hostile file gets a clear error', () => {
  test('of each kind', () => {
    const bomb = zipSync({ 'card.json': new Uint8Array(30_000_000) });
    const deep = new TextEncoder().encode(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    const cases: [string, Uint8Array][] = [
      ['too-large', new Uint8Array(25_000_001)],
      ['too-large', bomb],
      ['too-deep', deep],
      ['broken-json', bytesOf(WREN).subarray(0, 200)],
      ['broken-json', new Uint8Array(0)],
      ['not-a-card', bytesOf([WREN])],
      ['not-a-card', bytesOf({ hello: 'world' })],
      ['no-name', bytesOf({ name: ' ', description: 'Nobody.' })],
      ['broken-picture', picture().subarray(0, 60)],
      ['no-card-in-picture', picture(['Comment', 'nothing here'])],
      ['broken-json', picture(['chara', '####'])],
      ['no-card-in-archive', zipSync({ 'readme.txt': strToU8('hello') })],
      ['broken-archive', zipSync({ 'card.json': bytesOf(WREN) }).subarray(0, 120)],
    ];
    expect(cases.map(([, bytes]) => problemOf(bytes))).toEqual(cases.map(([problem]) => problem));
  });

  test('or is read whole: 200 files with bytes changed, cut out or doubled', () => {
    const files = (['json', 'png', 'charx'] as const).map((form) =>
      writeCardFile(form, WREN, null),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255), fc.nat(2)), {
          minLength: 1,
          maxLength: 6,
        }),
        (file, changes) => {
          let bytes = Buffer.from(file);
          for (const [where, value, how] of changes) {
            const at = Math.floor(where * (bytes.length - 1));
            if (how === 0) bytes[at] = value;
            else if (how === 1) bytes = bytes.subarray(0, Math.max(1, at));
            else bytes = Buffer.concat([bytes.subarray(0, at), bytes]);
          }
          const problem = problemOf(bytes);
          if (problem === 'read') expect(readCardFile(bytes).card.fields.name.trim()).not.toBe('');
        },
      ),
      { numRuns: 200 },
    );
  });

  test('and names from its JSON reach no prototype', () => {
    const json = '{"name":"Wren","description":"x","__proto__":{"polluted":true}}';
    const { card } = readCardFile(new TextEncoder().encode(json));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(card.fields.name).toBe('Wren');
    expect(JSON.stringify(withFields(card, { description: 'y' }))).toContain('"__proto__"');
  });
});
