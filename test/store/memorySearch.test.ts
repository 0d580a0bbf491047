import { beforeEach, describe, expect, test } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import type { Store } from '../../src/app/ports/store.ts';
import { recall, remembered } from '../../src/app/recall.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { editStory } from '../../src/engine/deciders/editStory.ts';
import { reset, rewind } from '../../src/engine/deciders/moveHead.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import type { EntityId, NodeId } from '../../src/engine/ids.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { ANN, begun, MIRA, replied, said } from '../support/story.ts';

const OLAF = 'character:olaf';
let store: Store;
let chats: Chats;
let count = 0;

beforeEach(async () => {
  store = sqliteStore(openDatabase(':memory:'));
  let now = Date.UTC(2026, 10, 21);
  chats = new Chats(store, { now: () => (now += 1_000), sleep: () => Promise.resolve() });
  await run('c', [...begun(), entered(ANN, 'Ann')]);
});

const entered = (entity: EntityId, name: string): NewEvent => ({
  type: 'EntityEntered',
  node: `enter-${name}`,
  payload: { entity, name, sheet: entity === OLAF ? exampleSheet : null, revision: 1 },
});

const run = (chat: string, events: readonly NewEvent[]) =>
  chats.execute({ chat, id: `m${count++}`, actor: ANN, decide: () => events });

const written = (node: NodeId, text: string, change: { owner?: EntityId; by?: NodeId } = {}) => {
  const { owner = MIRA, by } = change;
  const memory: NewEvent = {
    type: 'MemoryWritten',
    node,
    ...(by === undefined
      ? {}
      : {
          sources: [{ node: by, revision: 0 }],
          run: { of: 'digest' as const, owner: null, number: 1 },
        }),
    payload: {
      owner,
      text,
      kind: 'event',
      witnesses: [owner, ANN],
      scene: 'k',
      storyTime: 0,
      source: 'direct',
      reliability: 100,
      significance: 1,
    },
  };
  return memory;
};
const remember = async (chat: string, ...memories: [node: NodeId, text: string][]) => {
  for (const [node, text] of memories) await run(chat, [written(node, text)]);
};
const branch = (id: string, after: NodeId) =>
  chats.execute({
    chat: id,
    id: `m${count++}`,
    actor: ANN,
    branchOf: 'c',
    decide: () =>
      branchChat({ name: id, owner: ANN, after, channel: null, guild: null }, chats.read('c')),
  });
/** What a search comes upon, in the order of the line; what has a match of its own is marked. */
const near = (chat: string, word: string, owner = MIRA) =>
  store
    .nearMemories(chat, owner, { words: [word], after: -1 })
    .map(({ memory, match }) => `${memory.node}${match > 0 ? '!' : ''}`);

