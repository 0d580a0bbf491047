import { expect, onTestFinished, test } from 'vitest';
import { Chats } from '../../../src/app/chats.ts';
import { Drawer } from '../../../src/app/drawer.ts';
import { type DrawerEdit, DrawerEdits } from '../../../src/app/drawerEdits.ts';
import { HomeRules } from '../../../src/app/homeRules.ts';
import { Homes } from '../../../src/app/homes.ts';
import { Rights } from '../../../src/app/rights.ts';
import { WorldEdits } from '../../../src/app/worldEdits.ts';
import { markOf } from '../../../src/engine/drawer/mark.ts';
import { type NewEvent, parseEvent } from '../../../src/engine/event.ts';
import { relationshipOf } from '../../../src/engine/state/relationships.ts';
import { openDatabase } from '../../../src/store/openDatabase.ts';
import { sqliteStore } from '../../../src/store/sqliteStore.ts';
import { ANN, begun, MIRA, said } from '../../support/story.ts';

const BOB = 'user:100000000000000005';
const nobody = { managesChannels: false, managesServer: false, roles: [] };
const ann = { ...nobody, person: ANN };
/** Mira's account of the first scene, as it was derived. */
const account: NewEvent = {
  type: 'SceneSummarized',
  node: 'close',
  payload: { owner: MIRA, scene: 'k', text: 'It rained.', significance: 1, before: null },
  run: { of: 'summary', owner: MIRA, number: 1 },
  sources: [{ node: 'said', revision: 0 }],
};

async function house() {
  const store = sqliteStore(openDatabase(':memory:'));
  onTestFinished(() => store.close());
  let ticks = Date.UTC(2026, 10, 21);
  const clock = { now: () => (ticks += 1_000), sleep: () => Promise.resolve() };
  const chats = new Chats(store, clock);
  const homes = new Homes(store, clock, []);
  const rights = new Rights(chats, homes);
  let ids = 0;
  const newId = () => `id${ids++}`;
  const rooms = { isAgeRestricted: () => Promise.resolve(true) };
  const rules = new HomeRules({ store, homes, clock, rooms } as never);
  const shared = { store, chats, homes, rights, rules, newId };
  const world = new WorldEdits(shared as never);
  const edits = new DrawerEdits({ ...shared, world });
  const write = (...events: NewEvent[]) =>
    chats.execute({ chat: 'c', id: newId(), actor: ANN, decide: () => events });
  await write(...begun(), {
    type: 'EntityEntered',
    node: 'ann',
    payload: { entity: ANN, name: 'Ann', sheet: null, revision: null },
  });
  await write(remembered('m1', 'Ann fears dogs.'), remembered('m2', 'Ann likes tea.'));
  await write(said('said', 'Good evening.'));
  const asked = () => ({ command: newId(), by: ann });
  const change = async (edit: DrawerEdit) =>
    edits.change('c', edit, markOf(edits.value('c', edit, { by: ann })), asked());
  return {
    ...{ store, chats, edits, write, asked, change, drawer: new Drawer(shared) },
    story: () => chats.read('c').story,
    frame: () => chats.read('c').frame,
    text: (node: string) => store.memory('c', { node, owner: MIRA }, -1)?.text ?? null,
  };
}

const remembered = (node: string, text: string): NewEvent => ({
  type: 'MemoryWritten',
  node,
  payload: {
    ...{ owner: MIRA, text, kind: 'fact', witnesses: [MIRA, ANN], scene: null, storyTime: 0 },
    ...{ source: 'direct', reliability: 100, significance: 1 },
  },
});

const pair = { from: MIRA, to: ANN };
const memory = { node: 'm1', owner: MIRA };

