import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ModelError } from '../../src/app/ports/model.ts';
import type { Store } from '../../src/app/ports/store.ts';
import { beginChat } from '../../src/engine/deciders/beginChat.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { eraseTurns, reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { rewind, undo } from '../../src/engine/deciders/moveHead.ts';
import { relationshipOf } from '../../src/engine/state/relationships.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { digestOf, materialOf, memoryOf, openChronicle } from '../support/chronicle.ts';
import { hastyClock } from '../support/hastyClock.ts';
import { type RecordedRequest, stepped } from '../support/modelServer.ts';
import { ANN, MIRA, opening, replied, said } from '../support/story.ts';
import { inTavern } from '../support/tavern.ts';

const warmer = (by = 3) =>
  digestOf({ relationships: [{ from: 'Mira', to: 'Ann', affinity: by, trust: 0, facts: [] }] });
const canariesIn = (request: RecordedRequest): string[] =>
  JSON.stringify(materialOf(request)).match(/canary\w+/g) ?? [];
const turn = async (house: Awaited<ReturnType<typeof openChronicle>>, canary: string) => {
  const said = await house.say(`Tell me about ${canary}, and about the weather on the coast.`);
  return { said, reply: await house.reply('There is not much to tell.') };
};
const affinity = (house: Awaited<ReturnType<typeof openChronicle>>, chat = 'c1') =>
  relationshipOf(house.read(chat).story, MIRA, ANN).affinity;

describe('a digest that arrives late', () => {
  test('counts at its own reply, and comes back with it', async () => {
    const held = stepped();
    const house = await openChronicle(() => ({ ...warmer(), steps: held }));
    const { said: first, reply } = await turn(house, 'canaryA');
    await house.run((chat) => rewind({ to: first }, chat));
    held.rest();
    await house.settle();
    expect(house.store.load('chat:c1').at(-1)?.node).toBe(reply);
    expect(affinity(house)).toBe(50);
    await house.run((chat) => undo({ move: null }, chat));
    expect(affinity(house)).toBe(53);
  });

  test('tells speech and action apart at its own turn, unless its words are others by now', async () => {
    const held = stepped();
    const action = 'She bars the door.';
    const actions = [{ turn: 't1', text: action }];
    const house = await openChronicle(() => ({ ...digestOf({ actions }), steps: held }));
    const prose = `Nobody comes in tonight. ${action}`;
    const first = await house.say(prose);
    await house.reply('Good.');
    await house.say('And now we wait, the two of us.');
    await house.reply('We do.');
    held.rest();
    await house.settle();
    const segments = (chat = 'c1') => {
      const found = house.read(chat).story.turns.find(({ node }) => node === first);
      return found?.kind === 'user' ? found.segments.map(({ kind }) => kind) : null;
    };
    expect(segments()).toEqual(['dialogue', 'action']);
    await house.restart();
    expect(segments()).toEqual(['dialogue', 'action']);
    const text = 'Nobody comes in tonight.';
    await house.run((chat) => reviseTurn({ turn: first, text, readable: text }, chat));
    expect(segments()).toEqual(['dialogue']);
    await house.settle();
    expect(segments()).toEqual(['dialogue']);
  });

  test('is made in the order of the line, and each once, however often the process ends', async () => {
    const order: string[] = [];
    const house = await openChronicle((request) => {
      order.push(...canariesIn(request));
      return warmer();
    });
    for (const canary of ['canaryA', 'canaryB', 'canaryC']) {
      await turn(house, canary);
      await house.restart();
    }
    await house.settle();
    expect([...new Set(order)]).toEqual(['canaryA', 'canaryB', 'canaryC']);
    expect(affinity(house)).toBe(59);
    const digested = house.store.load('chat:c1').filter(({ type }) => type === 'TurnsDigested');
    expect(digested).toHaveLength(3);
  });

  test('is asked for again when the process ends between the answer and the log', async () => {
    const real = sqliteStore(openDatabase(':memory:'));
    let deaths = 0;
    const store: Store = {
      ...real,
      commit: (unit) => {
        if (unit.command.startsWith('digest:') && deaths === 0) {
          deaths += 1;
          throw new Error('the process ended');
        }
        return real.commit(unit);
      },
    };
    const house = await openChronicle(warmer(), { store });
    await turn(house, 'canaryA');
    while (deaths === 0) await new Promise((resolve) => setImmediate(resolve));
    await house.restart();
    expect(affinity(house)).toBe(50);
    await house.settle();
    expect(affinity(house)).toBe(53);
    expect(house.models.classifications).toHaveLength(2);
    await house.derivations.close();
    real.close();
  });
});

