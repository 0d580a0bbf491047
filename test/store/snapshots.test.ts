import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import type { Store } from '../../src/app/ports/store.ts';
import { rebuild } from '../../src/app/rebuild.ts';
import { Chat } from '../../src/engine/chat.ts';
import { eraseTurns, removeTurn } from '../../src/engine/deciders/changeWords.ts';
import { rewind } from '../../src/engine/deciders/moveHead.ts';
import { failReply } from '../../src/engine/deciders/settleReply.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { chatsOf, exchange } from '../bench/story.ts';
import { ANN, begun, MIRA, replied, said } from '../support/story.ts';

const clock = { now: () => Date.UTC(2026, 10, 21), sleep: () => Promise.resolve() };

/** The snapshots of the story, wherever they stand. */
const keptIn = (store: Store) => store.snapshotsFrom('c1', 0);

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

const notable = (event: NewEvent): NewEvent[] =>
  event.type === 'MemoryWritten'
    ? [
        { ...event, payload: { ...event.payload, significance: 3 } },
        { ...event, type: 'WeatherChanged', payload: { weather: 'CANARY' } },
      ]
    : [event];

async function played() {
  const database = openDatabase(':memory:');
  const store = sqliteStore(database);
  const chats = chatsOf(store);
  const run = (id: string, events: ReturnType<typeof begun>) =>
    chats.execute({ chat: 'c1', id, actor: ANN, decide: () => events });
  await run('begin', begun());
  for (let turn = 0; turn < 60; turn += 1) {
    const events = exchange('c1', turn).flat();
    // Something made from the words of the second turn pins itself.
    await run(`t${turn}`, turn === 1 ? events.flatMap(notable) : events);
  }
  return { store, chats, db: database.db };
}