/** One of each, and another that changes the same value. */
const each: [string, DrawerEdit, DrawerEdit][] = [
  [
    'activity',
    { kind: 'activity', entity: MIRA, doing: { posture: 'on a stool' } },
    { kind: 'activity', entity: MIRA, doing: { posture: 'at the door' } },
  ],
  [
    'place',
    { kind: 'place', entity: MIRA, place: 'The cellar' },
    { kind: 'place', entity: MIRA, place: 'The pier' },
  ],
  [
    'presence',
    { kind: 'presence', entity: MIRA, how: 'sleeps' },
    { kind: 'presence', entity: MIRA, how: 'goes' },
  ],
  [
    'clock',
    { kind: 'clock', minutes: 90, anchor: null },
    { kind: 'clock', minutes: 5, anchor: null },
  ],
  ['weather', { kind: 'weather', weather: 'Sleet' }, { kind: 'weather', weather: 'Fog' }],
  [
    'an exact score',
    { ...pair, kind: 'score', score: 'affinity', change: { to: 90 } },
    { ...pair, kind: 'score', score: 'affinity', change: { to: 10 } },
  ],
  [
    'a score by five',
    { ...pair, kind: 'score', score: 'trust', change: { by: 5 } },
    { ...pair, kind: 'score', score: 'trust', change: { by: -5 } },
  ],
  [
    'a summary of a relationship',
    { ...pair, kind: 'relationship-summary', text: 'A friend.' },
    { ...pair, kind: 'relationship-summary', text: 'A rival.' },
  ],
  [
    'a memory’s text',
    { kind: 'memory', memory, change: { text: 'Ann fears wolves.' } },
    { kind: 'memory', memory, change: { text: 'Ann fears cats.' } },
  ],
  [
    'a memory’s weight',
    { kind: 'memory', memory, change: { significance: 2 } },
    { kind: 'memory', memory, change: { significance: 0 } },
  ],
  [
    'a pin',
    { kind: 'memory', memory, change: 'pin' },
    { kind: 'memory', memory, change: { significance: 0 } },
  ],
  [
    'the scene',
    { kind: 'scene', close: { significance: 1 } },
    { kind: 'scene', close: { significance: 2 } },
  ],
  [
    'a setting',
    { kind: 'setting', setting: 'answers', value: 'everyone' },
    { kind: 'setting', setting: 'answers', value: 'round' },
  ],
];

test.each(each)('%s: drawn at another value, nothing is overwritten', async (_, first, second) => {
  const { edits, asked, change, chats, store } = await house();
  const drawn = markOf(edits.value('c', first, { by: ann }));
  await change(second);
  const { version } = chats.read('c');
  await expect(edits.change('c', first, drawn, asked())).rejects.toMatchObject({
    code: 'changed-meanwhile',
    details: { now: expect.any(String) },
  });
  expect(chats.read('c').version).toBe(version);
  expect(store.load('chat:c')).toHaveLength(version);
});

test.each(each)('%s: undone at once, and after the story went on', async (_, edit) => {
  for (const goesOn of [false, true]) {
    const { edits, asked, change, story, frame, write, edits: all } = await house();
    const shown = () => all.value('c', edit, { by: ann });
    const before = shown();
    const { node, version } = await change(edit);
    expect(shown()).not.toEqual(before);
    if (goesOn) await write(said('later', 'And then?'));
    if (node === null) await edits.undoSetting('c', version, asked());
    else await edits.undo('c', node, asked());
    // A scene that opens again is another one.
    if (edit.kind === 'scene') expect(story().scene?.place).toBe('place:p1');
    else expect(shown()).toEqual(before);
    expect(story().turns.at(-1)?.node).toBe(goesOn ? 'later' : 'said');
    expect(frame().settings.answers).toBe('addressed');
  }
});

test('what is so already is not written again', async () => {
  const { edits, asked, change, chats, store } = await house();
  await change({ kind: 'weather', weather: 'Sleet' });
  await change({ ...pair, kind: 'score', score: 'trust', change: { to: 100 } });
  await change({ ...pair, kind: 'fact', fact: null, text: 'Likes tea' });
  const { version } = chats.read('c');
  for (const edit of [
    { kind: 'weather', weather: 'Sleet' },
    { kind: 'activity', entity: MIRA, doing: { posture: null, holding: [] } },
    { kind: 'place', entity: MIRA, place: ' the drowned bell' },
    { ...pair, kind: 'score', score: 'trust', change: { by: 5 } },
    { ...pair, kind: 'score', score: 'trust', change: { to: 100 } },
    { ...pair, kind: 'relationship-summary', text: '' },
    { ...pair, kind: 'fact', fact: null, text: 'Likes tea' },
    { ...pair, kind: 'fact', fact: markOf('Likes tea'), text: 'Likes tea' },
    { kind: 'memory', memory, change: { text: 'Ann fears dogs.' } },
    { kind: 'memory', memory, change: { significance: 1 } },
    { kind: 'setting', setting: 'answers', value: 'addressed' },
  ] satisfies DrawerEdit[]) {
    const drawn = markOf(edits.value('c', edit, { by: ann }));
    const refused = { code: 'already-so' };
    await expect(edits.change('c', edit, drawn, asked())).rejects.toMatchObject(refused);
  }
  expect(store.load('chat:c')).toHaveLength(version);
});