test('one story does not wait for another, and each is gone through in its order', async () => {
  const held = stepped();
  const answer = (request: RecordedRequest) =>
    canariesIn(request).includes('canaryA') ? { ...warmer(), steps: held } : warmer();
  const house = await openChronicle(answer);
  await turn(house, 'canaryA');
  await turn(house, 'canaryB');
  await house.run(
    () =>
      beginChat({
        ...opening,
        channel: '100000000000000007',
        nodes: { kickoff: 'k2', greetings: ['g2'] },
      }),
    'c2',
  );
  await house.run(
    () => [said('other', 'Good evening to the house.'), ...replied('answer', 'Hm.', ['other'])],
    'c2',
  );
  const digested = (chat: string) =>
    house.store.load(`chat:${chat}`).filter(({ type }) => type === 'TurnsDigested').length;
  while (digested('c2') === 0) await new Promise((resolve) => setImmediate(resolve));
  // The second digest of the first story waits for the first.
  expect([digested('c1'), house.models.classifications.length]).toEqual([0, 2]);
  held.rest();
  await house.settle();
  expect(digested('c1')).toBe(2);
});

describe('words that change', () => {
  test('are digested anew on every line and branch, while the world stays as it was first moved', async () => {
    const house = await openChronicle((request) => {
      const [canary = ''] = canariesIn(request);
      return digestOf({
        relationships: [{ from: 'Mira', to: 'Ann', affinity: 3, trust: 0, facts: [canary] }],
        memories: [memoryOf('Mira', `Has heard of ${canary}.`)],
        minutes: canary === 'canaryB' ? 90 : 10,
      });
    });
    const { said: first, reply } = await turn(house, 'canaryA');
    await house.settle();
    await house.run(
      () =>
        branchChat(
          { name: 'b', owner: ANN, after: reply, channel: null, guild: null },
          house.read(),
        ),
      'c2',
      'c1',
    );
    const facts = (chat: string) =>
      relationshipOf(house.read(chat).story, MIRA, ANN).facts.map((fact) => fact.text);
    const text = 'Tell me about canaryB, and about the weather on the coast.';
    await house.run((chat) => reviseTurn({ turn: first, text, readable: text }, chat));
    expect([facts('c1'), facts('c2')]).toEqual([[], []]);
    // One more change while the first is being taken in: the last one wins, and it is one job.
    const last = text.replace('canaryB', 'canaryD');
    await house.run((chat) => reviseTurn({ turn: first, text: last, readable: last }, chat));
    expect(house.store.owed(['digest'])).toHaveLength(1);
    await house.settle();
    for (const chat of ['c1', 'c2']) {
      expect(facts(chat)).toEqual(['canaryD']);
      expect(house.memories(MIRA, chat).map((each) => each.text)).toEqual([
        'Has heard of canaryD.',
      ]);
      expect(house.read(chat).story.clock.minutes).toBe(10);
    }
    await house.run((chat) => eraseTurns({ person: ANN, turns: [first] }, chat));
    await house.settle();
    expect(JSON.stringify(house.read('c2').story)).not.toContain('canary');
    expect(JSON.stringify(house.memories(MIRA))).not.toContain('canary');
  });

  test('a job of a node that is gone ends, and nothing is said of it', async () => {
    const house = await openChronicle(warmer());
    house.store.enqueue([
      { kind: 'digest', chat: 'c1', node: 'nowhere' },
      { kind: 'summary', chat: 'gone', node: 'nowhere' },
    ]);
    house.derivations.wake();
    await house.settle();
    expect(house.models.classifications).toEqual([]);
    expect(house.store.deadJobs()).toEqual([]);
  });
});

