import { expect, test } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import { rebuild } from '../../src/app/rebuild.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { ANN, begun, replied, said } from '../support/story.ts';

const HOME = '100000000000000001';
const BOB = 'user:100000000000000005';

const by = (person: string, event: NewEvent): NewEvent =>
  event.type === 'UserSpoke' ? { ...event, payload: { ...event.payload, by: person } } : event;

test('what a command holds of a day counts for each person: their messages, and what answers them last', async () => {
  const store = sqliteStore(openDatabase(':memory:'));
  let now = Date.parse('2026-11-21T23:00:00.000Z');
  const chats = new Chats(store, { now: () => now, sleep: () => Promise.resolve() });
  const run = (id: string, ...events: NewEvent[]) =>
    chats.execute({ chat: 'c1', id, actor: ANN, decide: () => events });
  await run('begin', ...begun());
  const counted = replied('r2', 'x', ['b2']).map((event) =>
    event.type === 'ReplyCompleted'
      ? { ...event, payload: { ...event.payload, usage: { input: 90, output: 10 } } }
      : event,
  );
  await run(
    'all at once',
    said('a1', 'One.'),
    by(BOB, said('b1', 'Two.')),
    said('a2', 'Three.'),
    ...replied('r1', 'twelve signs', ['b1', 'a2']),
    by(BOB, said('b2', 'Four.')),
    ...counted,
  );
  now += 2 * 3_600_000;
  await run('the next day', said('a3', 'Five.'));
  const spent = () =>
    [ANN, BOB, null].flatMap((person) =>
      ['2026-11-21', '2026-11-22'].map((day) => store.spent(HOME, person, day)),
    );
  const expected = [
    { turns: 2, tokens: 3 },
    { turns: 1, tokens: 0 },
    { turns: 2, tokens: 100 },
    { turns: 0, tokens: 0 },
    { turns: 4, tokens: 103 },
    { turns: 1, tokens: 0 },
  ];
  expect(spent()).toEqual(expected);
  rebuild(store);
  expect(spent()).toEqual(expected);
  store.close();
});