test('an undo of what was changed again since is refused with what stands there', async () => {
  const { edits, asked, change } = await house();
  const { node } = await change({ kind: 'weather', weather: 'Sleet' });
  await change({ kind: 'weather', weather: 'Fog' });
  await expect(edits.undo('c', node ?? '', asked())).rejects.toMatchObject({
    code: 'changed-meanwhile',
    details: { now: 'Fog' },
  });
});

test('a fact is added, rewritten and taken away by itself; nobody else comes to know of it', async () => {
  const { change, edits, asked, story, drawer, write } = await house();
  await write({
    type: 'RelationshipShifted',
    node: 'shift',
    payload: { ...pair, affinity: 1, trust: 0, facts: ['Fears dogs'], witnesses: [MIRA, ANN, BOB] },
  });
  const facts = () => relationshipOf(story(), MIRA, ANN).facts.map(({ text }) => text);
  await change({ ...pair, kind: 'fact', fact: null, text: 'Likes tea' });
  expect(facts()).toEqual(['Fears dogs', 'Likes tea']);
  const { node } = await change({
    ...{ ...pair, kind: 'fact', fact: markOf('Fears dogs'), text: 'Fears wolves' },
  });
  expect(facts()).toEqual(['Likes tea', 'Fears wolves']);
  await change({ ...pair, kind: 'fact', fact: markOf('Likes tea'), text: null });
  expect(facts()).toEqual(['Fears wolves']);
  expect(relationshipOf(story(), MIRA, ANN).facts[0]?.knownTo).toEqual([MIRA, ANN]);
  await edits.undo('c', node ?? '', asked());
  expect(facts()).toEqual(['Fears dogs']);
  const { items } = drawer.history('c', { kind: 'full' }, 0);
  expect(items.slice(0, 4).every(({ by }) => by === ANN)).toBe(true);
});

test('forgotten is remembered again, and the history says who changed what, the newest first', async () => {
  const { change, edits, asked, text, drawer, write } = await house();
  const { node } = await change({ kind: 'memory', memory, change: 'forget' });
  expect(text('m1')).toBeNull();
  await write(said('later', 'And then?'));
  await edits.undo('c', node ?? '', asked());
  const { items } = drawer.memories(
    'c',
    { owner: MIRA, words: null, page: 0 },
    { kind: 'person', person: ANN },
  );
  expect(items.map((each) => each.text)).toEqual(['Ann fears dogs.', 'Ann likes tea.']);
  await change({ kind: 'setting', setting: 'answers', value: 'round' });
  const history = drawer.history('c', { kind: 'full' }, 0).items;
  expect(history.slice(0, 3).map(({ done }) => done[0]?.did)).toEqual([
    'ChatConfigured',
    'MemoryWritten',
    'MemoryForgotten',
  ]);
  expect(history[2]?.done[0]?.values).toEqual([
    { of: 'words', before: 'Ann fears dogs.', after: null },
  ]);
  // Who may not see everything is told no words.
  const seen = drawer.history('c', { kind: 'person', person: BOB }, 0).items;
  expect(seen.flatMap(({ done }) => done.flatMap(({ values }) => values))).toEqual([]);
});

