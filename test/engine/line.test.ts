import { describe, expect, test } from 'vitest';
import { Chat } from '../../src/engine/chat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { removeTurn, reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { moveHead, reset, rewind } from '../../src/engine/deciders/moveHead.ts';
import { rewordTurn } from '../../src/engine/deciders/rewordTurn.ts';
import { covered } from '../../src/engine/digest/covered.ts';
import { storyFor } from '../../src/engine/digest/digestOutcome.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { kinds } from '../../src/engine/events/index.ts';
import { ANN, begun, given, MIRA, replied, said, texts } from '../support/story.ts';

const take = (chat: Chat, events: readonly NewEvent[]) => given(events, chat);
const story = () => given([...begun(), said('u1', 'one'), ...replied('r1', 'two', ['u1'])]);
const branchOff = (parent: Chat, after: string, id = 'c2') =>
  given(
    branchChat({ name: 'b', owner: ANN, after, channel: null, guild: null }, parent),
    new Chat(id, [], parent.tree),
  );
const [started, completed] = replied('r2', 'late', ['u1']) as [NewEvent, NewEvent];
const remembered = (number: number, text: string): NewEvent => ({
  type: 'MemoryWritten',
  node: 'r1',
  sources: [{ node: 'u1', revision: number - 1 }],
  run: { of: 'digest', owner: MIRA, number },
  payload: {
    owner: MIRA,
    text,
    kind: 'event',
    witnesses: [MIRA],
    scene: null,
    storyTime: 0,
    source: 'direct',
    reliability: 100,
    significance: 1,
  },
});

describe('every kind', () => {
  const opening = kinds.filter(({ scope }) => scope === 'opens' || scope === 'either');
  test.each(opening.map(({ type }) => type))('%s opens a node after the head', (type) => {
    const payload = kinds.find((kind) => kind.type === type)?.example;
    const chat = take(story(), [{ type, payload, node: 'new' } as NewEvent]);
    expect(chat.head).toBe('new');
    expect(chat.parentOf('new')).toBe('r1');
  });

  const results = kinds.filter(({ scope }) => scope === 'attaches' || scope === 'either');
  test.each(results.map(({ type }) => type))('%s, derived, leaves the head where it is', (type) => {
    const payload = kinds.find((kind) => kind.type === type)?.example;
    const run = { of: 'digest', owner: null, number: 1 } as const;
    const chat = take(story(), [{ type, payload, node: 'u1', run } as NewEvent]);
    expect(chat.head).toBe('r1');
    expect(chat.tree.node('u1').results).toHaveLength(1);
  });

  const moves: readonly string[] = ['HeadMoved', 'TurnRevised', 'TurnRemoved', 'Erased'];
  const framing = kinds.filter(({ scope, type }) => scope === 'frame' && !moves.includes(type));
  test.each(framing.map(({ type }) => type))(
    '%s of the frame changes nothing in the story',
    (type) => {
      const payload = kinds.find((kind) => kind.type === type)?.example as object;
      const chat = story();
      const { story: before } = chat;
      const here = { ...payload, ...('after' in payload && { after: 'r1' }) };
      take(chat, [{ type, payload: here } as NewEvent]);
      expect(chat.head).toBe('r1');
      expect(chat.story).toEqual(before);
    },
  );
});

describe('what targets something off the line', () => {
  const targets: readonly (readonly [string, object])[] = [
    ['MemoryRated', { memory: { node: 'r1', owner: MIRA } }],
    ['MemoryPinned', { memory: { node: 'r1', owner: MIRA } }],
    ['MemoryUnpinned', { memory: { node: 'r1', owner: MIRA } }],
    ['MemoryRevised', { memory: { node: 'r1', owner: MIRA } }],
    ['MemoryForgotten', { memory: { node: 'r1', owner: MIRA } }],
    ['SceneSummarized', { scene: 'r1' }],
    ['TurnSegmented', { turn: 'u1' }],
  ];
  test.each(targets)(
    '%s does nothing there, and counts where it lies on the line',
    (type, target) => {
      const kind = kinds.find((each) => each.type === type);
      const payload = { ...kind?.example, ...target };
      const run = { of: 'digest', owner: null, number: 1 } as const;
      const attached = kind?.scope === 'attaches';
      const counts = (node: string) => {
        const chat = story();
        if (node === 'g') take(chat, rewind({ to: 'g' }, chat));
        const event = attached ? { type, payload, node, run } : { type, payload, node: 'e' };
        take(chat, [event as NewEvent]);
        const at = chat.tree.node(attached ? node : 'e');
        return chat.tree.counting(at).filter((each) => each.type === type).length;
      };
      expect([counts('g'), counts('r1')]).toEqual([0, 1]);
    },
  );

  test('every kind that names a memory, or the turn that it changes, is one of these', () => {
    const named = kinds.filter((kind) => 'target' in kind).map(({ type }) => type);
    expect(named.toSorted()).toEqual(targets.map(([type]) => type).toSorted());
    const memories = kinds.filter(({ example }) => 'memory' in example).map(({ type }) => type);
    expect(named).toEqual(expect.arrayContaining(memories));
  });
});

