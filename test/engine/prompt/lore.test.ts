import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../../src/engine/event.ts';
import { exampleBook, type Lorebook, type LoreEntry } from '../../../src/engine/lore/lorebook.ts';
import { assemblePrompt, type PromptAsk } from '../../../src/engine/prompt/assemblePrompt.ts';
import { Counts } from '../../../src/engine/prompt/counts.ts';
import { exampleSheet, type Sheet } from '../../../src/engine/sheet.ts';
import { defaultSettings } from '../../../src/engine/world.ts';
import { ANN, begun, given, MIRA, said } from '../../support/story.ts';

const [tower] = exampleBook.entries as [LoreEntry];
const book = (entries: readonly Partial<LoreEntry>[], more: Partial<Lorebook> = {}): Lorebook => ({
  ...exampleBook,
  ...more,
  entries: entries.map((entry, at) => ({ ...tower, id: `e${at}`, ...entry })),
});
const words = (text: string) => text.split(/\s+/).filter(Boolean).length;

/** Mira's prompt after someone spoke of the tower. */
function prompt(sheet: Partial<Sheet>, extra: Partial<PromptAsk> = {}) {
  const comes = { entity: ANN, name: 'Ann', sheet: null, revision: null };
  const entered: NewEvent = { type: 'EntityEntered', node: 'n1', payload: comes };
  const chat = given([entered, said('n1', 'What of the tower?')], given(begun()));
  const mira = chat.story.cast[MIRA];
  if (mira === undefined) throw new Error('Mira is not there');
  const playing = { ...mira, sheet: { ...exampleSheet, ...sheet } };
  const story = { ...chat.story, cast: { ...chat.story.cast, [MIRA]: playing } };
  const ask = {
    story,
    character: MIRA,
    answers: ['n1'],
    budget: { soft: 10_000, hard: 10_000 },
    settings: defaultSettings,
    books: [],
    pinned: [],
    retrieved: [],
    older: [],
    turn: () => null,
  };
  return assemblePrompt({ ...ask, ...extra }, new Counts(words));
}

const lore = (system: string): string[] =>
  (/<section name="world">\n([^<]*)/.exec(system)?.[1] ?? '').trim().split('\n').filter(Boolean);

describe('lore in a prompt', () => {
  test('comes up with its words, the own book first, and is told once', () => {
    const own = book([{ content: 'The tower is hollow.', order: 500 }]);
    const shared = book([{ content: 'The tower is hollow.' }, { content: 'It hums.', order: 1 }]);
    const { system, receipt } = prompt({ book: own }, { books: [shared] });
    expect(lore(system)).toEqual(['- The tower is hollow.', '- It hums.']);
    expect(receipt.sections.find(({ name }) => name === 'world')?.items).toBe(2);
    expect(lore(prompt({}, { books: [book([{ keys: ['harbour'] }])] }).system)).toEqual([]);
  });

  test('is for those alone who may know it', () => {
    const secret = book([{ knownBy: ['Mira'] }, { content: 'Not hers.', knownBy: ['Joren'] }]);
    expect(lore(prompt({}, { books: [secret] }).system)).toEqual([`- ${tower.content}`]);
    const whole = prompt({ name: 'Mira of the Pier' }, { books: [secret] });
    expect(lore(whole.system)).toEqual([`- ${tower.content}`]);
  });

  test('keeps within its book’s budget, the most important first', () => {
    const long = book(
      [
        { content: 'one two three four', priority: 1, order: 1 },
        { content: 'five six seven eight', priority: 9, order: 2 },
      ],
      { budget: 6 },
    );
    expect(lore(prompt({}, { books: [long] }).system)).toEqual(['- five six seven eight']);
  });

  test('gives way before what was said last, and the receipt says so', () => {
    const large = book([{ content: 'word '.repeat(400).trim() }]);
    const bare = prompt({}).receipt.tokens;
    const budget = { soft: bare + 20, hard: bare + 20 };
    const { system, receipt } = prompt({}, { books: [large], budget });
    expect(lore(system)).toEqual([]);
    expect(receipt.trimmed).toContainEqual({
      name: "the world's lore",
      items: 1,
      why: 'hard-budget',
    });
  });

  test('comes up by the same chance whenever the same turn is answered', () => {
    const many = book(
      Array.from({ length: 40 }, (_, at) => ({ content: `Piece ${at}.`, probability: 50 })),
    );
    const once = lore(prompt({}, { books: [many] }).system);
    expect(once.length).toBeGreaterThan(8);
    expect(once.length).toBeLessThan(32);
    expect(lore(prompt({}, { books: [many] }).system)).toEqual(once);
  });
});

test('placeholders of a card are filled in wherever its texts stand in a prompt', () => {
  const text = '{{char}} and {{user}}, <USER>';
  const { system, lines } = prompt(
    {
      persona: `p ${text}`,
      traits: [`t ${text}`],
      voice: [`v ${text}`, `w ${text}`],
      backstory: `b ${text}\n\nc ${text}`,
      relationship: `r ${text}`,
      frame: `f ${text}`,
      instructions: `i ${text}`,
      book: book([{ content: `l ${text}` }]),
    },
    {},
  );
  const all = `${system}\n${lines.map((line) => line.text).join('\n')}`;
  for (const each of ['p', 't', 'v', 'w', 'b', 'c', 'r', 'f', 'i', 'l']) {
    expect(all).toContain(`${each} Mira and Ann, Ann`);
  }
  expect(all).not.toMatch(/\{\{|<user>/i);
});
