import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import { archiveChat } from '../../src/engine/deciders/archiveChat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { renameChat } from '../../src/engine/deciders/changeChat.ts';
import { reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { type OpenDatabase, openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { ANN, begun, said } from '../support/story.ts';

const HOME = '100000000000000001';
const open: OpenDatabase[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function told() {
  const database = openDatabase(':memory:');
  open.push(database);
  const store = sqliteStore(database);
  let now = Date.parse('2026-11-21T10:00:00.000Z');
  const chats = new Chats(store, { now: () => (now += 60_000), sleep: async () => {} });
  const asked = (chat: string, id: string) => ({ chat, id, actor: ANN });
  await chats.execute({ ...asked('c1', '1'), decide: begun });
  const entered = {
    type: 'EntityEntered',
    node: 'n',
    payload: { entity: ANN, name: 'Ann', sheet: null, revision: null },
  } as const;
  await chats.execute({ ...asked('c1', '2'), decide: () => [entered, said('n', 'Hello.')] });
  const branch = { name: 'Another way', owner: ANN, after: 'n', channel: null, guild: null };
  await chats.execute({
    ...asked('c2', '3'),
    branchOf: 'c1',
    decide: () => branchChat(branch, chats.read('c1')),
  });
  await chats.execute({ ...asked('c1', '4'), decide: (c) => renameChat({ name: 'Old' }, c) });
  await chats.execute({ ...asked('c1', '5'), decide: (c) => archiveChat('archived', c) });
  return { db: database.db, store, chats };
}

test('the stories of a home are listed by when they were last played, with all who took part', async () => {
  const { store } = await told();
  const list = store.storylines(HOME);
  expect(list.map(({ chat, name, archived, channel }) => [chat, name, archived, channel])).toEqual([
    ['c2', 'Another way', false, null],
    ['c1', 'Old', true, null],
  ]);
  for (const { participants } of list) {
    expect(participants.map(({ name }) => name).sort()).toEqual(['Ann', 'Mira']);
  }
  expect(store.storylines('100000000000000002')).toEqual([]);
});

test('who took part is listed by the last name, whatever becomes of the words that they came in with', async () => {
  const { store, chats } = await told();
  const asked = (id: string) => ({ chat: 'c1', id, actor: ANN });
  const payload = { entity: ANN, name: 'Anna', sheet: null, revision: null };
  const renamed = { type: 'EntityEntered', node: 'n2', payload } as const;
  await chats.execute({ ...asked('6'), decide: () => [renamed, said('n2', 'Anna now.')] });
  const words = { turn: 'n', text: 'Hi.', readable: 'Hi.' };
  await chats.execute({ ...asked('7'), decide: (c) => reviseTurn(words, c) });
  const list = store.storylines(HOME).find(({ chat }) => chat === 'c1');
  expect(list?.participants.map(({ name }) => name)).toContain('Anna');
});

test('a database from before there was a list gets one from its log', async () => {
  const { db, store } = await told();
  const before = store.storylines(HOME).find(({ chat }) => chat === 'c1');
  db.exec('DELETE FROM storylines; DELETE FROM participants');
  expect(store.storylines(HOME)).toEqual([]);
  const file = new URL('../../drizzle/0007_storylines.sql', import.meta.url);
  const fills = readFileSync(file, 'utf8')
    .split('--> statement-breakpoint')
    .filter((statement) => statement.trim().startsWith('INSERT'));
  expect(fills).toHaveLength(2);
  for (const statement of fills) db.exec(statement);
  const after = store.storylines(HOME).find(({ chat }) => chat === 'c1');
  expect(after?.participants.length).toBe(2);
  expect({ ...after, participants: [] }).toEqual({ ...before, participants: [] });
});
