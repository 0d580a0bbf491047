import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queryOf } from '../../../src/engine/retrieval/query.ts';
import { best, type Found, REACH, rank } from '../../../src/engine/retrieval/rank.ts';

const NAMES = ['Ann', 'Mira'];
const setting = { names: NAMES, began: Date.UTC(2023, 4, 1), now: 100_000 };

const found = (position: number, change: Partial<Found> = {}): Found => ({
  memory: { node: `n${position}`, owner: 'character:mira' },
  text: `Something happened at ${position}.`,
  significance: 1,
  storyTime: 0,
  scene: 1,
  position,
  match: 0,
  ...change,
});
const order = (all: readonly Found[], question = 'the ferry') =>
  rank(all, queryOf([question], NAMES), setting).map(({ position }) => position);

describe('the ranking', () => {
  test('begins with the best match', () => {
    expect(order([found(1, { match: 1, scene: 1 }), found(9, { match: 2, scene: 2 })])).toEqual([
      9, 1,
    ]);
  });

  test('holds what stands beside a match without a match of its own, and nothing without either', () => {
    expect(order([found(1), found(2), found(3), found(4, { match: 1 })])).toEqual([4, 3, 2]);
  });

  test('what comes right after a match is worth more than what comes before it', () => {
    expect(order([found(1), found(2, { match: 1 }), found(3)])).toEqual([2, 3, 1]);
  });

  test('a neighbour of another scene, or too far away, is none', () => {
    expect(order([found(1, { match: 1 }), found(2, { scene: 2 })])).toEqual([1]);
    expect(order([found(1, { match: 1 }), found(2 + REACH)])).toEqual([1]);
  });

  test('what is about somebody else counts half where the talk names one person', () => {
    const all = [
      found(1, { match: 2, scene: 1, text: 'Mira: the ferry came, Ann.' }),
      found(2, { match: 1.5, scene: 2, text: 'Ann: the ferry sank.' }),
    ];
    expect(order(all, 'What did Ann say about the ferry?')).toEqual([2, 1]);
    expect(order(all, 'What about the ferry?')).toEqual([1, 2]);
  });

  test('questions give way to answers', () => {
    const asked = found(1, { match: 1.1, scene: 1, text: 'Where is the ferry?' });
    expect(order([asked, found(2, { match: 1, scene: 2 })])).toEqual([2, 1]);
  });

  test('times come first where a time is asked for, numbers where a number is', () => {
    const all = [
      found(1, { match: 1.1, scene: 1, text: 'The ferry came.' }),
      found(2, { match: 1, scene: 2, text: 'The ferry came yesterday.' }),
      found(3, { match: 1, scene: 3, text: 'Seven came by ferry.' }),
    ];
    expect(order(all, 'When did the ferry come?')[0]).toBe(2);
    expect(order(all, 'How many came by ferry?')[0]).toBe(3);
    expect(order(all)[0]).toBe(1);
  });

  test('what was near a date that the talk names comes first', () => {
    const days = (count: number) => count * 24 * 60;
    const all = [
      found(1, { match: 1.2, scene: 1, storyTime: days(1) }),
      found(2, { match: 1, scene: 2, storyTime: days(40) }),
    ];
    expect(order(all, 'the ferry of 10 June 2023')).toEqual([2, 1]);
    expect(order(all, 'the ferry of 2 May 2023')).toEqual([1, 2]);
  });

  test('of equal matches the more significant one comes first, then the more recent one', () => {
    const equal = (position: number, change: Partial<Found>) =>
      found(position, { match: 1, scene: position, ...change });
    expect(order([equal(1, { significance: 3 }), equal(2, {})])).toEqual([1, 2]);
    expect(order([equal(1, {}), equal(2, { storyTime: 99_000 })])).toEqual([2, 1]);
  });

  test('says why', () => {
    const [first, second] = rank(
      [found(1, { match: 1, significance: 3 }), found(2)],
      queryOf(['ferry'], NAMES),
      setting,
    );
    expect(first?.why).toEqual(['words', 'significance']);
    expect(second?.why).toEqual(['beside']);
  });

  test('for any memories: nothing twice, nothing made up, scores that fall', () => {
    const memory = fc.record({
      match: fc.double({ min: 0, max: 20, noNaN: true }),
      significance: fc.nat(3),
      scene: fc.option(fc.nat(3)),
      storyTime: fc.option(fc.nat(200_000)),
      text: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(memory), fc.string(), (memories, question) => {
        const all = memories.map((each, at) => found(at * 3, each));
        const ranked = rank(all, queryOf([question], NAMES), setting);
        const keys = ranked.map(({ memory }) => memory.node);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.every((key) => all.some((each) => each.memory.node === key))).toBe(true);
        const scores = ranked.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        for (const each of all) if (each.match > 0) expect(keys).toContain(each.memory.node);
      }),
    );
  });
});

test('of two memories that say the same, the better one is kept', () => {
  const text = 'Ann is afraid of the big dogs at the mill.';
  const all = [
    found(1, { match: 1, scene: 1, text }),
    found(2, { match: 2, scene: 2, text: 'Ann was afraid of big dogs at the mill' }),
    found(3, { match: 0.5, scene: 3, text: 'Ann is afraid of geese.' }),
  ];
  const ranked = rank(all, queryOf(['dogs'], NAMES), setting);
  expect(best(ranked, 4).map(({ position }) => position)).toEqual([2, 3]);
  expect(best(ranked, 1).map(({ position }) => position)).toEqual([2]);
});
