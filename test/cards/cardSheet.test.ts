import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCard } from '../../src/cards/card.ts';
import { CardError } from '../../src/cards/cardError.ts';
import { cardFromSheet, sheetFromCard } from '../../src/cards/cardSheet.ts';
import type { JsonObject } from '../../src/cards/json.ts';
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
    expect(sheet.book?.entries).toHaveLength(2);
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
