import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covered, groupsOf } from '../../../src/engine/digest/covered.ts';
import { keep, repeats } from '../../../src/engine/digest/memoryHygiene.ts';
import { handlesFor } from '../../../src/engine/digest/question.ts';
import { segmentsBy } from '../../../src/engine/digest/segmentTurns.ts';
import { parseEvent } from '../../../src/engine/event.ts';
import { exampleSheet } from '../../../src/engine/sheet.ts';
import type { UserTurn } from '../../../src/engine/state/story.ts';
import { ANN, begun, given, MIRA, replied, said } from '../../support/story.ts';

const OLAF = 'character:olaf';
const LEAST = 50;

/** A story in which Mira and Olaf are, with what Ann says, where she says anything, and what Mira answers. */
const told = (line: string | null, answer: string) => {
  const chat = given([
    ...begun(),
    {
      type: 'EntityEntered',
      node: 'in',
      payload: { entity: OLAF, name: 'Olaf', sheet: exampleSheet, revision: 1 },
    },
    {
      type: 'EntityEntered',
      node: 'in',
      payload: { entity: ANN, name: 'Ann', sheet: null, revision: null },
    },
    ...(line === null ? [] : [said('n1', line)]),
    ...replied('n2', answer, ['n1']),
  ]);
  const [group] = groupsOf(covered(chat, 'n2'));
  if (group === undefined) throw new Error('nobody was there');
  const handles = handlesFor(
    chat.story,
    group.members,
    group.reads.map(({ turn }) => turn.node),
  );
  return (text: string, more: object = {}, owner = OLAF) => {
    const line = { owner: 'Olaf', text, kind: 'event', confidence: 0.6, toldBy: null } as const;
    return keep({ ...line, significance: 1, turns: [], ...more }, owner, group, handles, LEAST);
  };
};
const LONG = 'I left the ship in Ostend because the captain had sold my berth to a drover.';

describe('a memory', () => {
  test('is kept when it is sure enough, and said by a person', () => {
    const line = told(LONG, 'Then you have walked a long way.');
    expect(line('Ann lost her berth to someone else.')).toMatchObject({
      source: 'direct',
      reliability: 60,
      significance: 1,
    });
    expect(line('Ann lost her berth to someone else.', { confidence: 0.4 })).toBeNull();
  });

  test('weighs less when only characters said it, and is not kept when that was in passing', () => {
    const line = told(null, 'The old mill by the river burned down in the summer of the flood.');
    expect(line('There was a fire once.', { significance: 1, confidence: 1 })).toBeNull();
    expect(line('There was a fire once.', { significance: 2, confidence: 0.7 })?.reliability).toBe(
      56,
    );
    expect(line('There was a fire once.', { significance: 2, confidence: 0.6 })).toBeNull();
    // Its own words are not somebody else's.
    expect(line('I spoke of the fire.', { confidence: 0.7 }, MIRA)?.reliability).toBe(63);
  });

  test('that was told by somebody names who, if they spoke, and is less reliable for it', () => {
    const line = told(LONG, 'Then you have walked a long way.');
    expect(line('A captain cheats.', { toldBy: 'Ann' })).toMatchObject({
      source: `told_by:${ANN}`,
      reliability: 48,
    });
    expect(line('A captain cheats.', { toldBy: 'Nobody' })?.source).toBe('direct');
  });

  test('that repeats its turns is cut down to the sentences that do not, or dropped', () => {
    const line = told(LONG, 'Then you have walked a long way.');
    expect(line(LONG)).toBeNull();
    expect(line(`Ann was cheated. ${LONG}`)?.text).toBe('Ann was cheated.');
  });

  test('never repeats more than half of the words of its turns, whatever the model says', () => {
    const word = fc.constantFrom(
      ...LONG.toLowerCase().replace('.', '').split(' '),
      'Ann',
      'knows',
      '.',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), (words) => {
        const line = told(LONG, 'Then you have walked a long way.');
        const kept = line(words.join(' '), { confidence: 1 });
        if (kept === null) return;
        const own = new Set(kept.text.toLowerCase().match(/\w+/g));
        const turn = new Set(LONG.toLowerCase().match(/\w+/g));
        expect([...turn].filter((each) => own.has(each)).length).toBeLessThanOrEqual(turn.size / 2);
      }),
      { numRuns: 60 },
    );
  });

  test('of blanks is none', () => {
    expect(repeats('', [])).toBe(false);
    expect(told(LONG, 'Hm.')('  \n ')).toBeNull();
  });
});

test('telling speech and action apart never loses, adds or moves a word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Well', 'she', 'sits.', '"Soup?"', 'No', ','), { minLength: 1 }),
      fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 4 }),
      (words, cuts) => {
        const text = words.join(' ');
        const segments = [{ kind: 'dialogue' as const, text }];
        const turn = { kind: 'user', segments } as unknown as UserTurn;
        const actions = cuts.map(([from, length]) => text.slice(from, from + length));
        const found = segmentsBy(turn, [...actions, 'and steals the silver']);
        if (found === null) return;
        const bare = (parts: string) => parts.replace(/\s+/g, '');
        expect(bare(found.map((each) => each.text).join(''))).toBe(bare(text));
      },
    ),
    { numRuns: 200 },
  );
});

test('summaries of the first schema stand by themselves', () => {
  const stored = {
    stream: 'chat:c1',
    version: 1,
    schema: 1,
    at: '2026-11-21T10:00:00.000Z',
    actor: 'troupe',
    command: 'c',
    node: 'n1',
    sources: [],
    run: { of: 'summary', owner: MIRA, number: 1 },
    cause: null,
  } as const;
  const scene = { owner: MIRA, scene: 'k', text: 'Rain.', significance: 1, before: null };
  const relationship = { from: MIRA, to: ANN, summary: 'A guest.', before: null };
  for (const [type, payload] of [
    ['SceneSummarized', scene],
    ['RelationshipSummarized', relationship],
  ] as const) {
    const event = parseEvent({ ...stored, type, payload });
    expect(event).toMatchObject({ schema: 3, payload });
    expect('standsOn' in event.payload).toBe(false);
  }
});
