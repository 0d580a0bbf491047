import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueReply, speakersFor } from '../../src/engine/answering.ts';
import type { Chat } from '../../src/engine/chat.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import { unanswered } from '../../src/engine/turns.ts';
import type { Settings } from '../../src/engine/world.ts';
import { ANN, begun, given, MIRA, said } from '../support/story.ts';

const OLAF = 'character:olaf';
const BO = 'character:bo';

const enters = (entity: string, name: string): NewEvent => ({
  type: 'EntityEntered',
  node: 'cast',
  payload: { entity, name, sheet: { ...exampleSheet, name }, revision: 1 },
});

/** Mira, Olaf and Bo with Ann in one place. */
const company = (): Chat =>
  given([
    ...begun(),
    enters(OLAF, 'Olaf Brand'),
    enters(BO, 'Bo'),
    {
      type: 'EntityEntered',
      node: 'cast',
      payload: { entity: ANN, name: 'Ann', sheet: null, revision: null },
    },
  ]);

const speakers = (chat: Chat, rule: Settings['answers']) =>
  speakersFor(chat.story, rule, unanswered(chat.story));

/** Has whoever is due answer until nobody is. */
function playRound(chat: Chat, rule: Settings['answers'], finish: 'stop' | 'stopped' = 'stop') {
  const order: string[] = [];
  for (let due = dueReply(chat.story, rule); due !== null; due = dueReply(chat.story, rule)) {
    const node = `r${chat.version}`;
    order.push(due.by);
    const result = { finish, truncated: finish !== 'stop', model: null, usage: null };
    given(
      [
        {
          type: 'ReplyStarted',
          node,
          payload: { ...due, to: null, answers: [...due.answers], note: null },
        },
        { type: 'ReplyCompleted', node, payload: { by: due.by, text: 'Aye.', ...result } },
      ],
      chat,
    );
    if (order.length > 10) throw new Error('a round has no end');
  }
  return order;
}

const quoting = (node: string, entity: string): NewEvent => {
  const event = said(node, 'Really?');
  if (event.type !== 'UserSpoke') throw new Error('nobody spoke');
  const quote = { by: 'x', text: 'x', node: 'g', entity };
  return { ...event, payload: { ...event.payload, quote } };
};

const whispered = (node: string, to: string): NewEvent => {
  const event = said(node, 'Psst.');
  if (event.type !== 'UserSpoke') throw new Error('nobody spoke');
  return { ...event, payload: { ...event.payload, to } };
};

const left = (entity: string, node: string): NewEvent => ({
  type: 'EntityLeft',
  node,
  payload: { entity },
});

describe('who answers', () => {
  test('whoever is called by name, by the whole of it or the first, in the order of the text', () => {
    expect(speakers(given([said('n', 'Bo, tell olaf.')], company()), 'round')).toEqual([BO, OLAF]);
    expect(speakers(given([said('n', 'The bow of Boston')], company()), 'addressed')).toEqual([
      MIRA,
    ]);
  });

  test('whoever is replied to', () => {
    expect(speakers(given([quoting('n', OLAF)], company()), 'everyone')).toEqual([OLAF]);
  });

  test('else by the rule of the chat', () => {
    const chat = given([said('n', 'Hello all')], company());
    expect(speakers(chat, 'addressed')).toEqual([MIRA]);
    expect(speakers(chat, 'everyone')).toEqual([OLAF, BO, MIRA]);
    expect(speakers(chat, 'round')).toEqual([OLAF]);
  });

  test('taking turns, everyone comes to speak', () => {
    const chat = company();
    const order = ['a', 'b', 'c', 'd'].flatMap((node) => {
      given([said(node, 'Go on')], chat);
      return playRound(chat, 'round');
    });
    expect(order).toEqual([OLAF, BO, MIRA, OLAF]);
  });

  test('only those who perceived it', () => {
    const chat = given([left(OLAF, 'x'), said('n', 'Olaf, Bo, hello')], company());
    expect(speakers(chat, 'everyone')).toEqual([BO]);
  });

  test('nobody where nobody is near', () => {
    const chat = given(
      [left(MIRA, 'x'), left(OLAF, 'y'), left(BO, 'z'), said('n', 'Hm')],
      company(),
    );
    expect(dueReply(chat.story, 'everyone')).toBeNull();
  });

  test('a whisper waits for no round: it is answered as it is whispered, by its target alone', () => {
    const chat = given([said('n1', 'Hello'), whispered('n2', BO)], company());
    expect(dueReply(chat.story, 'addressed')).toEqual({ by: MIRA, answers: ['n1'] });
    expect(playRound(chat, 'addressed')).toEqual([MIRA]);
  });

  test('a round of several is a sequence of replies, each after the one before', () => {
    const chat = given([said('n', 'Hello all')], company());
    expect(playRound(chat, 'everyone')).toEqual([OLAF, BO, MIRA]);
    expect(chat.story.turns.slice(-3)).toMatchObject([
      { answers: ['n'] },
      { answers: ['n'] },
      { answers: ['n'] },
    ]);
  });

  test('a person who stops one stops the round', () => {
    const chat = given([said('n', 'Hello all')], company());
    expect(playRound(chat, 'everyone', 'stopped')).toEqual([OLAF]);
  });

  test('what is said while a reply streams is answered by itself, together', () => {
    const chat = given([said('n1', 'Hello all')], company());
    const begin: NewEvent = {
      type: 'ReplyStarted',
      node: 'r',
      payload: { by: OLAF, to: null, answers: ['n1'], note: null },
    };
    given([begin], chat);
    expect(dueReply(chat.story, 'everyone')).toBeNull();
    given([said('n2', 'And'), said('n3', 'then')], chat);
    expect(dueReply(chat.story, 'everyone')).toMatchObject({ answers: ['n2', 'n3'] });
  });

  test('whatever the rule, a round ends, nobody speaks twice in it, and the same story gives the same round', () => {
    const rule = fc.constantFrom('addressed', 'everyone', 'round', 'talkative') as fc.Arbitrary<
      Settings['answers']
    >;
    const turn = fc.constantFrom('Hello', 'Bo?', 'Olaf and Mira', '((aside))');
    fc.assert(
      fc.property(rule, fc.array(turn, { minLength: 1, maxLength: 6 }), (how, spoken) => {
        const play = () => {
          const chat = company();
          return spoken.map((text, index) => {
            given([said(`n${index}`, text)], chat);
            return playRound(chat, how);
          });
        };
        const rounds = play();
        for (const round of rounds) expect(new Set(round).size).toBe(round.length);
        for (const round of rounds) expect(round.length).toBeGreaterThan(0);
        expect(play()).toEqual(rounds);
      }),
      { numRuns: 60 },
    );
  });
});
