import { afterEach, expect, test } from 'vitest';
import type { Chats, Command } from '../../src/app/chats.ts';
import type { Store } from '../../src/app/ports/store.ts';
import { Chat } from '../../src/engine/chat.ts';
import { archiveChat } from '../../src/engine/deciders/archiveChat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { removeTurn } from '../../src/engine/deciders/changeWords.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { chatStream } from '../../src/engine/ids.ts';
import { StoryTree } from '../../src/engine/storyTree.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { chatsOf, exchange } from '../bench/story.ts';
import { ANN, begun, MIRA, replied, said, texts } from '../support/story.ts';

const open: Store[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

const run = (chats: Chats, id: string, decide: Command['decide'], more: Partial<Command> = {}) =>
  chats.execute({ chat: 'c1', id, actor: ANN, decide, ...more });

const branchOff = (chats: Chats, branch: string, parent: string, after: string) =>
  run(
    chats,
    `begin ${branch}`,
    () =>
      branchChat(
        { name: branch, owner: ANN, after, channel: null, guild: null },
        chats.read(parent),
      ),
    { chat: branch, branchOf: parent },
  );

/** A story with a few exchanges. */
async function told(exchanges = 3) {
  const store = sqliteStore(openDatabase(':memory:'));
  open.push(store);
  const chats = chatsOf(store);
  await run(chats, 'begin', begun);
  for (let turn = 0; turn < exchanges; turn += 1) {
    await run(chats, `t${turn}`, () => exchange('c1', turn).flat());
  }
  return { store, chats };
}

/** The chats of a story, folded from nothing. */
function folded(store: Store, ...ids: string[]): Chat[] {
  const tree = new StoryTree();
  return ids.map((id) => new Chat(id, store.load(chatStream(id)), tree));
}

test('a lost race is decided again, on what the log holds by then', async () => {
  const { store, chats } = await told();
  chats.read('c1');
  await run(chatsOf(store), 'theirs', () => [said('theirs', 'First.')]);
  const heads: unknown[] = [];
  await run(chats, 'ours', ({ head }) => {
    heads.push(head);
    return [said('ours', 'Second.')];
  });
  expect(heads).toEqual(['c1-r2', 'theirs']);
  expect(chats.read('c1').line().slice(-2)).toEqual(['theirs', 'ours']);
  expect(chatsOf(store).read('c1').line()).toEqual(chats.read('c1').line());
});

test('what could not be written did not happen, in the chat or its branches, and can be asked again', async () => {
  const { store, chats: before } = await told();
  await branchOff(before, 'c2', 'c1', 'c1-r2');
  let full = true;
  const commit: Store['commit'] = (unit) => {
    if (unit.command === 'gone' && full) throw new Error('disk full');
    return store.commit(unit);
  };
  const chats = chatsOf({ ...store, commit });
  const held = [chats.read('c1'), chats.read('c2')];
  const gone = () => run(chats, 'gone', (chat) => removeTurn({ turn: 'c1-u1' }, chat));
  await expect(gone()).rejects.toThrow('disk full');
  for (const id of ['c1', 'c2']) {
    expect(texts(chats.read(id))).toContain('And then, on day 1, what did the ferry bring?');
    expect(chats.read(id).version).toBe(store.chat(id)?.version);
  }
  full = false;
  await gone();
  for (const id of ['c1', 'c2']) {
    expect(texts(chats.read(id)).join()).not.toContain('on day 1, what');
  }
  expect(held).toHaveLength(2);
});

test('what was taken back counts in every branch, whichever chat of the story is read first', async () => {
  const { store, chats } = await told();
  await branchOff(chats, 'c2', 'c1', 'c1-r2');
  await run(chats, 'b1', () => [said('b1', 'Mine.')], { chat: 'c2' });
  await branchOff(chats, 'c3', 'c2', 'b1');
  chats.read('c3');
  await run(chats, 'gone', (chat) => removeTurn({ turn: 'c1-u1' }, chat));
  await run(chats, 'gone too', (chat) => removeTurn({ turn: 'b1' }, chat), { chat: 'c2' });
  const expected = folded(store, 'c1', 'c2', 'c3').map(({ story }) => story);
  for (const order of [
    ['c1', 'c2', 'c3'],
    ['c3', 'c2', 'c1'],
    ['c2', 'c3', 'c1'],
  ]) {
    const reader = chatsOf(store);
    for (const id of order) reader.read(id);
    expect(['c1', 'c2', 'c3'].map((id) => reader.read(id).story)).toEqual(expected);
  }
  const beginning = chatsOf(store);
  const branched = branchChat(
    { name: 'c4', owner: ANN, after: 'b1', channel: null, guild: null },
    chats.read('c2'),
  );
  await run(beginning, 'begin c4', () => branched, { chat: 'c4', branchOf: 'c2' });
  expect(beginning.read('c4').story).toEqual(expected[2]);
  const [, , deepest] = expected;
  expect(JSON.stringify(deepest)).not.toContain('Mine.');
});

test('everything that changes far back while a story is folded again counts, in it and its branches', async () => {
  const { store, chats } = await told(60);
  await branchOff(chats, 'c2', 'c1', 'c1-r59');
  const late = {
    type: 'WeatherChanged',
    node: 'c1-r5',
    run: { of: 'digest', owner: null, number: 1 },
    payload: { weather: 'snow' },
  } as const;
  await Promise.all([
    run(chats, 'gone 1', (chat) => removeTurn({ turn: 'c1-u1' }, chat)),
    run(chats, 'b1', () => [said('b1', 'Mine.')], { chat: 'c2' }),
    run(chats, 'gone 2', (chat) => removeTurn({ turn: 'c1-u30' }, chat)),
    run(chats, 'late', () => [late]),
    run(chats, 'gone 3', (chat) => removeTurn({ turn: 'b1' }, chat), { chat: 'c2' }),
    run(chats, 'gone 4', (chat) => removeTurn({ turn: 'c1-r2' }, chat)),
  ]);
  await chats.refolded;
  expect(store.outdated('c1')).toBeNull();
  const [parent, branch] = folded(store, 'c1', 'c2');
  for (const reader of [chats, chatsOf(store)]) {
    expect(reader.read('c1').story).toEqual(parent?.story);
    expect(reader.read('c2').story).toEqual(branch?.story);
  }
  const nodes = store.snapshotsFrom('c1', 0);
  expect(nodes.length).toBeGreaterThan(1);
  for (const node of nodes) {
    expect(chatsOf(store).read('c1').stateAt(node)).toEqual(parent?.stateAt(node));
  }
});

test('words of a branch that nobody has read since the process ended count as its states are folded again', async () => {
  const { store, chats } = await told();
  await branchOff(chats, 'c2', 'c1', 'c1-r2');
  for (let turn = 0; turn < 40; turn += 1) {
    await run(chats, `b${turn}`, () => exchange('c2', turn).flat(), { chat: 'c2' });
  }
  await run(chats, 'gone', (chat) => removeTurn({ turn: 'c2-u1' }, chat), { chat: 'c2' });
  expect(store.outdated('c1')).not.toBeNull();
  const reader = chatsOf(store);
  reader.read('c1');
  await reader.refolded;
  const [, branch] = folded(store, 'c1', 'c2');
  for (const node of store.snapshotsFrom('c1', 0)) {
    expect(chatsOf(store).read('c2').stateAt(node)).toEqual(branch?.stateAt(node));
  }
});

test('a command that comes again after its story was put away gives the first result', async () => {
  const { store, chats } = await told();
  const first = await run(chats, 'hello', () => [said('u9', 'Hello.')]);
  await run(chats, 'away', (chat) => archiveChat('archived', chat));
  for (const reader of [chats, chatsOf(store)]) {
    const { version } = reader.read('c1');
    const again = await run(reader, 'hello', () => [said('u10', 'Hello.')]);
    expect(again).toMatchObject({ repeated: true, events: first.events });
    expect(reader.read('c1').version).toBe(version);
  }
});

test('words that are given to a memory are known to those who witnessed the account that counts', async () => {
  const { store, chats } = await told();
  const account = (number: number, witnesses: string[]): NewEvent => ({
    type: 'MemoryWritten',
    node: 'r',
    sources: [{ node: 'u', revision: 0 }],
    run: { of: 'digest', owner: MIRA, number },
    payload: {
      owner: MIRA,
      text: 'A crate came.',
      kind: 'event',
      witnesses,
      scene: null,
      storyTime: 0,
      source: 'direct',
      reliability: 100,
      significance: 1,
    },
  });
  await run(chats, 'said', () => [said('u', 'A crate.'), ...replied('r', 'So it is.', ['u'])]);
  await run(chats, 'second', () => [account(2, [MIRA])]);
  await run(chats, 'first', () => [account(1, [MIRA, ANN])]);
  const memory = { node: 'r', owner: MIRA };
  await run(chats, 'rewritten', () => [
    { type: 'MemoryRevised', node: 'e', payload: { memory, text: 'SECRET', before: null } },
  ]);
  const page = (viewers: string[]) =>
    store
      .memoryPage('c1', MIRA, { words: null, after: -1, viewers, offset: 0, limit: 10 })
      .map(({ text }) => text);
  expect(page([])).toContain('SECRET');
  expect(page([ANN])).not.toContain('SECRET');
});

test('a branch of a branch, however deep, is read as it stands', async () => {
  const { store, chats } = await told();
  let parent = 'c1';
  let after = 'c1-r2';
  for (let depth = 0; depth < 40; depth += 1) {
    const branch = `deep${depth}`;
    await branchOff(chats, branch, parent, after);
    after = `d${depth}`;
    await run(chats, `say ${depth}`, () => [said(after, `Depth ${depth}.`)], { chat: branch });
    parent = branch;
  }
  await run(chats, 'gone', (chat) => removeTurn({ turn: 'd20' }, chat), { chat: 'deep20' });
  const reader = chatsOf(store);
  expect(reader.read(parent).stretches()).toHaveLength(41);
  expect(reader.rootOf(parent)).toBe('c1');
  expect(texts(reader.read(parent)).slice(-2)).toEqual(['Depth 38.', 'Depth 39.']);
  expect(texts(reader.read(parent))).not.toContain('Depth 20.');
  expect(store.transcript(parent, 3).map(({ text }) => text)).toEqual([
    'Depth 37.',
    'Depth 38.',
    'Depth 39.',
  ]);
});
