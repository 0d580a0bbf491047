import { describe, expect, test } from 'vitest';
import { archiveChat } from '../../src/engine/deciders/archiveChat.ts';
import { authorCharacter } from '../../src/engine/deciders/authorCharacter.ts';
import { continueReply } from '../../src/engine/deciders/continueReply.ts';
import { completeReply, failReply } from '../../src/engine/deciders/settleReply.ts';
import { speak } from '../../src/engine/deciders/speak.ts';
import { startReply } from '../../src/engine/deciders/startReply.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import { emptyHome } from '../../src/engine/state/home.ts';
import { unanswered } from '../../src/engine/turns.ts';
import { ANN, begun, given, MIRA, replied, said, texts } from '../support/story.ts';

const speech = (node: string, text: string, name = 'Ann') => ({
  by: ANN,
  name,
  message: '100000000000000009',
  text,
  readable: text,
  quote: null,
  attachments: [],
  node,
});
const types = (events: readonly NewEvent[]) => events.map((event) => event.type);

describe('speak', () => {
  test('whoever joins enters with their first words, and is known from then on', () => {
    const chat = given(begun());
    const bob = { by: 'user:100000000000000003', name: 'Bob' };
    const first = speak({ ...speech('n1', 'Hello'), ...bob }, chat);
    expect(types(first)).toEqual(['EntityEntered', 'UserSpoke']);
    const again = { ...speech('n2', 'Again'), ...bob };
    expect(types(speak(again, given(first, chat)))).toEqual(['UserSpoke']);
  });

  test('whoever began the story has been there all along', () => {
    expect(types(speak(speech('n1', 'Hello'), given(begun())))).toEqual(['UserSpoke']);
  });

  test('a new name is taken up', () => {
    const chat = given(begun());
    given(speak(speech('n1', 'Hello'), chat), chat);
    given(speak(speech('n2', 'Hello', 'Annabel'), chat), chat);
    expect(chat.story.cast[ANN]?.name).toBe('Annabel');
  });
});

describe('startReply', () => {
  test('answers everything said since the last words, together', () => {
    const chat = given([...begun(), said('n1', 'one'), said('n2', 'two')]);
    expect(startReply({ node: 'r' }, chat)).toEqual([
      {
        type: 'ReplyStarted',
        node: 'r',
        payload: { by: MIRA, to: null, answers: ['n1', 'n2'], note: null },
      },
    ]);
  });

  test('does nothing when everything is answered', () => {
    expect(startReply({ node: 'r' }, given(begun()))).toEqual([]);
    const chat = given([...begun(), said('n1', 'one'), ...replied('n2', 'two', ['n1'])]);
    expect(startReply({ node: 'r' }, chat)).toEqual([]);
  });

  test('does nothing when all that was said is out of character', () => {
    const chat = given(begun());
    given(speak(speech('n1', '((brb))'), chat), chat);
    expect(startReply({ node: 'r' }, chat)).toEqual([]);
  });

  test('does nothing in a story that was put away', () => {
    const chat = given([...begun(), said('n1', 'one'), { type: 'ChatArchived', payload: {} }]);
    expect(startReply({ node: 'r' }, chat)).toEqual([]);
  });
});

describe('settling a reply', () => {
  const streaming = () =>
    given([
      ...begun(),
      said('n1', 'one'),
      {
        type: 'ReplyStarted',
        node: 'r',
        payload: { by: MIRA, to: null, answers: ['n1'], note: null },
      },
    ]);
  const words = { node: 'r', text: 'Words.', finish: 'stop' as const, model: null, usage: null };

  test('a reply has its words once', () => {
    const chat = streaming();
    given(completeReply(words, chat), chat);
    expect(completeReply({ ...words, text: 'Other words.' }, chat)).toEqual([]);
    expect(failReply({ node: 'r', failure: 'unavailable' }, chat)).toEqual([]);
    expect(texts(chat).at(-1)).toBe('Words.');
  });

  test.each(['length', 'filter', 'stopped', 'lost', 'shutdown'] as const)(
    '%s is truncated',
    (finish) => {
      const [event] = completeReply({ ...words, finish }, streaming());
      expect(event).toMatchObject({ type: 'ReplyCompleted', payload: { truncated: true } });
    },
  );

  test('a reply that failed before any text gives the head back to what it was to answer', () => {
    const chat = streaming();
    given(failReply({ node: 'r', failure: 'unavailable' }, chat), chat);
    expect(chat.head).toBe('n1');
    expect(unanswered(chat.story).map((turn) => turn.node)).toEqual(['n1']);
  });

  test('people who spoke since keep the head, and all of it is still unanswered', () => {
    const chat = streaming();
    given([said('n2', 'two')], chat);
    expect(types(failReply({ node: 'r', failure: 'unavailable' }, chat))).toEqual(['ReplyFailed']);
    given(failReply({ node: 'r', failure: 'unavailable' }, chat), chat);
    expect(chat.head).toBe('n2');
    expect(unanswered(chat.story).map((turn) => turn.node)).toEqual(['n1', 'n2']);
  });
});

test('putting a story away twice changes nothing', () => {
  const chat = given(begun());
  expect(types(archiveChat('archived', chat))).toEqual(['ChatUnbound', 'ChatArchived']);
  given(archiveChat('archived', chat), chat);
  expect(archiveChat('archived', chat)).toEqual([]);
});

test('a character is written once, and revised when its sheet changed', () => {
  const character = MIRA;
  expect(types(authorCharacter({ character, sheet: exampleSheet }, emptyHome))).toEqual([
    'CharacterAuthored',
  ]);
  const authored = { sheet: exampleSheet, revision: 1, author: ANN, retired: false };
  const home = { ...emptyHome, characters: { [MIRA]: authored } };
  expect(authorCharacter({ character, sheet: exampleSheet }, home)).toEqual([]);
  expect(
    authorCharacter({ character, sheet: { ...exampleSheet, name: 'Mirabel' } }, home),
  ).toMatchObject([{ type: 'CharacterRevised', payload: { revision: 2 } }]);
});

describe('continueReply', () => {
  test('the newest words are gone on from, as a step of their own', () => {
    const chat = given(begun());
    given(continueReply({ node: 'n1' }, chat), chat);
    given(replied('n1', 'And more.').slice(1), chat);
    expect(chat.story.turns.at(-1)).toMatchObject({
      node: 'n1',
      continues: 'g',
      text: 'And more.',
    });
  });

  test('what a person said last is nothing to go on from', () => {
    const chat = given([...begun(), said('n1', 'Hello')]);
    expect(() => continueReply({ node: 'n2' }, chat)).toThrow('nothing-to-continue');
  });
});