describe('a search of memories', () => {
  test('comes back with what matches and with two on each side of it', async () => {
    await remember('c', ['a', 'One.'], ['b', 'Two.'], ['d', 'Three.'], ['e', 'A lantern.']);
    await remember('c', ['f', 'Four.'], ['h', 'Five.'], ['i', 'Six.']);
    expect(near('c', 'lanterns')).toEqual(['b', 'd', 'e!', 'f', 'h']);
  });

  test('on a branch knows what comes next there, and nothing of what comes next elsewhere', async () => {
    await remember('c', ['a', 'A lantern.'], ['b', 'Poison.']);
    await branch('d', 'a');
    await remember('d', ['x', 'A song.']);
    expect(near('c', 'lantern')).toEqual(['a!', 'b']);
    expect(near('d', 'lantern')).toEqual(['a!', 'x']);
    expect(near('d', 'poison')).toEqual([]);
    expect(near('c', 'song')).toEqual([]);
    expect(near('d', 'song')).toEqual(['a', 'x!']);
  });

  test('after a rewind comes upon nothing of what was left', async () => {
    await remember('c', ['a', 'A lantern.'], ['b', 'Poison.']);
    await chats.execute({
      chat: 'c',
      id: 'back',
      actor: ANN,
      decide: (chat) => rewind({ to: 'a' }, chat),
    });
    expect(near('c', 'poison')).toEqual([]);
    expect(near('c', 'lantern')).toEqual(['a!']);
  });

  test('reads a revised memory by its new words, where it was revised', async () => {
    await remember('c', ['a', 'A lantern.'], ['b', 'Poison.'], ['e', 'A song.']);
    const payload = { memory: { node: 'b', owner: MIRA }, text: 'Honey.' };
    await chats.execute({
      chat: 'c',
      id: 'revise',
      actor: ANN,
      decide: (chat) => editStory({ node: 'r', edit: { type: 'MemoryRevised', payload } }, chat),
    });
    await branch('d', 'e');
    expect(near('c', 'poison')).toEqual([]);
    expect(near('c', 'honey')).toEqual(['a', 'b!', 'e']);
    expect(near('d', 'honey')).toEqual([]);
    expect(near('d', 'poison')).toEqual(['a', 'b!', 'e']);
    const texts = store
      .nearMemories('c', MIRA, { words: ['lantern'], after: -1 })
      .map(({ text }) => text);
    expect(texts).toEqual(['A lantern.', 'Honey.', 'A song.']);
  });

  test('comes upon nothing forgotten, neither by its words nor beside others', async () => {
    await remember('c', ['a', 'A lantern.'], ['b', 'Poison.']);
    const payload = { memory: { node: 'b', owner: MIRA } };
    await chats.execute({
      chat: 'c',
      id: 'forget',
      actor: ANN,
      decide: (chat) => editStory({ node: 'f', edit: { type: 'MemoryForgotten', payload } }, chat),
    });
    expect(near('c', 'poison')).toEqual([]);
    expect(near('c', 'lantern')).toEqual(['a!']);
  });

  test('comes upon nothing made from words that were changed since', async () => {
    await run('c', [said('u', 'The soup is poisoned.')]);
    await run('c', [written('u', 'Poison.', { by: 'u' })]);
    await remember('c', ['a', 'A lantern.']);
    expect(near('c', 'lantern')).toEqual(['u', 'a!']);
    await chats.execute({
      chat: 'c',
      id: 'edit',
      actor: ANN,
      decide: (chat) => reviseTurn({ turn: 'u', text: 'Fine soup.', readable: 'Fine soup.' }, chat),
    });
    expect(near('c', 'lantern')).toEqual(['a!']);
    expect(near('c', 'poison')).toEqual([]);
  });

  test("comes upon nobody else's account", async () => {
    await run('c', [written('a', 'A lantern.'), written('a', 'Poison.', { owner: OLAF })]);
    await run('c', [written('b', 'A knife.', { owner: OLAF })]);
    expect(near('c', 'lantern')).toEqual(['a!']);
    expect(near('c', 'poison')).toEqual([]);
    expect(near('c', 'knife', OLAF)).toEqual(['a', 'b!']);
  });

  test('of more matches than can be weighed keeps the rare words, however old', async () => {
    const chunks = Array.from({ length: 9 }, (_, chunk) =>
      Array.from({ length: 500 }, (_, at) =>
        written(`n${chunk}-${at}`, chunk + at === 0 ? 'The ferry brought a zither.' : 'The ferry.'),
      ),
    );
    for (const events of chunks) await run('c', events);
    const search = { words: ['ferry', 'zither'], after: -1 };
    const found = store.nearMemories('c', MIRA, search);
    const best = found.reduce((a, b) => (b.match > a.match ? b : a));
    expect(best.memory.node).toBe('n0-0');
    await branch('d', 'n0-3');
    const there = store.nearMemories('d', MIRA, { words: ['ferry'], after: -1 });
    expect(there.map(({ memory }) => memory.node)).toEqual(['n0-0', 'n0-1', 'n0-2', 'n0-3']);
  });
});

describe('recall', () => {
  const recalled = (exclude: NodeId[] = []) =>
    recall(store, chats.read('c'), MIRA, {
      exclude: exclude.map((node) => ({ node, owner: MIRA })),
    }).map(({ memory }) => memory.node);

  test('brings up what fits the last turns, at most four, none that is there already', async () => {
    const about = ['mill', 'well', 'inn', 'wood', 'pond'].map((place, at): [NodeId, string] => [
      `a${at}`,
      `A wolf was seen by the ${place}.`,
    ]);
    await remember('c', ['z', 'Ann likes soup.'], ...about);
    await run('c', [said('u', 'I heard that wolf by the pond again.')]);
    expect(recalled()).toHaveLength(4);
    expect(recalled()[0]).toBe('a4');
    expect(recalled(['a4'])).not.toContain('a4');
  });

  test('looks for what was said, while the answer has only begun', async () => {
    await remember('c', ['a', 'A wolf was seen by the mill.'], ['b', 'The wolf came on 3 May.']);
    await run('c', [said('u', 'When did the wolf come?')]);
    const before = recalled();
    await run('c', replied('s', '', ['u']).slice(0, 1));
    expect(before).toEqual(['b', 'a']);
    expect(recalled()).toEqual(before);
  });

  test('after a reset brings up nothing from before it, by words or by key', async () => {
    await remember('c', ['a', 'A wolf was seen by the mill.']);
    await run('c', [said('u', 'A wolf!')]);
    const keys = [{ node: 'a', owner: MIRA }];
    expect(recalled()).toEqual(['a']);
    expect(remembered(store, chats.read('c'), keys).map(({ text }) => text)).toEqual([
      'A wolf was seen by the mill.',
    ]);
    await run('c', [entered(OLAF, 'Olaf')]);
    await chats.execute({
      chat: 'c',
      id: 'reset',
      actor: ANN,
      decide: (chat) => reset({ character: MIRA, node: 'r' }, chat),
    });
    await remember('c', ['b', 'A wolf was seen by the well.']);
    await run('c', [said('v', 'A wolf!')]);
    expect(recalled()).toEqual(['b']);
    expect(remembered(store, chats.read('c'), keys)).toEqual([]);
  });

  test('finds nothing where nothing telling was said', async () => {
    await remember('c', ['a', 'A wolf was seen by the mill.']);
    await run('c', [said('u', 'And then?')]);
    expect(recall(store, chats.read('c'), MIRA, { texts: ['And then?'] })).toEqual([]);
  });
});
