import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Casting } from '../../src/app/casting.ts';
import { Chats } from '../../src/app/chats.ts';
import { Homes, type ShippedCharacter } from '../../src/app/homes.ts';
import { Rights } from '../../src/app/rights.ts';
import { cards } from '../../src/cards/index.ts';
import { Refusal } from '../../src/engine/refusal.ts';
import { rightKey, type Standing } from '../../src/engine/rights.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import { portrait } from '../../src/pictures/portrait.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { WREN } from '../cards/cards.ts';
import { standing } from '../support/standing.ts';

const HOME = '100000000000000001';
const ANN = 'user:100000000000000002';
const BOB = 'user:100000000000000003';
const asked = (person: string, command: string, more: Partial<Standing> = {}) => ({
  by: standing(person, more),
  command,
});
const wenna = readFileSync(new URL('../../config/characters/wenna-tarrant.png', import.meta.url));
const wren = new TextEncoder().encode(JSON.stringify(WREN));

function castingHouse() {
  const store = sqliteStore(openDatabase(':memory:'));
  const clock = { now: () => 1_000, sleep: () => Promise.resolve() };
  let ids = 0;
  const newId = () => `id${ids++}`;
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const make = (shipped: readonly ShippedCharacter[] = []) => {
    const homes = new Homes(store, clock, shipped);
    const quiet = () => {};
    const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    const rights = new Rights(new Chats(store, clock, log), homes);
    const needs = { homes, store, cards, portrait, hashOf, clock, newId };
    return { homes, casting: new Casting({ ...needs, rights }) };
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

test('whose stories meet is said by whoever may rewrite it, for each home by itself, and never in direct messages', () => {
  const { casting } = castingHouse();
  for (const home of [HOME, 'dm-1']) {
    casting.open(`d${home}`, home, null, standing(ANN, { managesServer: home !== HOME }));
    casting.fill(`d${home}`, ANN, PARTS);
  }
  const id = casting.confirm(`d${HOME}`, asked(ANN, 'c1'));
  const direct = casting.confirm('ddm-1', asked(ANN, 'c2'));
  const share = (home: string, who: string, command: string, more: Partial<Standing> = {}) =>
    casting.shareMemories(home, home === HOME ? id : direct, true, asked(who, command, more));
  expect(casting.sharesMemories(HOME, id)).toBe(false);
  expect(refusal(() => share(HOME, BOB, 's1')).code).toBe('not-your-character');
  expect(casting.sharesMemories(HOME, id)).toBe(false);
  share(HOME, ANN, 's2');
  expect(casting.sharesMemories(HOME, id)).toBe(true);
  expect(casting.sharesMemories('100000000000000009', id)).toBe(false);
  casting.shareMemories(HOME, id, false, asked(BOB, 's3', { managesServer: true }));
  expect(casting.sharesMemories(HOME, id)).toBe(false);
  const inDirect = () => share('dm-1', ANN, 's4', { managesServer: true });
  expect(refusal(inDirect).code).toBe('never-shared');
});

describe('a character is written', () => {
  test('part by part, and is there once it is confirmed: once, by the same command', () => {
    const { casting, homes } = castingHouse();
    casting.open('d1', HOME, null, standing(ANN));
    casting.fill('d1', ANN, { name: 'Ossip' });
    expect(refusal(() => casting.confirm('d1', asked(ANN, 'c1'))).details).toEqual({
      field: 'persona',
    });
    casting.fill('d1', ANN, { persona: PARTS.persona });
    const id = casting.confirm('d1', asked(ANN, 'c2'));
    expect(casting.character(HOME, id)).toMatchObject({ revision: 1, author: ANN, sheet: PARTS });
    expect(refusal(() => casting.confirm('d1', asked(ANN, 'c2'))).code).toBe('draft-gone');
    expect(homes.choices(HOME, 'ossip')).toHaveLength(1);
  });

  test('a part that does not fit says so and leaves the rest', () => {
    const { casting } = castingHouse();
    casting.open('d1', HOME, null, standing(ANN));
    casting.fill('d1', ANN, PARTS);
    const { code, details } = refusal(() => casting.fill('d1', ANN, { summary: 'x'.repeat(91) }));
    expect([code, details]).toEqual(['broken-sheet', { field: 'summary', limit: 90 }]);
    expect(refusal(() => casting.fill('d1', ANN, { name: 'Discord' })).code).toBe('broken-sheet');
    expect(casting.draft('d1', ANN).sheet).toMatchObject(PARTS);
  });

  test('a draft outlives a restart and is nobody else’s', () => {
    const { casting, make } = castingHouse();
    casting.open('d1', HOME, null, standing(ANN));
    casting.fill('d1', ANN, PARTS);
    const { casting: later } = make();
    expect(later.draft('d1', ANN).sheet).toMatchObject(PARTS);
    expect(later.open('d2', HOME, null, standing(ANN))).toMatchObject({
      id: 'd1',
      draft: { sheet: PARTS },
    });
    expect(later.open('d3', HOME, null, standing(BOB)).id).toBe('d3');
    expect(later.open('d4', '100000000000000009', null, standing(ANN)).id).toBe('d4');
    expect(refusal(() => later.draft('d1', BOB)).code).toBe('draft-gone');
    later.discard('d1', ANN);
    expect(later.open('d5', HOME, null, standing(ANN)).id).toBe('d5');
    expect(refusal(() => later.draft('d1', ANN)).code).toBe('draft-gone');
  });

  test('rewritten, it has another revision and keeps its author; retired, it is not offered', () => {
    const { casting, homes } = castingHouse();
    casting.open('d1', HOME, null, standing(ANN));
    casting.fill('d1', ANN, PARTS);
    const id = casting.confirm('d1', asked(ANN, 'c1'));
    casting.open('d2', HOME, id, standing(BOB, { managesServer: true }));
    casting.fill('d2', BOB, { greeting: 'Lost again?' });
    casting.confirm('d2', asked(BOB, 'c2', { managesServer: true }));
    expect(casting.character(HOME, id)).toMatchObject({ revision: 2, author: ANN });
    casting.retire(HOME, id, asked(ANN, 'c3'));
    expect(homes.choices(HOME, '')).toEqual([]);
    expect(homes.choices('100000000000000009', '')).toEqual([]);
  });
});

describe('who may do what with a character', () => {
  const MANAGER = { managesServer: true };
  const people: [string, Standing, { own: boolean; others: boolean; author: boolean }][] = [
    ['its author', standing(ANN), { own: true, others: false, author: true }],
    ['somebody else', standing(BOB), { own: true, others: false, author: false }],
    [
      'a channel manager',
      standing(BOB, { managesChannels: true }),
      { own: true, others: false, author: false },
    ],
    ['a server manager', standing(BOB, MANAGER), { own: true, others: true, author: false }],
    [
      'a role that configures',
      standing(BOB, { roles: ['7'] }),
      { own: true, others: true, author: false },
    ],
  ];
  test.each(people)('%s', async (_who, by, { own, others, author }) => {
    const { casting, homes } = castingHouse();
    const decide = () => [
      { type: 'HomeConfigured' as const, payload: { settings: { [rightKey('configure')]: '7' } } },
    ];
    homes.execute({ home: HOME, id: 'set', actor: 'troupe', decide });
    casting.open('d1', HOME, null, standing(ANN));
    casting.fill('d1', ANN, PARTS);
    const id = casting.confirm('d1', asked(ANN, 'c1'));
    const command = 'c2';
    const able = (act: () => unknown) => {
      try {
        act();
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'not-your-character' });
        return false;
      }
    };
    const theirs = others || author;
    expect(able(() => casting.open('d2', HOME, null, by))).toBe(own);
    expect(able(() => casting.exportCard(HOME, id, 'json', by))).toBe(theirs);
    expect(able(() => casting.open('d3', HOME, id, by))).toBe(theirs);
    expect(casting.mayRewrite(HOME, id, by)).toBe(theirs);
    expect(able(() => casting.retire(HOME, id, { by, command }))).toBe(theirs);
    expect(casting.character(HOME, id).retired).toBe(theirs);
  });

  test('where only a role may write characters, others write none, and change none of their own', async () => {
    const { casting, homes } = castingHouse();
    casting.open('d1', HOME, null, standing(ANN));
    casting.fill('d1', ANN, PARTS);
    const id = casting.confirm('d1', asked(ANN, 'c1'));
    casting.open('d2', HOME, id, standing(ANN));
    const settings = { [rightKey('author-characters')]: '7' };
    const decide = () => [{ type: 'HomeConfigured' as const, payload: { settings } }];
    homes.execute({ home: HOME, id: 'set', actor: 'troupe', decide });
    expect(refusal(() => casting.open('d3', HOME, null, standing(ANN))).code).toBe('not-allowed');
    await expect(casting.importCard('d3', HOME, wren, standing(ANN))).rejects.toThrow(
      'not-allowed',
    );
    expect(refusal(() => casting.confirm('d2', asked(ANN, 'c2'))).code).toBe('not-your-character');
    expect(() => casting.open('d3', HOME, null, standing(ANN, { roles: ['7'] }))).not.toThrow();
  });

  test('two servers never see each other’s characters', () => {
    const { casting } = castingHouse();
    casting.open('d1', HOME, null, standing(ANN));
    casting.fill('d1', ANN, PARTS);
    const id = casting.confirm('d1', asked(ANN, 'c1'));
    const elsewhere = '100000000000000009';
    expect(casting.list(elsewhere, standing(ANN))).toEqual([]);
    const boss = standing(ANN, MANAGER);
    for (const act of [
      () => casting.character(elsewhere, id),
      () => casting.open('d2', elsewhere, id, boss),
      () => casting.exportCard(elsewhere, id, 'json', boss),
      () => casting.retire(elsewhere, id, { by: boss, command: 'c2' }),
    ]) {
      expect(refusal(act).code).toBe('unknown-character');
    }
  });

  test('one that comes with Troupe can be exported by all, and once rewritten stays rewritten', () => {
    const { casting, make } = castingHouse();
    const mira = { id: 'character:mira', sheet: exampleSheet, avatar: null };
    const shipping = make([mira]);
    expect(
      shipping.casting.exportCard(HOME, mira.id, 'json', standing(BOB)).length,
    ).toBeGreaterThan(100);
    expect(refusal(() => shipping.casting.open('d1', HOME, mira.id, standing(BOB))).code).toBe(
      'not-your-character',
    );
    shipping.casting.open('d2', HOME, mira.id, standing(BOB, MANAGER));
    casting.fill('d2', BOB, { greeting: 'We are full.' });
    shipping.casting.confirm('d2', asked(BOB, 'c1', MANAGER));
    const later = make([{ ...mira, sheet: { ...exampleSheet, greeting: 'A new version.' } }]);
    expect(later.casting.character(HOME, mira.id).sheet.greeting).toBe('We are full.');
  });
});