test('what a model gets wrong moves nothing, and the story goes on', async () => {
  const broken = [
    { text: 'I would rather not.' },
    { text: '{"relationships": "all"' },
    { json: { relationships: [{ from: 7 }], memories: 'none', minutes: 'soon', scene: [] } },
    digestOf({
      relationships: [
        { from: 'Mira', to: 'Ann', affinity: Number.MAX_VALUE, trust: -1e9, facts: [] },
      ],
      activities: [{ who: 'Mira; DROP', status: 'away' }],
      memories: [memoryOf('Mira', 'Unsure of it all.', { confidence: 0.2 })],
      minutes: -1_000,
    }),
  ];
  const house = await openChronicle(() => broken[0] ?? '');
  for (; broken.length > 1; broken.shift()) {
    await turn(house, 'canaryA');
    await house.settle();
    expect(affinity(house)).toBe(50);
  }
  await turn(house, 'canaryA');
  await house.settle();
  const { story } = house.read();
  expect(relationshipOf(story, MIRA, ANN)).toMatchObject({ affinity: 60, trust: 40 });
  expect(story.clock.minutes).toBe(0);
  expect(story.activities[MIRA]?.status).toBe('awake');
  expect(house.memories(MIRA)).toEqual([]);
  expect(house.store.classifierFailures(10).length).toBeGreaterThan(0);
});

test('a classifier that is down is asked again later and later, and then given up', async () => {
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.reject(new ModelError('unavailable', 'The model is down'));
  };
  const house = await openChronicle('', { classify: { ask } });
  await turn(house, 'canaryA');
  // What waits for its time is not waited for.
  while (asked === 0) await new Promise((resolve) => setImmediate(resolve));
  const before = hastyClock.now();
  await house.derivations.settled('c1');
  expect(hastyClock.now() - before).toBeLessThan(1_500);
  expect(house.store.owed(['digest'])).toHaveLength(1);
  while (house.store.deadJobs().length === 0) {
    const [job] = house.store.owed(['digest']);
    if (job !== undefined && house.store.take(job, job.due, 0)) house.store.putBack(job, 0, 'down');
  }
  expect(house.store.owed(['digest'])).toEqual([]);
  // Who mends what was wrong starts anew.
  const so = asked;
  await house.restart();
  while (asked === so) await new Promise((resolve) => setImmediate(resolve));
  expect(house.store.deadJobs()).toEqual([]);
});

test('a reply waits 3 s for what was said before it, and no longer, whatever the classifier takes', async () => {
  const { ann, tavern, house, begin, settled } = await inTavern({ clock: hastyClock });
  const held = stepped();
  await begin();
  house.models.script('One.', 'Two.');
  house.models.scriptClassifier({ ...digestOf(), steps: held });
  await ann.say(tavern, 'Hello there.');
  await settled('One.');
  const before = hastyClock.now();
  await ann.say(tavern, 'And then?');
  await house.models.request(1);
  const waited = hastyClock.now() - before;
  expect(waited).toBeGreaterThanOrEqual(3_000);
  // Sending the message and all else is in it, at 25 times its duration.
  expect(waited).toBeLessThan(12_000);
  await settled('Two.');
  expect(house.models.classifications).toHaveLength(1);
  held.rest();
});

test('who waits for what was said before to sink in sees at once that somebody is about to answer', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'troupe-')), 'troupe.yaml');
  writeFileSync(path, 'digest: { waitSeconds: 60 }\n');
  const { ann, tavern, models, begin, settled } = await inTavern({
    env: { TROUPE_CONFIG_PATH: path },
  });
  const [first, held] = [stepped(), stepped()];
  await begin();
  models.script({ text: 'One.', steps: first }, 'Two.');
  models.scriptClassifier({ ...digestOf(), steps: held });
  const typing = async () => {
    ann.notices.length = 0;
    await ann.say(tavern, 'Hello there.');
    await ann.waitForNotice(({ kind }) => kind === 'typing');
  };
  // The first reply is held until its own is over: what comes after it is of the wait.
  await typing();
  first.rest();
  await settled('One.');
  await typing();
  expect(models.requests).toHaveLength(1);
  held.rest();
  await settled('Two.');
});