describe('a line', () => {
  test('a reply comes after the head, whatever it answers', () => {
    const chat = take(story(), [said('u2', 'three'), started, completed]);
    expect(chat.parentOf('r2')).toBe('u2');
    expect(chat.story.turns.at(-1)).toMatchObject({ node: 'r2', answers: ['u1'] });
  });

  test('a message that is sent while a reply streams comes after that reply', () => {
    const chat = take(story(), [started, said('u2', 'three'), completed]);
    expect(chat.line().slice(-2)).toEqual(['r2', 'u2']);
    expect(texts(chat).slice(-2)).toEqual(['late', 'three']);
  });

  test("other words in the place of a turn are a variant of it, and nobody else's turn is", () => {
    const chat = story();
    const words = { turn: 'u1', by: ANN, text: 'other', message: '100000000000000010', node: 'v1' };
    take(chat, rewordTurn(words, chat));
    take(chat, rewind({ to: 'g' }, chat));
    const bob = said('b1', 'third');
    if (bob.type === 'UserSpoke') bob.payload.by = 'user:100000000000000005';
    take(chat, [bob]);
    expect(chat.variantsOf('u1')).toEqual(['u1', 'v1']);
    expect(chat.variantsOf('b1')).toEqual(['b1']);
  });
});

describe('a variant', () => {
  test('is taken up where its line was left last, however often each of its lines was left', () => {
    const chat = take(story(), [said('u2', 'one way')]);
    take(chat, rewind({ to: 'r1' }, chat));
    take(chat, [said('u3', 'another way')]);
    take(chat, moveHead('u2', 'load', chat));
    take(chat, rewind({ to: 'u1' }, chat));
    take(chat, [started, completed]);
    expect(chat.lastStoodIn('r1')).toBe('u2');
    expect(chat.frame.left).toEqual(['u3', 'u2']);
  });
});

describe('a reset of one among others', () => {
  test('takes what was its own, both ways, and leaves what the others have', () => {
    const OLAF = 'character:olaf';
    const sheet = story().story.cast[MIRA]?.sheet ?? null;
    const shift = (from: string, to: string): NewEvent => ({
      type: 'RelationshipShifted',
      node: `${from.slice(-4)}-${to.slice(-4)}`,
      payload: { from, to, affinity: 9, trust: 9, facts: [] },
    });
    const own = (owner: string): NewEvent[] => [
      {
        type: 'SceneSummarized',
        node: `sum-${owner.slice(-4)}`,
        payload: { owner, scene: 'k', text: 'They met.', significance: 1, before: null },
      },
      {
        type: 'MemoryPinned',
        node: `pin-${owner.slice(-4)}`,
        payload: { memory: { node: 'r1', owner }, significance: 1 },
      },
    ];
    const payload = { entity: OLAF, name: 'Olaf', sheet, revision: 1 };
    const chat = take(story(), [
      { type: 'EntityEntered', node: 'o', payload },
      shift(MIRA, OLAF),
      shift(OLAF, MIRA),
      shift(OLAF, ANN),
      ...own(MIRA),
      ...own(OLAF),
    ]);
    take(chat, reset({ character: MIRA, node: 'x' }, chat));
    const { relationships, pins, summaries, met, cast } = chat.story;
    expect(Object.keys(relationships)).toEqual([`${OLAF}>${ANN}`]);
    for (const slice of [pins, summaries]) expect(Object.keys(slice)).toEqual([OLAF]);
    expect(met[MIRA]).toBeUndefined();
    expect(cast[MIRA]).toMatchObject({ present: true, sheet, resetAt: 'x' });
  });
});