describe('a card is imported', () => {
  test('after a preview, with its picture, and comes out as it went in', async () => {
    const { casting, store } = castingHouse();
    const png = cards.write('png', cards.read(wren).sheet, wren, wenna);
    const { card, draft } = await casting.importCard('d1', HOME, png, standing(ANN));
    expect(card).toMatchObject({ form: 'png', version: 3, creator: 'ann' });
    expect(draft.sheet).toMatchObject({ name: 'Wren Halloway' });
    const id = casting.confirm('d1', asked(ANN, 'c1'));
    const { sheet } = casting.character(HOME, id);
    expect(store.asset(sheet.avatar ?? '')?.type).toBe('image/png');
    for (const form of ['json', 'png', 'charx'] as const) {
      const again = cards.read(casting.exportCard(HOME, id, form, standing(ANN)));
      expect(again.sheet).toEqual({ ...sheet, avatar: null, card: null });
    }
    expect(
      JSON.parse(new TextDecoder().decode(casting.exportCard(HOME, id, 'json', standing(ANN)))),
    ).toEqual(WREN);
  });

  test('and edited before it is taken in, it loses nothing else', async () => {
    const { casting } = castingHouse();
    const { draft } = await casting.importCard('d1', HOME, wren, standing(ANN));
    const filled = casting.fill('d1', ANN, { summary: 'Mends clocks' });
    expect(filled).toEqual({ ...draft, sheet: { ...draft.sheet, summary: 'Mends clocks' } });
  });

  test('a file that is none changes nothing', async () => {
    const { casting } = castingHouse();
    const bytes = new TextEncoder().encode('<html>');
    const importing = casting.importCard('d1', HOME, bytes, standing(ANN));
    await expect(importing).rejects.toMatchObject({
      code: 'broken-card',
      details: { problem: 'broken-json' },
    });
    expect(refusal(() => casting.draft('d1', ANN)).code).toBe('draft-gone');
  });

  test('another picture takes the place of the card’s; what is no picture does not', async () => {
    const { casting } = castingHouse();
    await casting.importCard('d1', HOME, wren, standing(ANN));
    await expect(casting.paint('d1', ANN, wren)).rejects.toMatchObject({ code: 'broken-picture' });
    await casting.paint('d1', ANN, wenna);
    const id = casting.confirm('d1', asked(ANN, 'c1'));
    expect(casting.character(HOME, id).sheet.avatar).toMatch(/^[0-9a-f]{64}$/);
  });
});
