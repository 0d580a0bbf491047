import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCard } from '../../src/cards/card.ts';
import { CardError } from '../../src/cards/cardError.ts';
import { cardFromSheet, sheetFromCard } from '../../src/cards/cardSheet.ts';
import { cards as files } from '../../src/cards/index.ts';
import type { JsonObject } from '../../src/cards/json.ts';
import { exampleBook, type Lorebook } from '../../src/engine/lore/lorebook.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import { cards, WREN } from './cards.ts';

const none = { card: null, avatar: null };
const cardOf = (json: unknown) => {
  const card = readCard(JSON.parse(JSON.stringify(json)) as JsonObject);
  if (card === null) throw new Error('no card');
  return card;
};

describe('a card becomes a sheet', () => {
  test('with its greetings, voice, book and ways of writing', () => {
    const { sheet, cuts } = sheetFromCard(cardOf(WREN), none);
    expect(sheet).toMatchObject({
      name: 'Wren Halloway',
      persona: 'Wren mends clocks and is never on time.',
      traits: ['curious', 'forgetful'],
      voice: ['Time is a rumour.'],
      kickoff: '{{user}} brings a clock that runs backwards.',
      greeting: '*does not look up* One moment, {{user}}.',
      alternateGreetings: ['You again.', '*asleep over a spring*'],
      frame: null,
      instructions: 'Keep it short.',
      summary: 'Made for a test.',
      adult: false,
    });
    expect(sheet.book?.entries.map(({ knownBy }) => knownBy)).toEqual([[], ['Wren Halloway']]);
    expect(cuts).toEqual([]);
  });

  test('what is too long is cut, and that is said', () => {
    const long = { ...WREN.data, description: 'a'.repeat(40_000) };
    const { sheet, cuts } = sheetFromCard(cardOf({ ...WREN, data: long }), none);
    expect(sheet.persona).toHaveLength(32_000);
    expect(cuts).toEqual([{ field: 'persona', had: 40_000, limit: 32_000 }]);
  });

  test('a name that Discord does not take is refused', () => {
    const clyde = cardOf({ ...WREN, data: { ...WREN.data, name: 'Discord helper' } });
    expect(() => sheetFromCard(clyde, none)).toThrow(CardError);
  });

  test('every card gives a sheet, or a clear error', () => {
    fc.assert(
      fc.property(cards, (json) => {
        try {
          const { sheet } = sheetFromCard(cardOf(json), none);
          expect(sheet.colour).toMatch(/^#[0-9a-f]{6}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(CardError);
        }
      }),
    );
  });
});

describe('a sheet becomes a card', () => {
  test('the one that it came from, where nothing was changed', () => {
    fc.assert(
      fc.property(cards, (json) => {
        const origin = cardOf(json);
        let sheet: ReturnType<typeof sheetFromCard>['sheet'];
        try {
          sheet = sheetFromCard(origin, none).sheet;
        } catch {
          return;
        }
        expect(cardFromSheet(sheet, origin)).toEqual(origin.json);
      }),
    );
  });

  test('with what was changed since, and nothing else', () => {
    const origin = cardOf(WREN);
    const { sheet } = sheetFromCard(origin, none);
    const card = cardFromSheet({ ...sheet, greeting: 'Late again.' }, origin);
    expect(card).toEqual({ ...WREN, data: { ...WREN.data, first_mes: 'Late again.' } });
  });

  test('a new one, for a character that never was a card', () => {
    const card = cardOf(cardFromSheet(exampleSheet, null));
    expect(card.version).toBe(3);
    const { sheet } = sheetFromCard(card, none);
    expect(sheet).toMatchObject({
      name: 'Mira',
      greeting: exampleSheet.greeting,
      voice: exampleSheet.voice,
      traits: exampleSheet.traits,
    });
  });
});

describe('a book', () => {
  const entry = fc.record({
    id: fc.uuid(),
    name: fc.string({ maxLength: 20 }),
    keys: fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 3 }),
    secondaryKeys: fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 3 }),
    content: fc.stringMatching(/^[a-z][a-z ]{0,30}[a-z]$/),
    enabled: fc.boolean(),
    constant: fc.boolean(),
    order: fc.integer({ min: -1_000, max: 1_000 }),
    priority: fc.integer({ min: -1_000, max: 1_000 }),
    scanDepth: fc.option(fc.nat(100)),
    probability: fc.nat(100),
    caseSensitive: fc.boolean(),
    knownBy: fc.array(fc.stringMatching(/^[A-Z][a-z]{1,9}$/), { maxLength: 3 }),
  });
  const book = fc.record({
    name: fc.stringMatching(/^[A-Z][a-z]{1,9}$/),
    scanDepth: fc.nat(100),
    budget: fc.option(fc.nat(1_000)),
    recursive: fc.boolean(),
    entries: fc.array(entry, { maxLength: 4 }),
  });
  const nameless = ({ entries, ...rest }: Lorebook) => ({
    ...rest,
    entries: entries.map(({ id: _id, ...each }) => each),
  });

  test('comes back from its file as it was, by itself and in a card', () => {
    fc.assert(
      fc.property(book, (given) => {
        const alone = files.readBook(files.writeBook(given));
        expect(nameless(alone.book)).toEqual(nameless(given));
        expect(alone.notes).toBe(0);
        const written = files.write('json', { ...exampleSheet, book: given }, null, null);
        expect(nameless(files.readBook(written).book)).toEqual(nameless(given));
      }),
    );
  });

  test('that is none is refused', () => {
    for (const text of ['', '[]', '{"a":1}', '<html>', '{"entries":"no"}']) {
      expect(() => files.readBook(new TextEncoder().encode(text)), text).toThrow('broken-book');
    }
  });

  test('given to a character later is in its card, and an untouched one stays as it was read', () => {
    const { sheet } = sheetFromCard(cardOf(WREN), none);
    expect(cardFromSheet(sheet, cardOf(WREN))).toEqual(WREN);
    const grown = { ...sheet, book: exampleBook };
    const again = sheetFromCard(cardOf(cardFromSheet(grown, cardOf(WREN))), none).sheet;
    expect(again.book?.entries.map(({ name }) => name)).toEqual(['The tower']);
  });
});
