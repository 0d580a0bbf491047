import { expect, test } from 'vitest';
import { removeTurn } from '../../src/engine/deciders/changeWords.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { chatsOf, exchange } from '../bench/story.ts';
import { ANN, begun } from '../support/story.ts';

async function played() {
  const database = openDatabase(':memory:');
  const store = sqliteStore(database);
  const chats = chatsOf(store);
  const run = (id: string, events: ReturnType<typeof begun>) =>
    chats.execute({ chat: 'c1', id, actor: ANN, decide: () => events });
  await run('begin', begun());
  for (let turn = 0; turn < 60; turn += 1) await run(`t${turn}`, exchange('c1', turn).flat());
  return { store, chats, db: database.db };
}

test('snapshots that were deleted, made by older code or cut off in writing change nothing', async () => {
  const { store, chats, db } = await played();
  const story = chats.read('c1').story;
  const count = () => db.prepare('SELECT COUNT(*) AS n FROM snapshots').get();
  expect(count()).not.toEqual({ n: 0 });
  for (const damage of [
    'UPDATE snapshots SET state = substr(state, 1, 40)',
    "UPDATE snapshots SET state = '{}', fingerprint = 'older'",
    "UPDATE chats SET frame = '{}', fingerprint = 'older'",
    'DELETE FROM snapshots',
  ]) {
    db.exec(damage);
    expect(chatsOf(store).read('c1').story).toEqual(story);
    expect(chatsOf(store).read('c1').frame).toEqual(chats.read('c1').frame);
  }
  store.close();
});

test('words that change take the snapshots after them along, and what was remembered of them', async () => {
  const { store, chats } = await played();
  const asked = { words: null, after: -1, limit: 1_000 };
  const before = store.memories('c1', 'character:mira', asked);
  const decide = removeTurn.bind(null, { turn: 'c1-u1' });
  await chats.execute({ chat: 'c1', id: 'gone', actor: ANN, decide });
  await chats.refolded;
  expect(chatsOf(store).read('c1').story).toEqual(chats.read('c1').story);
  const left = store.memories('c1', 'character:mira', asked);
  expect(
    before.filter(({ memory }) => !left.some((each) => each.memory.node === memory.node)),
  ).toEqual([before.find(({ memory }) => memory.node === 'c1-r1')]);
  store.close();
});

test('the same command again gives the first result and writes nothing', async () => {
  const { store, chats } = await played();
  const version = chats.read('c1').version;
  const again = await chats.execute({ chat: 'c1', id: 't3', actor: ANN, decide: () => begun() });
  expect(again).toMatchObject({ repeated: true });
  expect(again.events[0]).toMatchObject({ node: 'c1-u3' });
  expect(chats.read('c1').version).toBe(version);
  store.close();
});