/** A line of 6,000 steps and more, with a fork at every fortieth. */
async function forked() {
  const database = openDatabase(':memory:');
  const store = sqliteStore(database);
  const chats = chatsOf(store);
  const step = (at: number): NewEvent[] => {
    const node = `w${at}`;
    const weather = { type: 'WeatherChanged', payload: { weather: `Rain ${at}` } } as const;
    if (at % 40 !== 0) return [{ ...weather, node }];
    const moved = { from: `x${at}`, to: `w${at - 1}`, why: 'rewind' } as const;
    return [
      { ...weather, node: `x${at}` },
      { type: 'HeadMoved', payload: moved },
      { ...weather, node },
    ];
  };
  await chats.execute({ chat: 'c1', id: 'begin', actor: ANN, decide: begun });
  const steps = Array.from({ length: 6_000 }, (_, at) => step(at + 1)).flat();
  await chats.execute({ chat: 'c1', id: 'steps', actor: ANN, decide: () => steps });
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

test('states that older code made are folded again where they stand, before anything is decided', async () => {
  const { store, db } = await played();
  const folded = new Chat('c1', store.load('chat:c1'));
  const nodes = keptIn(store);
  expect(nodes.length).toBeGreaterThan(1);
  db.exec(`UPDATE snapshots SET fingerprint = 'older', state = '{"turns":[]}'`);
  rebuild(store);
  const chats = chatsOf(store);
  await chats.execute({ chat: 'c1', id: 'after', actor: ANN, decide: () => [] });
  expect(store.outdated('c1')).toBeNull();
  expect(keptIn(store)).toEqual(nodes);
  const kept = db.prepare<[], { name: string; state: string }>(
    'SELECT name, state FROM snapshots s JOIN nodes n ON n.id = s.node',
  );
  for (const { name, state } of kept.all()) {
    expect(JSON.parse(state)).toEqual(folded.stateAt(name));
  }
  store.close();
});

test('a state is kept every 100 events or 30 minutes, however short each visit to the story is', async () => {
  const store = sqliteStore(openDatabase(':memory:'));
  let now = Date.UTC(2026, 10, 21);
  const visit = (id: string, decide: () => NewEvent[], chats = new Chats(store, at)) =>
    chats.execute({ chat: 'c1', id, actor: ANN, decide });
  const at = { now: () => now, sleep: () => Promise.resolve() };
  await visit('begin', begun);
  let turn = 0;
  const version = () => store.chat('c1')?.version ?? 0;
  for (; keptIn(store).length === 0 && turn < 60; turn += 1) {
    await visit(`t${turn}`, () => exchange('c1', turn).flat());
  }
  expect(version()).toBeGreaterThanOrEqual(100);
  expect(version()).toBeLessThan(110);
  const chats = new Chats(store, at);
  await visit('soon', () => exchange('c1', turn++).flat(), chats);
  expect(keptIn(store)).toHaveLength(1);
  now += 30 * 60_000;
  await visit('later', () => exchange('c1', turn++).flat(), chats);
  expect(keptIn(store)).toHaveLength(2);
  store.close();
});

test('states are thinned with age to at most 2,500 steps apart, however often the line forked', async () => {
  const { store, db, chats } = await forked();
  const chat = chats.read('c1');
  const line = chat.line();
  for (let at = 0; at < line.length; at += 60) store.keep(chat, line[at] ?? '');
  const kept = db
    .prepare<[], number>('SELECT position FROM snapshots ORDER BY position')
    .pluck()
    .all();
  const gaps = kept.map((position, index) => position - (kept[index - 1] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(2_500);
  expect(Math.max(...gaps.slice(-19))).toBe(60);
  expect(kept.length).toBeLessThan(26);
  store.close();
});

test('the states after the last 100 steps are in memory: nothing is read for them', async () => {
  const { store } = await played();
  let reads = 0;
  const archive = { ...store.archive };
  for (const name of ['node', 'nodes', 'snapshot'] as const) {
    const read = archive[name] as (...asked: unknown[]) => never;
    archive[name] = (...asked: unknown[]) => {
      reads += 1;
      return read(...asked);
    };
  }
  const chat = chatsOf({ ...store, archive }).read('c1');
  const line = chat.line();
  void chat.story;
  expect(reads).toBeGreaterThan(0);
  reads = 0;
  for (const node of line.slice(-100)) void chat.stateAt(node);
  expect(reads).toBe(0);
  store.close();
});

test('a change on one line outdates no state of another', async () => {
  const { store } = await played();
  const mended: string[] = [];
  const mend: Store['mend'] = (node, state) => {
    mended.push(node);
    store.mend(node, state);
  };
  const chats = chatsOf({ ...store, mend });
  const run = (id: string, decide: (chat: Chat) => readonly NewEvent[]) =>
    chats.execute({ chat: 'c1', id, actor: ANN, decide });
  await run('back', (chat) => rewind({ to: 'c1-r20' }, chat));
  await run('other', () => [said('other', 'Another way.')]);
  store.keep(chats.read('c1'), 'other');
  expect(keptIn(store).length).toBeGreaterThan(2);
  await run('gone', (chat) => removeTurn({ turn: 'other' }, chat));
  await chats.refolded;
  expect(mended).toEqual(['other']);
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

test.each(['at once', 'when it is refolded', 'after a restart half-way'])(
  'words far back count no more in any state that is read %s',
  async (when) => {
    const { store, chats } = await played();
    const decide = removeTurn.bind(null, { turn: 'c1-u1' });
    await chats.execute({ chat: 'c1', id: 'gone', actor: ANN, decide });
    expect(store.outdated('c1')).toMatchObject({ unseen: { nodes: ['c1-u1'], whole: false } });
    if (when === 'when it is refolded') await chats.refolded;
    const reader = when === 'after a restart half-way' ? chatsOf(store) : chats;
    const folded = new Chat('c1', store.load('chat:c1'));
    expect(reader.read('c1').story).toEqual(folded.story);
    await reader.refolded;
    expect(store.outdated('c1')).toBeNull();
    for (const node of keptIn(store)) {
      expect(chatsOf(store).read('c1').stateAt(node)).toEqual(folded.stateAt(node));
    }
    store.close();
  },
);

/** A chat in whose kept states a late result is to be seen. */
async function waiting(...steps: NewEvent[][]) {
  const store = sqliteStore(openDatabase(':memory:'));
  const chats = chatsOf(store);
  let count = 0;
  const write = (...events: NewEvent[]) =>
    chats.execute({ chat: 'c1', id: `w${count++}`, actor: ANN, decide: () => events });
  for (const events of [begun(), ...steps]) await write(...events);
  const chat = chats.read('c1');
  const last = chat.head ?? '';
  store.keep(chat, last);
  const expectRight = async () => {
    await chats.refolded;
    const folded = new Chat('c1', store.load('chat:c1')).stateAt(last);
    expect(chatsOf(store).read('c1').stateAt(last)).toEqual(folded);
    return folded;
  };
  return { store, chats, write, expectRight };
}

test('a reply that fails long after leaves what waits for an answer in every state', async () => {
  const [started] = replied('r', '', ['early']);
  const while50 = Array.from({ length: 50 }, (_, at) => said(`u${at}`, `Meanwhile ${at}.`));
  const { store, chats, expectRight } = await waiting(
    [said('early', 'Early.')],
    started === undefined ? [] : [started],
    while50,
  );
  const decide = failReply.bind(null, { node: 'r', failure: 'lost' });
  await chats.execute({ chat: 'c1', id: 'failed', actor: ANN, decide });
  const { turns } = await expectRight();
  expect(turns.map(({ node }) => node)).toContain('early');
  store.close();
});

test('what one digest of a close told apart in a turn, and the next did not, is whole again', async () => {
  const { store, write, expectRight } = await waiting(
    [said('u0', 'Good evening, she nods.')],
    [{ type: 'SceneClosed', node: 'close', payload: { significance: 1 } }],
    [said('u1', 'On we go.')],
  );
  const run = (number: number) => ({
    node: 'close',
    sources: [{ node: 'u0', revision: 0 }],
    run: { of: 'digest' as const, owner: null, number },
  });
  const segments = [{ kind: 'action' as const, text: 'she nods.' }];
  const digested = { type: 'TurnsDigested', payload: { calls: 1 } } as const;
  const told = { type: 'TurnSegmented', payload: { turn: 'u0', segments } } as const;
  await write({ ...digested, ...run(1) }, { ...told, ...run(1) });
  expect(JSON.stringify(await expectRight())).toContain('"action","text":"she nods."');
  await write({ ...digested, ...run(2) });
  expect(JSON.stringify(await expectRight())).not.toContain('"action","text":"she nods."');
  store.close();
});

test('what was moved by words that are erased by then moves every state, without the words', async () => {
  const { store, chats, write, expectRight } = await waiting(
    [said('u0', 'Snow, she said.')],
    replied('r0', 'Snow it is.', ['u0']),
    Array.from({ length: 50 }, (_, at) => said(`v${at}`, `On we go, ${at}.`)),
  );
  const decide = eraseTurns.bind(null, { person: ANN, turns: ['u0'] });
  await chats.execute({ chat: 'c1', id: 'gone', actor: ANN, decide });
  await expectRight();
  await write({
    type: 'ClockAdvanced',
    node: 'r0',
    sources: [{ node: 'u0', revision: 1 }],
    run: { of: 'digest', owner: null, number: 1 },
    payload: { minutes: 30, anchor: 'CANARY' },
  });
  expect((await expectRight()).clock).toMatchObject({ minutes: 30 });
  store.close();
});

/** What hangs on words, of every kind, made from none of those that change. */
function happenings(): NewEvent[] {
  const [olaf, bob] = ['character:olaf', 'user:100000000000000005'];
  const memory = (turn: number) => ({ node: `c1-r${turn}`, owner: MIRA });
  const enters = (entity: string, name: string) => {
    const sheet = entity === olaf ? exampleSheet : null;
    return { entity, name, sheet, revision: sheet && 1 };
  };
  const shift = { from: MIRA, to: ANN, affinity: 3, trust: -9, facts: ['Fears dogs'] };
  const kept = {
    owner: MIRA,
    text: 'Mine.',
    kind: 'fact',
    witnesses: [MIRA],
    scene: null,
  } as const;
  const steps: Pick<NewEvent, 'type' | 'payload'>[] = [
    { type: 'EntityEntered', payload: enters(bob, 'Bob') },
    { type: 'EntityEntered', payload: enters(olaf, 'Olaf') },
    { type: 'RelationshipShifted', payload: { ...shift, witnesses: [MIRA, ANN] } },
    { type: 'RelationshipShifted', payload: { ...shift, from: olaf } },
    { type: 'CharacterReset', payload: { entity: olaf } },
    {
      type: 'MemoryWritten',
      payload: { ...kept, storyTime: 0, source: 'direct', reliability: 100, significance: 3 },
    },
    { type: 'MemoryPinned', payload: { memory: memory(5), significance: 1 } },
    { type: 'MemoryRated', payload: { memory: memory(6), significance: 3 } },
    { type: 'MemoryPinned', payload: { memory: memory(7), significance: 1 } },
    { type: 'MemoryUnpinned', payload: { memory: memory(7) } },
    { type: 'MemoryPinned', payload: { memory: memory(8), significance: 1 } },
    { type: 'MemoryForgotten', payload: { memory: memory(8), before: null } },
    {
      type: 'RelationshipSeeded',
      payload: { from: olaf, to: bob, affinity: 10, trust: 20, summary: 'A stranger.' },
    },
    {
      type: 'RelationshipSet',
      payload: { from: MIRA, to: bob, changes: { trust: 70 }, before: null },
    },
    {
      type: 'RelationshipSummarized',
      payload: { from: MIRA, to: ANN, summary: 'A friend.', before: null },
    },
    {
      type: 'SceneSummarized',
      payload: { owner: MIRA, scene: 'k', text: 'Rain.', significance: 1, before: null },
    },
  ];
  return steps.map((step, at) => ({ ...step, node: `h${at}` }) as NewEvent);
}

test.each(['removed', 'erased'])(
  'words that are %s far back are taken out of a state that stands alone, over many steps',
  async (how) => {
    const database = openDatabase(':memory:');
    const store = sqliteStore(database);
    const chats = chatsOf(store);
    const many = Array.from({ length: 640 }, (_, turn) =>
      turn === 20 ? [...exchange('c1', turn).flat(), ...happenings()] : exchange('c1', turn).flat(),
    ).flat();
    // One step more at the start, so that what counts stands where one round of steps meets the next.
    for (const events of [begun(), [said('first', 'Well.')], many]) {
      const id = `write ${events.length}`;
      await chats.execute({ chat: 'c1', id, actor: ANN, decide: () => events });
    }
    const decide = (chat: Chat) =>
      how === 'removed'
        ? removeTurn({ turn: 'c1-u1' }, chat)
        : eraseTurns({ person: ANN, turns: ['c1-u1'] }, chat);
    await chats.execute({ chat: 'c1', id: 'gone', actor: ANN, decide });
    await chats.refolded;
    const [kept] = keptIn(store);
    const folded = new Chat('c1', store.load('chat:c1')).stateAt(kept ?? '');
    expect(keptIn(store)).toHaveLength(1);
    expect(
      chatsOf(store)
        .read('c1')
        .stateAt(kept ?? ''),
    ).toEqual(folded);
    database.db.exec('DELETE FROM snapshots');
    expect(
      chatsOf(store)
        .read('c1')
        .stateAt(kept ?? ''),
    ).toEqual(folded);
    store.close();
  },
);

test('an erasure far back leaves no word of it in any state that is kept', async () => {
  const { store, chats, db } = await played();
  expect(chats.read('c1').story.weather).toBe('CANARY');
  const decide = eraseTurns.bind(null, { person: ANN, turns: ['c1-u1'] });
  await chats.execute({ chat: 'c1', id: 'gone', actor: ANN, decide });
  await chats.refolded;
  expect(chatsOf(store).read('c1').story).toEqual(chats.read('c1').story);
  const kept = db.prepare<[], string>('SELECT state FROM snapshots').pluck().all();
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.join()).not.toContain('CANARY');
  store.close();
});

test('a command that comes while a story is refolded is decided on what came of it', async () => {
  const { store, chats } = await played();
  const before = chats.read('c1').story.relationships;
  const decide = removeTurn.bind(null, { turn: 'c1-u1' });
  const removal = chats.execute({ chat: 'c1', id: 'gone', actor: ANN, decide });
  const seen: unknown[] = [];
  const next = chats.execute({
    chat: 'c1',
    id: 'next',
    actor: ANN,
    decide: ({ story }) => {
      seen.push(story.relationships, store.outdated('c1'));
      return [];
    },
  });
  await Promise.all([removal, next]);
  const folded = new Chat('c1', store.load('chat:c1')).story.relationships;
  expect(folded).not.toEqual(before);
  expect(seen).toEqual([folded, null]);
  store.close();
});

test.each(['by itself', 'for whoever reads it'])(
  'a story that cannot be refolded %s is said in the log, and still reads right',
  async (when) => {
    const { store } = await played();
    const told: string[] = [];
    const mend = () => {
      throw new Error('disk full');
    };
    const log = { error: (_: object, message: string) => void told.push(message) };
    const chats = new Chats({ ...store, mend }, clock, log);
    const decide = removeTurn.bind(null, { turn: 'c1-u1' });
    await chats.execute({ chat: 'c1', id: 'gone', actor: ANN, decide });
    if (when === 'by itself') await chats.refolded;
    const folded = new Chat('c1', store.load('chat:c1')).story;
    expect(chats.read('c1').story).toEqual(folded);
    await chats.refolded;
    expect(told).toEqual(['a story could not be folded again']);
    store.close();
  },
);

test('a chat that somebody holds does not fall behind, however many stories were read since', async () => {
  const { store, chats } = await played();
  const held = chats.read('c1');
  for (let other = 0; other < 300; other += 1) chats.read(`other${other}`);
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  expect(chats.read('c1')).toBe(held);
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
