import { describe, expect, test } from 'vitest';
import { Chat } from '../../src/engine/chat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { eraseTurns, removeTurn, reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { editStory } from '../../src/engine/deciders/editStory.ts';
import {
  chooseVariant,
  load,
  reset,
  rewind,
  save,
  undo,
} from '../../src/engine/deciders/moveHead.ts';
import { regenerate } from '../../src/engine/deciders/regenerate.ts';
import { failReply } from '../../src/engine/deciders/settleReply.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { ANN, begun, given, MIRA, replied, said, texts } from '../support/story.ts';

const story = () => given([...begun(), said('u1', 'one'), ...replied('r1', 'two')]);
const take = (chat: Chat, events: readonly NewEvent[]) => given(events, chat);
const branchOff = (parent: Chat, after: string, id = 'c2') =>
  given(
    branchChat({ name: 'b', owner: ANN, after, channel: null, guild: null }, parent),
    new Chat(id, [], parent.tree),
  );
const shift = (
  node: string,
  affinity: number,
  number = 1,
  sources = [{ node: 'u1', revision: 0 }],
) =>
  ({
    type: 'RelationshipShifted',
    node,
    sources,
    run: { of: 'digest', owner: null, number },
    payload: { from: MIRA, to: ANN, affinity, trust: 0, facts: [] },
  }) as NewEvent;
const minutes = (node: string, passed: number, number: number): NewEvent => ({
  type: 'ClockAdvanced',
  node,
  sources: [{ node: 'u1', revision: 0 }],
  run: { of: 'digest', owner: null, number },
  payload: { minutes: passed, anchor: null },
});
const affinity = (chat: Chat) => chat.story.relationships[`${MIRA}>${ANN}`]?.affinity ?? 50;
const revise = (chat: Chat, text: string) =>
  take(chat, reviseTurn({ turn: 'u1', text, readable: text }, chat));

describe('results', () => {
  test('of several runs only the newest per node, kind of derivation and owner counts', () => {
    expect(affinity(take(story(), [shift('r1', 3), shift('r1', 7, 2)]))).toBe(57);
    expect(affinity(take(story(), [shift('r1', 7, 2), shift('r1', 3)]))).toBe(57);
  });

  test('two digests that finish in the wrong order give the same state as in the right order', () => {
    const runs = [1, 2].map((number) => [
      minutes('r1', 30 * number, number),
      shift('r1', 4, number),
    ]);
    const inOrder = take(story(), runs.flat());
    const other = take(story(), runs.toReversed().flat());
    expect(other.story).toEqual(inOrder.story);
    expect(inOrder.story.clock.minutes).toBe(30);
  });

  test('a newer run of one owner, or of another kind, leaves the runs of the others', () => {
    const OLAF = 'character:olaf';
    const of = (of: 'digest' | 'summary', owner: string, number: number, trust: number) =>
      ({
        ...shift('r1', 0, number),
        run: { of, owner, number },
        payload: { from: owner, to: ANN, affinity: 0, trust, facts: [] },
      }) as NewEvent;
    const chat = take(story(), [
      of('digest', MIRA, 1, 1),
      of('digest', MIRA, 2, 2),
      of('digest', OLAF, 1, 3),
      of('summary', MIRA, 1, 4),
    ]);
    expect(chat.story.relationships[`${MIRA}>${ANN}`]?.trust).toBe(50 + 2 + 4);
    expect(chat.story.relationships[`${OLAF}>${ANN}`]?.trust).toBe(53);
  });

  test('sources count only while current', () => {
    const chat = take(story(), [shift('r1', 3)]);
    expect(affinity(revise(chat, 'other'))).toBe(50);
    expect(affinity(take(chat, [shift('r1', 4, 2, [{ node: 'u1', revision: 1 }])]))).toBe(54);
  });

  test("the world's moves of a node's first run stand", () => {
    const chat = take(story(), [minutes('r1', 30, 1)]);
    revise(chat, 'other');
    take(chat, [minutes('r1', 90, 2)]);
    expect(chat.story.clock.minutes).toBe(30);
  });

  test('an event holds what was asked: the range is applied as it is folded', () => {
    const chat = take(
      story(),
      Array.from({ length: 9 }, (_, at) => [said(`s${at}`, 'x'), shift(`s${at}`, 10)]).flat(),
    );
    expect(affinity(chat)).toBe(100);
  });
});

