import { expect, test } from 'vitest';
import { regenerate } from '../../src/engine/deciders/regenerate.ts';
import { completeReply } from '../../src/engine/deciders/settleReply.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { chatsOf } from '../bench/story.ts';
import { ANN, begun, replied, said } from '../support/story.ts';

/** More than a story holds in memory. */
const EXCHANGES = 1_200;

test('a story of which every reply was given twice goes on, is changed far back and reads the same', async () => {
  const store = sqliteStore(openDatabase(':memory:'));
  const chats = chatsOf(store);
  const run = (id: string, decide: Parameters<typeof chats.execute>[0]['decide']) =>
    chats.execute({ chat: 'c1', id, actor: ANN, decide });
  await run('begin', begun);
  const exchange = (_: unknown, at: number): NewEvent[] => [
    said(`u${at}`, `Question ${at}.`),
    ...replied(`r${at}`, 'First.', [`u${at}`]),
    { type: 'HeadMoved', payload: { from: `r${at}`, to: `u${at}`, why: 'regenerate' } },
    ...replied(`s${at}`, `Answer ${at}.`, [`u${at}`]),
  ];
  await run('play', () => Array.from({ length: EXCHANGES }, exchange).flat());
  await run('last', (chat) =>
    regenerate({ reply: `s${EXCHANGES - 1}`, node: 'again', note: null }, chat),
  );
  await run('words', (chat) =>
    completeReply(
      { node: 'again', text: 'Once more.', finish: 'stop', model: null, usage: null },
      chat,
    ),
  );
  const late: NewEvent = {
    type: 'WeatherChanged',
    node: 's0',
    run: { of: 'digest', owner: null, number: 1 },
    payload: { weather: 'snow' },
  };
  await run('late', () => [late]);
  for (const reader of [chats, chatsOf(store)]) {
    const chat = reader.read('c1');
    expect(chat.head).toBe('again');
    expect(chat.stretches()).toHaveLength(EXCHANGES + 1);
    expect(chat.story).toMatchObject({ weather: 'snow' });
    expect(chat.story.turns.at(-1)).toMatchObject({ node: 'again', text: 'Once more.' });
    expect(chat.isOnLine('s0')).toBe(true);
    expect(chat.isOnLine('r0')).toBe(false);
    expect(chat.variantsOf('r0')).toEqual(['r0', 's0']);
  }
  expect(store.transcript('c1', 10_000)).toHaveLength(2 * EXCHANGES + 1);
  store.close();
});
