import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCustomId } from '../../../src/discord/customId.ts';
import { actions } from '../../../src/discord/drawer/actions/index.ts';
import { DRAWER, DRAWER_EDIT, DRAWER_SEARCH } from '../../../src/discord/drawer/buttonsOf.ts';
import { ownedRef, pairRef, refOf } from '../../../src/discord/drawer/subject.ts';
import { drawerTabs } from '../../../src/discord/drawer/tabs/index.ts';
import {
  pickedOf,
  pickedValue,
  searchable,
  tabs,
  type Where,
  whereArgs,
  whereId,
  whereOf,
} from '../../../src/discord/drawer/where.ts';
import { markOf } from '../../../src/engine/drawer/mark.ts';

const letters = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'AZaz09_-'),
    minLength: length,
    maxLength: length,
  });
const entity = fc
  .tuple(fc.constantFrom('user', 'character'), letters(64))
  .map(([kind, id]) => `${kind}:${id}`);
const node = letters(16);
/** A value, and the version of a story of ten million steps. */
const drawn = fc
  .tuple(fc.string(), fc.nat(10_000_000))
  .map(([value, version]) => `${markOf(value)}.${version.toString(36)}`);
const words = fc.string({ unit: 'binary', maxLength: 80 }).map(searchable);
const place = { chat: letters(19), full: fc.boolean() };
/** A list that was searched, and a part of the drawer that is about something. */
const lists: fc.Arbitrary<Where> = fc.record({
  ...place,
  tab: fc.constantFrom(...tabs),
  page: fc.nat(9_999).map(String),
  of: entity.map(refOf),
  words,
});
const ones: fc.Arbitrary<Where> = fc.record({
  ...place,
  tab: fc.constantFrom(...tabs),
  page: fc.constant(''),
  of: fc.oneof(
    fc.record({ node, owner: entity }).map(ownedRef),
    fc
      .record({ from: entity, to: entity, fact: fc.string() })
      .map(({ fact, ...pair }) => `${pairRef(pair)}.${markOf(fact)}`),
  ),
  words: fc.constant(''),
});

describe('the drawer’s custom ids', () => {
  test('fit Discord’s 100 characters and say what they were made for', () => {
    const code = fc.constantFrom(...actions.map((each) => each.code));
    const edit = fc.tuple(ones, code, drawn);
    const back = (id: string) => whereOf(whereArgs.parse(parseCustomId(id)?.args));
    fc.assert(
      fc.property(lists, edit, (list, [one, action, mark]) => {
        for (const name of [DRAWER, DRAWER_SEARCH]) {
          expect(back(whereId(name, list, 'n'))).toEqual(list);
        }
        expect(back(whereId(DRAWER_EDIT, one, action, mark))).toEqual(one);
        expect(pickedOf(pickedValue(one))).toEqual({ tab: one.tab, page: one.page, of: one.of });
        expect(pickedValue(one).length).toBeLessThanOrEqual(100);
      }),
    );
  });

  test('that somebody made up are refused', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 8 }), (args) => {
        const parsed = whereArgs.safeParse(args);
        if (parsed.success) expect(tabs).toContain(whereOf(parsed.data).tab);
      }),
    );
    expect(whereArgs.safeParse(['c1', 'xxf', '', '', '']).success).toBe(false);
    expect(whereArgs.safeParse(['c1', 'scf', '', '../..', '']).success).toBe(false);
    expect(pickedOf('xx::')).toBeNull();
  });

  test('name each action once', () => {
    expect(new Set(actions.map(({ code }) => code)).size).toBe(actions.length);
  });
});

test('every tab is listed, once, and every place in the drawer has its tab', () => {
  const files = readdirSync(new URL('../../../src/discord/drawer/tabs', import.meta.url));
  expect(
    drawerTabs
      .map(({ tab }) => `${tab}.ts`)
      .concat('index.ts')
      .sort(),
  ).toEqual(files.sort());
  expect(drawerTabs.map(({ tab }) => tab)).toEqual(tabs);
});