describe('a digest', () => {
  test('reads what was said after the reply or close before it, and nothing that came later', () => {
    const chat = take(story(), [
      { type: 'SceneClosed', node: 'close', payload: { significance: 1 } },
      said('u2', 'three'),
      said('u3', 'four'),
      ...replied('r3', 'five', ['u3']),
      said('u4', 'LATER'),
      {
        type: 'ActivityChanged',
        node: 'e',
        payload: { entity: MIRA, changes: { posture: 'LATER' }, before: null },
      },
      ...replied('r4', 'six', ['u4']),
    ]);
    const readAt = (node: string) => covered(chat, node).map(({ turn }) => turn.node);
    expect(readAt('r1')).toEqual(['u1', 'r1']);
    expect(readAt('close')).toEqual([]);
    expect(readAt('r3')).toEqual(['u2', 'u3', 'r3']);
    expect(JSON.stringify([covered(chat, 'r3'), storyFor(chat, 'r3')])).not.toContain('LATER');
  });

  test('reads on from the reply before it, whatever became of that one and its digest', () => {
    const chat = take(story(), [said('u2', 'three'), started, completed]);
    const readAt = () => covered(chat, 'r2').map(({ turn, text }) => [turn.node, text]);
    expect(readAt()).toEqual([
      ['u2', 'three'],
      ['r2', 'late'],
    ]);
    take(chat, removeTurn({ turn: 'r1' }, chat));
    expect(readAt()).toEqual([
      ['u2', 'three'],
      ['r2', 'late'],
    ]);
    take(chat, reviseTurn({ turn: 'u2', text: 'other', readable: 'other' }, chat));
    expect(readAt()).toEqual([
      ['u2', 'other'],
      ['r2', 'late'],
    ]);
  });

  test('pins, revisions and forgetting hold through a new run of it', () => {
    const memory = { node: 'r1', owner: MIRA };
    const byHand = (edit: NewEvent): Chat => {
      const chat = take(story(), [remembered(1, 'First account.'), edit]);
      take(chat, reviseTurn({ turn: 'u1', text: 'other', readable: 'other' }, chat));
      return take(chat, [remembered(2, 'Second account.')]);
    };
    const pinned = byHand({
      type: 'MemoryPinned',
      node: 'e',
      payload: { memory, significance: 1 },
    });
    expect(pinned.story.pins[MIRA]).toEqual([{ memory, significance: 1, byHand: true }]);
    for (const edit of [
      { type: 'MemoryRevised', node: 'e', payload: { memory, text: 'Mine.', before: null } },
      { type: 'MemoryForgotten', node: 'e', payload: { memory, before: null } },
    ] satisfies NewEvent[]) {
      const chat = byHand(edit);
      expect(chat.tree.counting(chat.tree.node('e'))).toMatchObject([{ payload: edit.payload }]);
    }
  });
});

describe('a branch', () => {
  test('what was made from older words counts in none, and what is derived anew counts in all', () => {
    const chat = take(story(), [remembered(1, 'First account.')]);
    const branches = [chat, branchOff(chat, 'r1'), branchOff(chat, 'r1', 'c3')];
    const known = () =>
      branches.map((each) =>
        each.tree
          .counting(each.tree.node('r1'))
          .flatMap((event) => (event.type === 'MemoryWritten' ? event.payload.text : [])),
      );
    expect(known()).toEqual([['First account.'], ['First account.'], ['First account.']]);
    take(chat, reviseTurn({ turn: 'u1', text: 'other', readable: 'other' }, chat));
    expect(known()).toEqual([[], [], []]);
    take(chat, [remembered(2, 'Second account.')]);
    expect(known()).toEqual([['Second account.'], ['Second account.'], ['Second account.']]);
  });

  test("starts with a copy of its parent's settings, and neither changes the other's", () => {
    const chat = take(story(), [
      { type: 'ChatConfigured', payload: { settings: { answers: 'round' } } },
    ]);
    const branch = branchOff(chat, 'r1');
    expect(branch.frame.settings.answers).toBe('round');
    take(branch, [{ type: 'ChatConfigured', payload: { settings: { answers: 'everyone' } } }]);
    take(chat, [{ type: 'ChatConfigured', payload: { settings: { answers: 'talkative' } } }]);
    expect([chat, branch].map(({ frame }) => frame.settings.answers)).toEqual([
      'talkative',
      'everyone',
    ]);
  });

  test('the node that it began after never changes, wherever its parent or it goes', () => {
    const chat = story();
    const branch = branchOff(chat, 'r1');
    take(chat, rewind({ to: 'g' }, chat));
    take(chat, [said('u2', 'elsewhere')]);
    expect(branch.line()).toEqual(['k', 'g', 'u1', 'r1']);
    take(branch, rewind({ to: 'g' }, branch));
    take(branch, [said('b1', 'mine')]);
    expect(branch.frame.begunAfter).toBe('r1');
    expect(branch.line()).toEqual(['k', 'g', 'b1']);
    expect(branch.has('r1')).toBe(true);
    expect(branch.has('u2')).toBe(false);
    expect(chat.line()).toEqual(['k', 'g', 'u2']);
  });
});
