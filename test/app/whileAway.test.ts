import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, type Posted } from '../../src/app/whileAway.ts';

/** A message in a channel, and what a story took from it. */
interface Line {
  readonly id: string;
  readonly by: 'person' | 'character' | 'other';
  text: string;
  editedAt: number | null;
}

type Story = Map<string, { text: string; person: boolean }>;

const HOUR = 3_600_000;
const NOW = 100 * HOUR;
const FIRST = 100_000;

const posted = ({ id, by, text, editedAt }: Line): Posted => ({
  id,
  by: 'user:1',
  spoken: by === 'person',
  text,
  at: NOW - 1,
  editedAt,
});

/** A channel with its story as a bot that was there has it. */
const scene = (lines: readonly Line[]): Story =>
  new Map(
    lines
      .filter(({ by }) => by !== 'other')
      .map(({ id, text, by }) => [id, { text, person: by === 'person' }]),
  );

/** What is made good of a channel, read back as far as to one of its messages. */
function lookAt(
  lines: readonly Line[],
  story: Story,
  { seen = String(FIRST), from = '0', messages = 200, since = NOW - 24 * HOUR } = {},
) {
  const shown = [...story.keys()].map((message) => ({ message, node: `n${message}` }));
  return compare(
    { seen: { since: '0', message: seen }, shown },
    { posted: lines.filter(({ id }) => BigInt(id) >= BigInt(from)).map(posted), from },
    {
      messages,
      since,
      isTurn: (message) => story.get(message)?.person === true,
      isErased: () => false,
      lastText: (message) => {
        const turn = story.get(message);
        return turn?.person ? turn.text : null;
      },
    },
  );
}

function makeGood(lines: readonly Line[], story: Story, seen: string): Story {
  const { come, edited, missing } = lookAt(lines, story, { seen });
  const after = new Map([...story].filter(([id]) => !missing.includes(id)));
  for (const id of [...edited, ...come]) {
    after.set(id, { text: lines.find((line) => line.id === id)?.text ?? '', person: true });
  }
  return after;
}

const person = (id: number, text = `t${id}`): Line => ({
  id: String(FIRST + id),
  by: 'person',
  text,
  editedAt: null,
});

const nothing = { come: [], skipped: null, edited: [], missing: [], turnsMissing: 0 };

describe('what a channel shows beside what its story holds', () => {
  const begun = fc.array(fc.constantFrom('person', 'character', 'other'), { maxLength: 8 });
  const deeds = fc.array(
    fc.record({
      kind: fc.constantFrom('say', 'edit', 'delete', 'post'),
      which: fc.nat(20),
      text: fc.constantFrom('a', 'b', 'c'),
    }),
    { maxLength: 25 },
  );

  test('is for any sequence of deeds what a bot that was there would have seen, and nothing the second time', () => {
    fc.assert(
      fc.property(begun, deeds, (speakers, done) => {
        let next = FIRST + 1;
        const line = (by: Line['by'], text: string): Line => {
          next += 1;
          return { id: String(next), by, text, editedAt: null };
        };
        let lines = speakers.map((by) => line(by, 'x'));
        const away = scene(lines);
        const there = scene(lines);
        const seen = String(next);
        for (const { kind, which, text } of done) {
          const target = lines[which % Math.max(1, lines.length)];
          if (kind === 'say' || kind === 'post') {
            const said = line(kind === 'say' ? 'person' : 'other', text);
            lines.push(said);
            if (kind === 'say') there.set(said.id, { text, person: true });
          } else if (kind === 'delete' && target !== undefined) {
            lines = lines.filter((each) => each !== target);
            there.delete(target.id);
          } else if (kind === 'edit' && target?.by === 'person') {
            target.text = text;
            target.editedAt = NOW;
            there.set(target.id, { text, person: true });
          }
        }
        const back = makeGood(lines, away, seen);
        expect([...back].toSorted()).toEqual([...there].toSorted());
        const newest = [...back.keys()].reduce((a, b) => (BigInt(a) > BigInt(b) ? a : b), seen);
        expect(lookAt(lines, back, { seen: newest })).toEqual(nothing);
      }),
      { numRuns: 300 },
    );
  });

  test('is nothing where an edit left the words as they were, and where nobody edited', () => {
    const same = { ...person(1), editedAt: NOW };
    // As somebody reworded it in the story alone: what the channel shows is what was last seen there.
    const lines = [same, person(2)];
    const seen = String(FIRST + 2);
    expect(lookAt(lines, scene(lines), { seen })).toEqual(nothing);
  });

  test('what lies before the part that was read is not missed', () => {
    const [first, second, third] = [person(1), person(2), person(3)];
    const story = scene([first, second, third]);
    const looked = lookAt([third], story, { seen: third.id, from: second.id });
    expect(looked).toEqual({ ...nothing, missing: [second.id], turnsMissing: 1 });
  });

  test('of more than is looked at the newest are taken, and the rest is passed over for good', () => {
    const lines = [person(1), person(2), person(3), person(4)];
    const looked = lookAt(lines, new Map(), { messages: 2 });
    expect(looked).toMatchObject({
      come: [person(3).id, person(4).id],
      skipped: person(4).id,
    });
    const again = lookAt(lines, scene(lines.slice(2)), { seen: person(4).id, messages: 2 });
    expect(again).toEqual(nothing);
  });

  test('what is too old is passed over, and so is what was never reached; what is nobody’s words is not', () => {
    const lines = [person(5), person(6)];
    expect(lookAt(lines, new Map(), { since: NOW })).toMatchObject({
      come: [],
      skipped: person(6).id,
    });
    expect(lookAt(lines, new Map(), { from: person(5).id })).toMatchObject({
      come: [person(5).id, person(6).id],
      skipped: person(6).id,
    });
    const news: Line = { ...person(7), by: 'other' };
    expect(lookAt([news], new Map(), { since: NOW })).toEqual(nothing);
  });

  test('several messages of one reply are one turn', () => {
    const shown = [
      { message: '1', node: 'n' },
      { message: '2', node: 'n' },
      { message: '3', node: 'm' },
    ];
    const grounds = {
      messages: 9,
      since: 0,
      isTurn: () => false,
      lastText: () => null,
      isErased: () => false,
    };
    const seen = { since: '0', message: '3' };
    expect(compare({ seen, shown }, { posted: [], from: '0' }, grounds)).toEqual({
      ...nothing,
      missing: ['1', '2', '3'],
      turnsMissing: 2,
    });
  });
});
