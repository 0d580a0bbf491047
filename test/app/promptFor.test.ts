import { expect, test } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import { Prompts } from '../../src/app/promptFor.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { ANN, begun, MIRA, replied, said } from '../support/story.ts';

const words = (text: string) => text.split(/\s+/).filter(Boolean).length;
const HARD = 1_000;

test('a prompt leaves room for what a model is known to count more than we do', async () => {
  const store = sqliteStore(openDatabase(':memory:'));
  const chats = new Chats(store, { now: () => 0, sleep: () => Promise.resolve() });
  const turns = Array.from({ length: 60 }, (_, at) => [
    said(`u${at}`, `${'word '.repeat(15)}${at}`),
    ...replied(`r${at}`, `${'answer '.repeat(15)}${at}`, [`u${at}`]),
  ]);
  const decide = () => [...begun(), ...turns.flat()];
  await chats.execute({ chat: 'c', id: 'all', actor: ANN, decide });
  const settings = { model: 'm', budget: { soft: HARD, hard: HARD }, olderTurns: 200 };
  const needs = { store, meanings: null, settings, books: () => [], count: words };
  const prompts = new Prompts(needs);
  const tokens = () => prompts.next(chats.read('c'), MIRA).receipt.tokens;
  const { receipt } = prompts.next(chats.read('c'), MIRA);
  const learn = (model: string, ratio: number) =>
    prompts.learn(model, receipt, { input: Math.round(receipt.tokens * ratio), output: 1 });
  expect(tokens()).toBeGreaterThan(HARD * 0.9);
  learn('m', 1.25);
  expect(tokens()).toBeLessThanOrEqual(HARD / 1.25);
  expect(tokens()).toBeGreaterThan(HARD * 0.7);
  // The newest counts for half, and what no tokenizer would count does not count for more than twice.
  learn('m', 1.75);
  expect(tokens()).toBeLessThanOrEqual(HARD / 1.5);
  learn('m', 50);
  expect(tokens()).toBeGreaterThan(HARD * 0.5);
  // A model that counts less gives no more room than there is, and another model's count says nothing.
  for (let times = 0; times < 20; times += 1) learn('m', 0.3);
  learn('other', 2);
  const after = tokens();
  expect(after).toBeLessThanOrEqual(HARD);
  expect(after).toBeGreaterThan(HARD * 0.9);
  store.close();
});