describe('what targets something off the line', () => {
  const written = (node: string): NewEvent => ({
    type: 'MemoryWritten',
    node,
    sources: [{ node, revision: 0 }],
    run: { of: 'digest', owner: null, number: 1 },
    payload: {
      owner: MIRA,
      text: 'He paid.',
      kind: 'event',
      witnesses: [MIRA],
      scene: null,
      storyTime: 0,
      source: 'direct',
      reliability: 100,
      significance: 1,
    },
  });
  const pin = {
    type: 'MemoryPinned',
    payload: { memory: { node: 'r1', owner: MIRA }, significance: 1 },
  } as const;

  test('does nothing there, in state and among memories', () => {
    const chat = take(story(), [written('r1')]);
    take(chat, [{ ...pin, node: 'e1' }]);
    expect(chat.story.pins[MIRA]).toHaveLength(1);
    take(chat, rewind({ to: 'g' }, chat));
    take(chat, [{ ...pin, node: 'e2' }]);
    expect(chat.line()).toEqual(['k', 'g', 'e2']);
    expect(chat.story.pins[MIRA] ?? []).toEqual([]);
    expect(chat.tree.counting(chat.tree.node('e2'))).toEqual([]);
  });

  test('counts again when an undo brings it back', () => {
    const chat = take(story(), [written('r1')]);
    take(chat, editStory({ node: 'e1', edit: pin }, chat));
    take(chat, regenerate({ reply: 'r1', node: 'r2', note: null }, chat));
    take(chat, chooseVariant({ variant: 'r1' }, chat));
    expect(chat.story.pins[MIRA]).toMatchObject([{ memory: { node: 'r1' } }]);
  });
});

describe('words', () => {
  test('a removed turn stays as a silent step, on every line and branch', () => {
    const chat = story();
    const branch = branchOff(chat, 'r1');
    take(chat, removeTurn({ turn: 'u1' }, chat));
    for (const each of [chat, branch]) {
      expect(each.line()).toContain('u1');
      expect(texts(each)).toEqual([texts(each)[0], '', 'two']);
    }
  });

  test("an erasure blanks the free text of the world's moves, which stand; a removal leaves it", () => {
    const moved: NewEvent = {
      type: 'SceneOpened',
      node: 'r1',
      sources: [{ node: 'u1', revision: 0 }],
      run: { of: 'digest', owner: null, number: 1 },
      payload: { place: 'place:p1', time: 'Dawn', opening: 'CANARY', participants: [MIRA] },
    };
    const chat = take(story(), [moved]);
    take(chat, removeTurn({ turn: 'u1' }, chat));
    expect(chat.story.scene).toMatchObject({ opening: 'CANARY' });
    take(chat, eraseTurns({ person: ANN, turns: ['u1'] }, chat));
    expect(chat.story.scene).toMatchObject({ opening: '', participants: [MIRA] });
  });

  test('what people do to their own words belongs to the chat that owns the turn', () => {
    const branch = branchOff(story(), 'r1');
    expect(() => removeTurn({ turn: 'u1' }, branch)).toThrow('not-a-turn');
  });
});

