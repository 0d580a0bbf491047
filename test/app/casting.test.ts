import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Casting } from '../../src/app/casting.ts';
import { Homes } from '../../src/app/homes.ts';
import { cards } from '../../src/cards/index.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { portrait } from '../../src/pictures/portrait.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { WREN } from '../cards/cards.ts';

const HOME = '100000000000000001';
const ANN = 'user:100000000000000002';
const BOB = 'user:100000000000000003';
const wenna = readFileSync(new URL('../../config/characters/wenna-tarrant.png', import.meta.url));
const wren = new TextEncoder().encode(JSON.stringify(WREN));

function castingHouse() {
  const store = sqliteStore(openDatabase(':memory:'));
  const clock = { now: () => 1_000, sleep: () => Promise.resolve() };
  let ids = 0;
  const newId = () => `id${ids++}`;
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const make = () => {
    const homes = new Homes(store, clock, []);
    return { homes, casting: new Casting({ homes, store, cards, portrait, hashOf, clock, newId }) };
  };
  return { store, make, ...make() };
}

const refusal = (act: () => unknown): Refusal => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('was not refused');
};

const PARTS = { name: 'Ossip', persona: 'Sells maps of places that are gone.' };

describe('a character is written', () => {
  test('part by part, and is there once it is confirmed: once, by the same command', () => {
    const { casting, homes } = castingHouse();
    casting.open('d1', { home: HOME, person: ANN, character: null });
    casting.fill('d1', ANN, { name: 'Ossip' });
    expect(refusal(() => casting.confirm('d1', ANN, 'c1')).details).toEqual({ field: 'persona' });
    casting.fill('d1', ANN, { persona: PARTS.persona });
    const id = casting.confirm('d1', ANN, 'c2');
    expect(casting.character(HOME, id)).toMatchObject({ revision: 1, author: ANN, sheet: PARTS });
    expect(refusal(() => casting.confirm('d1', ANN, 'c2')).code).toBe('draft-gone');
    expect(homes.choices(HOME, 'ossip')).toHaveLength(1);
  });

  test('a part that does not fit says so and leaves the rest', () => {
    const { casting } = castingHouse();
    casting.open('d1', { home: HOME, person: ANN, character: null });
    casting.fill('d1', ANN, PARTS);
    const { code, details } = refusal(() => casting.fill('d1', ANN, { summary: 'x'.repeat(91) }));
    expect([code, details]).toEqual(['broken-sheet', { field: 'summary', limit: 90 }]);
    expect(refusal(() => casting.fill('d1', ANN, { name: 'Discord' })).code).toBe('broken-sheet');
    expect(casting.draft('d1', ANN).sheet).toMatchObject(PARTS);
  });

  test('a draft outlives a restart and is nobody else’s', () => {
    const { casting, make } = castingHouse();
    casting.open('d1', { home: HOME, person: ANN, character: null });
    casting.fill('d1', ANN, PARTS);
    const { casting: later } = make();
    expect(later.draft('d1', ANN).sheet).toMatchObject(PARTS);
    expect(refusal(() => later.draft('d1', BOB)).code).toBe('draft-gone');
    later.discard('d1', ANN);
    expect(refusal(() => later.draft('d1', ANN)).code).toBe('draft-gone');
  });

  test('rewritten, it has another revision and keeps its author; retired, it is not offered', () => {
    const { casting, homes } = castingHouse();
    casting.open('d1', { home: HOME, person: ANN, character: null });
    casting.fill('d1', ANN, PARTS);
    const id = casting.confirm('d1', ANN, 'c1');
    casting.open('d2', { home: HOME, person: BOB, character: id });
    casting.fill('d2', BOB, { greeting: 'Lost again?' });
    casting.confirm('d2', BOB, 'c2');
    expect(casting.character(HOME, id)).toMatchObject({ revision: 2, author: ANN });
    casting.retire(HOME, id, ANN, 'c3');
    expect(homes.choices(HOME, '')).toEqual([]);
    expect(homes.choices('100000000000000009', '')).toEqual([]);
  });
});

describe('a card is imported', () => {
  test('after a preview, with its picture, and comes out as it went in', async () => {
    const { casting, store } = castingHouse();
    const png = cards.write('png', cards.read(wren).sheet, wren, wenna);
    const { card, draft } = await casting.importCard('d1', { home: HOME, person: ANN, bytes: png });
    expect(card).toMatchObject({ form: 'png', version: 3, creator: 'ann' });
    expect(draft.sheet).toMatchObject({ name: 'Wren Halloway' });
    const id = casting.confirm('d1', ANN, 'c1');
    const { sheet } = casting.character(HOME, id);
    expect(store.asset(sheet.avatar ?? '')?.type).toBe('image/png');
    for (const form of ['json', 'png', 'charx'] as const) {
      const again = cards.read(casting.exportCard(HOME, id, form));
      expect(again.sheet).toEqual({ ...sheet, avatar: null, card: null });
    }
    expect(JSON.parse(new TextDecoder().decode(casting.exportCard(HOME, id, 'json')))).toEqual(
      WREN,
    );
  });

  test('a file that is none changes nothing', async () => {
    const { casting } = castingHouse();
    const bytes = new TextEncoder().encode('<html>');
    const importing = casting.importCard('d1', { home: HOME, person: ANN, bytes });
    await expect(importing).rejects.toMatchObject({
      code: 'broken-card',
      details: { problem: 'broken-json' },
    });
    expect(refusal(() => casting.draft('d1', ANN)).code).toBe('draft-gone');
  });

  test('another picture takes the place of the card’s; what is no picture does not', async () => {
    const { casting } = castingHouse();
    await casting.importCard('d1', { home: HOME, person: ANN, bytes: wren });
    await expect(casting.paint('d1', ANN, wren)).rejects.toMatchObject({ code: 'broken-picture' });
    await casting.paint('d1', ANN, wenna);
    const id = casting.confirm('d1', ANN, 'c1');
    expect(casting.character(HOME, id).sheet.avatar).toMatch(/^[0-9a-f]{64}$/);
  });
});
