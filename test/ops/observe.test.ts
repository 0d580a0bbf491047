import { expect, onTestFinished, test } from 'vitest';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import { Exposition } from '../../src/ops/exposition.ts';
import { observeModel } from '../../src/ops/observeModel.ts';
import { observeStore } from '../../src/ops/observeStore.ts';
import { TurnTimes } from '../../src/ops/turnTimes.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { startModelServer } from '../support/modelServer.ts';
import { asking, hastyClock, hear } from '../support/modelTalk.ts';
import { readExposition } from '../support/readExposition.ts';
import { VirtualClock } from '../support/virtualClock.ts';

/** The value of a metric by its name and some of its labels. */
const reader =
  (exposition: Exposition) =>
  (name: string, labels: Readonly<Record<string, string>> = {}): number | undefined =>
    readExposition(exposition.text()).find(
      (sample) =>
        sample.name === name &&
        Object.entries(labels).every(([key, wanted]) => sample.labels[key] === wanted),
    )?.value;

test('a turn is as long as its steps, and each is counted where it belongs', async () => {
  const exposition = new Exposition();
  const value = reader(exposition);
  const clock = new VirtualClock();
  const pass = (seconds: number) => clock.runUntil(clock.now() + seconds * 1_000);
  const turns = new TurnTimes(exposition, clock);
  turns.heard('chat:1');
  await pass(1);
  // Said meanwhile: the first one waited longest.
  turns.heard('chat:1');
  await pass(2);
  turns.begun('chat:1', 'reply');
  await pass(0.5);
  turns.prompted('reply');
  await pass(4);
  expect(value('troupe_replies_running')).toBe(1);
  turns.shown('reply');
  turns.shown('reply');
  await pass(20);
  turns.written('reply');
  await pass(1);
  turns.settled('reply');
  turns.settled('reply');
  const took = (stage: string) => value('troupe_turn_stage_seconds_sum', { stage });
  expect(['waiting', 'prompt', 'first_words', 'writing', 'settling', 'whole'].map(took)).toEqual([
    3, 0.5, 4, 20, 1, 25.5,
  ]);
  expect(value('troupe_first_visible_seconds_sum')).toBe(4.5);
  expect(value('troupe_turn_stage_seconds_count', { stage: 'whole' })).toBe(1);
  expect(value('troupe_replies_running')).toBe(0);
  // A whisper is never seen to be written.
  turns.begun('chat:1', 'whisper');
  turns.prompted('whisper');
  await pass(9);
  turns.written('whisper');
  turns.settled('whisper');
  expect(took('writing')).toBe(20);
  expect(took('whole')).toBe(34.5);
  // What is short is written before it is shown.
  turns.begun('chat:1', 'short');
  turns.prompted('short');
  await pass(1);
  turns.written('short');
  await pass(1);
  turns.shown('short');
  turns.settled('short');
  expect([took('first_words'), took('writing'), took('whole')]).toEqual([6, 20, 36.5]);
  // What is never ended is forgotten some day.
  for (let each = 0; each < 3_000; each += 1) turns.begun(`chat:${each}`, `${each}`);
  expect(value('troupe_replies_running')).toBe(1_000);
});

test('tokens cost what is configured, and a failure is counted by its kind', async () => {
  const models = await startModelServer();
  onTestFinished(() => models.close());
  const exposition = new Exposition();
  const value = reader(exposition);
  const settings = { apiKey: null, firstPartTimeout: 5_000, idleTimeout: 5_000 };
  const plain = openaiModel({ ...settings, baseURL: models.url, clock: hastyClock() });
  const prices = { 'test-model': { input: 2, output: 8 } };
  const model = observeModel(plain, exposition, { prices, clock: new VirtualClock() });
  models.script({ text: 'Yes.', usage: { prompt_tokens: 1_000, completion_tokens: 250 } });
  const heard = await hear(model);
  expect(heard.end?.usage).toEqual({ input: 1_000, output: 250 });
  const reply = { model: 'test-model', use: 'reply' };
  expect(value('troupe_model_tokens_total', { ...reply, direction: 'input' })).toBe(1_000);
  expect(value('troupe_model_cost_total', reply)).toBeCloseTo(0.004, 10);
  models.script({ text: '', fault: { kind: 'bad-key', when: 'before' } });
  await hear(model, asking('Hello?'));
  expect(value('troupe_model_requests_total', { ...reply, outcome: 'bad-key' })).toBe(1);
  expect(value('troupe_model_requests_total', { ...reply, outcome: 'stop' })).toBe(1);
});

test('what is owed is counted by kind, with the age of the oldest, until it is done', async () => {
  const store = sqliteStore(openDatabase(':memory:'));
  onTestFinished(() => store.close());
  const exposition = new Exposition();
  const value = reader(exposition);
  const clock = new VirtualClock();
  const first = { kind: 'digest', chat: 'c', node: 'a' } as const;
  store.enqueue([first]);
  const observed = observeStore(store, exposition, clock);
  await clock.runUntil(clock.now() + 60_000);
  observed.enqueue([{ ...first, node: 'b' }]);
  expect(value('troupe_jobs', { kind: 'digest', state: 'owed' })).toBe(2);
  expect(value('troupe_job_oldest_seconds', { kind: 'digest' })).toBe(60);
  observed.finish(first);
  expect(value('troupe_job_oldest_seconds', { kind: 'digest' })).toBe(0);
  for (let attempt = 0; attempt < 8; attempt += 1) {
    observed.take({ ...first, node: 'b' }, Number.MAX_SAFE_INTEGER, 0);
    observed.putBack({ ...first, node: 'b' }, 0, 'down');
  }
  expect(value('troupe_jobs', { state: 'given_up' })).toBe(1);
  expect(value('troupe_jobs', { state: 'owed' })).toBeUndefined();
});