describe('the head', () => {
  test('undo works while its move is the last one and the head stands at its to', () => {
    const chat = story();
    take(chat, rewind({ to: 'g' }, chat));
    const undone = undo({ move: chat.frame.lastMove?.version ?? 0 }, chat);
    expect(undone).toMatchObject([{ payload: { from: 'g', to: 'r1', why: 'undo' } }]);
    take(chat, [said('u2', 'on')]);
    expect(() => undo({ move: null }, chat)).toThrow('nothing-to-undo');
  });

  test('regenerate begins a sibling, and issues again the edits that stood after the old reply', () => {
    const chat = story();
    const edit = { type: 'WeatherChanged', payload: { weather: 'snow' } } as const;
    take(chat, editStory({ node: 'e1', edit }, chat));
    take(chat, regenerate({ reply: 'r1', node: 'r2', note: null }, chat));
    expect(chat.line()).toEqual(['k', 'g', 'u1', 'r2', 'r2-1']);
    expect(chat.story.weather).toBe('snow');
  });

  test('a reply that failed before any text gives way to the one that it was to replace', () => {
    const chat = story();
    take(chat, regenerate({ reply: 'r1', node: 'r2', note: null }, chat));
    take(chat, failReply({ node: 'r2', failure: 'unavailable' }, chat));
    expect(chat.head).toBe('r1');
    expect(chat.variantsOf('r1')).toEqual(['r1']);
  });

  test('of several lines of a variant the one where it stood last is taken up', () => {
    const chat = story();
    take(chat, [said('u2', 'one way')]);
    take(chat, rewind({ to: 'r1' }, chat));
    take(chat, [said('u3', 'another way')]);
    take(chat, regenerate({ reply: 'r1', node: 'r2', note: null }, chat));
    take(chat, chooseVariant({ variant: 'r1' }, chat));
    expect(chat.head).toBe('u3');
  });

  test('choosing a variant moves the head to where its line last stood; removed ones are not offered', () => {
    const chat = story();
    take(chat, [said('u2', 'further')]);
    take(chat, regenerate({ reply: 'r1', node: 'r2', note: null }, chat));
    expect(chat.variantsOf('r2')).toEqual(['r1', 'r2']);
    take(chat, chooseVariant({ variant: 'r1' }, chat));
    expect(chat.head).toBe('u2');
    take(chat, removeTurn({ turn: 'r2' }, chat));
    expect(chat.variantsOf('r1')).toEqual(['r1']);
  });

  test('a save is loaded on the tree it lies on, and is named once', () => {
    const chat = story();
    take(chat, save({ name: 'here', at: 'u1', taken: false }, chat));
    expect(() => save({ name: 'here', at: 'g', taken: false }, chat)).toThrow('name-taken');
    expect(load({ at: 'u1' }, chat)).toMatchObject([{ payload: { to: 'u1', why: 'load' } }]);
    expect(() => load({ at: 'u1' }, branchOff(chat, 'g'))).toThrow('save-elsewhere');
  });

  test('reset: with one character the story goes back to before its kickoff', () => {
    const chat = story();
    expect(reset({ character: MIRA, node: 'x' }, chat)).toMatchObject([{ payload: { to: null } }]);
  });

  test('reset: with several the character forgets, and who it is stays', () => {
    const sheet = chatSheet();
    const olaf: NewEvent = {
      type: 'EntityEntered',
      node: 'o1',
      payload: { entity: 'character:olaf', name: 'Olaf', sheet, revision: 1 },
    };
    const chat = take(story(), [shift('r1', 9), olaf]);
    take(chat, reset({ character: MIRA, node: 'x1' }, chat));
    expect(affinity(chat)).toBe(50);
    expect(chat.story.turns.every((turn) => turn.hiddenFrom?.includes(MIRA))).toBe(true);
    expect(chat.story.cast[MIRA]?.sheet).toEqual(sheet);
  });
});

describe('a branch', () => {
  test("shares everything up to its node, and the parent's later moves do not reach it", () => {
    const chat = story();
    const branch = branchOff(chat, 'u1');
    take(chat, [said('u2', 'CANARY')]);
    take(branch, [said('b1', 'mine')]);
    expect(branch.line()).toEqual(['k', 'g', 'u1', 'b1']);
    expect(JSON.stringify(branch.story)).not.toContain('CANARY');
    expect(chat.line()).not.toContain('b1');
  });

  test('a result that comes late to a shared node counts in both', () => {
    const chat = story();
    const branch = branchOff(branchOff(chat, 'r1'), 'r1', 'c3');
    take(chat, [shift('r1', 5)]);
    expect([affinity(chat), affinity(branch)]).toEqual([55, 55]);
  });

  test("at an inherited node the variants are the inherited one and the branch's own", () => {
    const chat = story();
    take(chat, regenerate({ reply: 'r1', node: 'r2', note: null }, chat));
    const branch = branchOff(chat, 'r2');
    take(branch, regenerate({ reply: 'r2', node: 'b1', note: null }, branch));
    expect(branch.variantsOf('b1')).toEqual(['r2', 'b1']);
    expect(chat.variantsOf('r2')).toEqual(['r1', 'r2']);
  });
});

const chatSheet = () => {
  const sheet = story().story.cast[MIRA]?.sheet;
  if (!sheet) throw new Error('the character has a sheet');
  return sheet;
};