test('the history holds what was there before each change, and after it', async () => {
  const { change, drawer, write } = await house();
  const scene = { place: 'place:p1', time: 'Late', opening: 'Rain.', participants: [MIRA, ANN] };
  await write(
    ...([
      { type: 'SceneClosed', node: 'close', payload: { significance: 1 } },
      { type: 'SceneOpened', node: 'open', payload: scene },
      account,
    ] as const),
  );
  const newest = (at = 0) =>
    drawer.history('c', { kind: 'full' }, 0).items[at]?.done.flatMap(({ values }) => values);
  const words = (before: string | null, after: string | null) => ({ of: 'words', before, after });
  const idle = { posture: null, action: null, attention: null, holding: [], slot: null };
  const cases: [DrawerEdit, unknown[]][] = [
    [
      { ...pair, kind: 'score', score: 'trust', change: { to: 97 } },
      [{ of: 'trust', before: 50, after: 97 }],
    ],
    // What was asked is +5; what came of it is less.
    [
      { ...pair, kind: 'score', score: 'trust', change: { by: 5 } },
      [{ of: 'trust', before: 97, after: 100 }],
    ],
    [
      { kind: 'activity', entity: MIRA, doing: { posture: 'on a stool' } },
      [
        {
          of: 'doing',
          before: expect.objectContaining(idle),
          after: expect.objectContaining({ ...idle, posture: 'on a stool' }),
        },
      ],
    ],
    [{ kind: 'place', entity: MIRA, place: 'The pier' }, [words('The Drowned Bell', 'The pier')]],
    [
      { kind: 'place', entity: MIRA, place: 'The Drowned Bell' },
      [words('The pier', 'The Drowned Bell')],
    ],
    [
      { kind: 'clock', minutes: 90, anchor: null },
      [{ of: 'clock', before: { minutes: 0, anchor: null }, after: { minutes: 90, anchor: null } }],
    ],
    [
      { kind: 'clock', minutes: -100, anchor: 'Day 1 = the frost' },
      [
        {
          of: 'clock',
          before: { minutes: 90, anchor: null },
          after: { minutes: 0, anchor: 'Day 1 = the frost' },
        },
      ],
    ],
    [{ kind: 'weather', weather: 'Sleet' }, [words(null, 'Sleet')]],
    [{ kind: 'weather', weather: null }, [words('Sleet', null)]],
    [{ ...pair, kind: 'relationship-summary', text: 'A friend.' }, [words(null, 'A friend.')]],
    [{ ...pair, kind: 'relationship-summary', text: '' }, [words('A friend.', null)]],
    [
      { ...pair, kind: 'fact', fact: null, text: 'Fears dogs' },
      [{ of: 'new', after: 'Fears dogs' }],
    ],
    [
      { ...pair, kind: 'fact', fact: markOf('Fears dogs'), text: 'Fears geese' },
      [words('Fears dogs', 'Fears geese')],
    ],
    [
      { kind: 'scene-summary', owner: MIRA, scene: 'k', text: 'It poured.' },
      [words('It rained.', 'It poured.')],
    ],
    [
      { kind: 'memory', memory, change: { text: 'Ann fears cats.' } },
      [words('Ann fears dogs.', 'Ann fears cats.')],
    ],
    [
      { kind: 'memory', memory, change: { significance: 3 } },
      [{ of: 'weight', before: 1, after: 3 }],
    ],
    [
      { kind: 'setting', setting: 'answers', value: 'round' },
      [
        {
          of: 'answers',
          before: expect.objectContaining({ answers: 'addressed' }),
          after: expect.objectContaining({ answers: 'round' }),
        },
      ],
    ],
  ];
  for (const [edit, values] of cases) {
    await change(edit);
    expect(newest(), JSON.stringify(edit)).toEqual(values);
  }
});

test('an account of a scene is taken back after the story went on, and carries what it was made from', async () => {
  const { change, edits, asked, write, story, chats } = await house();
  await write(
    ...([{ type: 'SceneClosed', node: 'close', payload: { significance: 1 } }, account] as const),
  );
  const of = { kind: 'scene-summary', owner: MIRA, scene: 'k' } as const;
  const { node } = await change({ ...of, text: 'It poured.' });
  expect(chats.read('c').tree.node(node ?? '').own[0]?.sources).toEqual([
    { node: 'said', revision: 0 },
  ]);
  await write(said('later', 'And then?'));
  await edits.undo('c', node ?? '', asked());
  expect(story().summaries[MIRA]?.map(({ text }) => text)).toEqual(['It rained.']);
});

