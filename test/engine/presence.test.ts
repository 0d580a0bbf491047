import { describe, expect, test } from 'vitest';
import type { Chat } from '../../src/engine/chat.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { assemblePrompt } from '../../src/engine/prompt/assemblePrompt.ts';
import { Counts } from '../../src/engine/prompt/counts.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import { defaultSettings, namedPlace } from '../../src/engine/world.ts';
import { ANN, begun, given, MIRA, replied, said } from '../support/story.ts';

const OLAF = 'character:olaf';
const SECRET = 'the will was forged';

const company = (): Chat =>
  given([
    ...begun(),
    {
      type: 'PlaceCreated',
      node: 'cast',
      payload: { id: 'place:cellar', place: namedPlace('The cellar') },
    },
    {
      type: 'EntityEntered',
      node: 'cast',
      payload: {
        entity: OLAF,
        name: 'Olaf',
        sheet: { ...exampleSheet, name: 'Olaf' },
        revision: 1,
      },
    },
    {
      type: 'EntityEntered',
      node: 'cast',
      payload: { entity: ANN, name: 'Ann', sheet: null, revision: null },
    },
  ]);

function held({ story }: Chat, character: string): string {
  const wide = { soft: 100_000, hard: 100_000 };
  const { system, lines } = assemblePrompt(
    {
      story,
      character,
      answers: [],
      budget: wide,
      settings: defaultSettings,
      books: [],
      pinned: [],
      retrieved: [],
      older: [],
      turn: (node) => story.turns.find((turn) => turn.node === node) ?? null,
    },
    new Counts((text) => text.length),
  );
  return [system, ...lines.map(({ text }) => text)].join('\n');
}

const changes = (entity: string, what: object, node: string): NewEvent => ({
  type: 'ActivityChanged',
  node,
  payload: { entity, changes: what, before: null },
});

describe('nobody knows what they did not witness', () => {
  test('the next room hears nothing, and sees nobody', () => {
    const chat = given(
      [
        changes(OLAF, { place: 'place:cellar' }, 'a'),
        changes(MIRA, { posture: 'on tiptoe' }, 'b'),
        said('n', SECRET),
      ],
      company(),
    );
    expect(held(chat, MIRA)).toContain(SECRET);
    const olaf = held(chat, OLAF);
    for (const each of [SECRET, 'on tiptoe', 'Mira', 'Ann', 'The Drowned Bell']) {
      expect(olaf).not.toContain(each === 'Mira' ? 'Present: Olaf, Mira' : each);
    }
    expect(olaf).toContain('Place: The cellar');
  });

  test('the next room hears what is said where it can be heard around', () => {
    const around: NewEvent = {
      type: 'PlaceRevised',
      node: 'a',
      payload: {
        id: 'place:p1',
        changes: { audible: 'around', parent: 'place:cellar' },
        before: null,
      },
    };
    const chat = given(
      [around, changes(OLAF, { place: 'place:cellar' }, 'b'), said('n', SECRET)],
      company(),
    );
    expect(held(chat, OLAF)).toContain(SECRET);
    expect(held(chat, OLAF)).toContain('Within earshot:');
  });

  test('a whisper reaches its target alone, who sees that it was one', () => {
    const spoken = said('n', SECRET);
    if (spoken.type !== 'UserSpoke') throw new Error('nobody spoke');
    const chat = given([{ ...spoken, payload: { ...spoken.payload, to: MIRA } }], company());
    expect(held(chat, MIRA)).toContain(`Ann (whispering to Mira): ${SECRET}`);
    expect(held(chat, OLAF)).not.toContain(SECRET);
  });

  test('who left before the secret does not know it, and coming back does not help', () => {
    const chat = given(
      [
        { type: 'EntityLeft', node: 'a', payload: { entity: OLAF } },
        said('n', SECRET),
        {
          type: 'EntityEntered',
          node: 'b',
          payload: {
            entity: OLAF,
            name: 'Olaf',
            sheet: { ...exampleSheet, name: 'Olaf' },
            revision: 1,
          },
        },
        said('n2', 'Welcome back'),
      ],
      company(),
    );
    expect(held(chat, OLAF)).toContain('Welcome back');
    expect(held(chat, OLAF)).not.toContain(SECRET);
  });

  test('who sleeps hears nothing, and wakes up by speaking', () => {
    const chat = given(
      [changes(ANN, { status: 'asleep' }, 'a'), ...replied('r', SECRET)],
      company(),
    );
    expect(chat.story.turns.at(-1)?.witnesses).not.toContain(ANN);
    given([said('n', 'I am awake'), ...replied('r2', 'So you are')], chat);
    expect(chat.story.turns.at(-1)?.witnesses).toContain(ANN);
  });

  test('of a scene that two witnessed by halves, each has its own summary', () => {
    const summed = (owner: string, text: string): NewEvent => ({
      type: 'SceneSummarized',
      node: 'close',
      payload: { owner, scene: 'k', text, significance: 1, before: null },
    });
    const closed: NewEvent = { type: 'SceneClosed', node: 'close', payload: { significance: 1 } };
    const chat = given(
      [closed, summed(MIRA, `Ann said ${SECRET}.`), summed(OLAF, 'It rained.')],
      company(),
    );
    expect(held(chat, MIRA)).toContain(SECRET);
    expect(held(chat, OLAF)).toContain('It rained.');
    expect(held(chat, OLAF)).not.toContain(SECRET);
  });

  test('"she leaves", and the secret right after: it counts whenever the digest comes', () => {
    const leaves: NewEvent = {
      type: 'EntityLeft',
      node: 'r',
      payload: { entity: OLAF },
      sources: [],
      run: { of: 'digest', number: 1, owner: null },
    };
    const before = [said('n1', 'Olaf goes up to bed.'), ...replied('r', 'Good night, Olaf.')];
    const inTime = given([...before, leaves, said('n2', SECRET)], company());
    const late = given([...before, said('n2', SECRET), leaves], company());
    for (const chat of [inTime, late]) {
      expect(held(chat, MIRA)).toContain(SECRET);
      expect(held(chat, OLAF)).not.toContain(SECRET);
    }
  });

  test('a quotation reminds only those who heard the words, of what was left of them', () => {
    const quote = { by: 'Ann', text: SECRET, node: 'n', entity: ANN };
    const quoting = said('n2', 'What did you mean by that?');
    if (quoting.type !== 'UserSpoke') throw new Error('nobody spoke');
    const chat = given(
      [
        changes(OLAF, { place: 'place:cellar' }, 'a'),
        said('n', SECRET),
        changes(OLAF, { place: 'place:p1' }, 'b'),
        { ...quoting, payload: { ...quoting.payload, quote } },
      ],
      company(),
    );
    expect(held(chat, MIRA)).toContain(`[about Ann's words "${SECRET}"]`);
    expect(held(chat, OLAF)).toContain('Ann: What did you mean by that?');
    expect(held(chat, OLAF)).not.toContain(SECRET);
  });
});

test('who was reset does not know how the open scene began, and the others do', () => {
  const chat = company();
  expect(held(chat, MIRA)).toContain('How it began: Rain.');
  given([{ type: 'CharacterReset', node: 'reset', payload: { entity: MIRA } }], chat);
  expect(held(chat, MIRA)).not.toContain('How it began');
});