test('whoever may not change the story changes nothing, and is given no full view', async () => {
  const { edits, drawer, asked } = await house();
  const bob = { ...nobody, person: BOB };
  const edit: DrawerEdit = { kind: 'weather', weather: 'Fog' };
  const drawn = markOf(edits.value('c', edit, { by: ann }));
  const refused = { code: 'not-allowed' };
  await expect(edits.change('c', edit, drawn, { ...asked(), by: bob })).rejects.toMatchObject(
    refused,
  );
  await expect(edits.undo('c', 'ann', { ...asked(), by: bob })).rejects.toMatchObject(refused);
  expect(() => edits.value('c', edit, { by: bob })).toThrow(expect.objectContaining(refused));
  expect(() => drawer.viewpoint('c', bob, true)).toThrow(expect.objectContaining(refused));
  expect(drawer.viewpoint('c', bob, false)).toEqual({ kind: 'person', person: BOB });
  expect(drawer.viewpoint('c', ann, true)).toEqual({ kind: 'full' });
});

test('what an older Troupe noted is read, and its facts are known to whose they are alone', async () => {
  const { write, story, drawer } = await house();
  const stored = {
    ...({
      stream: 'chat:c',
      version: 1,
      at: '',
      actor: 'troupe',
      command: 'x',
      node: 'n',
    } as const),
    ...{ sources: [], run: { of: 'digest', owner: MIRA, number: 1 } as const, cause: null },
  };
  const payload = { ...pair, affinity: 4, trust: 0, facts: ['Fears dogs'] };
  const event = parseEvent({ ...stored, type: 'RelationshipShifted', schema: 1, payload });
  expect(event).toMatchObject({ schema: 3, payload });
  for (const [type, schema, old] of [
    ['RelationshipShifted', 2, { ...pair, affinity: 4, trust: 0, facts: [] }],
    ['ClockAdvanced', 1, { minutes: 5, anchor: null }],
    ['WeatherChanged', 1, { weather: 'Fog' }],
    ['RelationshipSet', 1, { ...pair, changes: { facts: ['Likes tea'] }, before: null }],
    ['MemoryRated', 1, { memory, significance: 2 }],
    ['SceneSummarized', 2, { owner: MIRA, scene: 'k', text: 'x', significance: 1, before: null }],
    ['RelationshipSummarized', 2, { ...pair, summary: 'x', before: null }],
  ] as const) {
    expect(parseEvent({ ...stored, type, schema, payload: old }).payload).toEqual(old);
  }
  await write({ type: 'RelationshipShifted', node: 'said', run: stored.run, payload } as NewEvent);
  expect(relationshipOf(story(), MIRA, ANN).facts).toEqual([
    { text: 'Fears dogs', knownTo: [MIRA], node: 'said' },
  ]);
  const seen = drawer.relationships('c', { kind: 'person', person: ANN });
  expect(seen.flatMap(({ facts }) => facts)).toEqual([]);
});

test('a whisper’s effect on a score is shown to who heard it alone', async () => {
  const { write, drawer } = await house();
  await write({
    type: 'EntityEntered',
    node: 'bob',
    payload: { entity: BOB, name: 'Bob', sheet: null, revision: null },
  });
  const words = { finish: 'stop', truncated: false, model: null, usage: null } as const;
  await write(
    { type: 'ReplyStarted', node: 'r', payload: { by: MIRA, to: null, answers: [], note: null } },
    { type: 'ReplyCompleted', node: 'r', payload: { by: MIRA, text: 'Well met.', ...words } },
    said('again', 'Well met.'),
    {
      type: 'RelationshipShifted',
      node: 'w',
      payload: { ...pair, affinity: 9, trust: -4, facts: ['A secret'], witnesses: [MIRA, ANN] },
    },
  );
  const scores = (view: Parameters<typeof drawer.relationships>[1]) =>
    drawer.relationships('c', view).find(({ from, to }) => from === MIRA && to === ANN)?.scores;
  const full = scores({ kind: 'full' });
  expect(scores({ kind: 'person', person: ANN })).toEqual(full);
  expect(scores({ kind: 'person', person: BOB })).toEqual({
    affinity: (full?.affinity ?? 0) - 9,
    trust: (full?.trust ?? 0) + 4,
  });
  expect(scores({ kind: 'everyone' })).toBeNull();
  const reasons = (person: string) =>
    drawer
      .reasons('c', pair, { kind: 'person', person })
      .items.filter(({ kind }) => kind === 'shift');
  expect(reasons(ANN)).toMatchObject([{ affinity: 9, facts: ['A secret'] }]);
  expect(reasons(BOB)).toEqual([]);
});
