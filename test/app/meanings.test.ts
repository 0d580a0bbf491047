import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import { Meanings } from '../../src/app/meanings.ts';
import type { Log } from '../../src/app/ports/log.ts';
import { recall } from '../../src/app/recall.ts';
import { branchChat } from '../../src/engine/deciders/branchChat.ts';
import { reviseTurn } from '../../src/engine/deciders/changeWords.ts';
import { rewind } from '../../src/engine/deciders/moveHead.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import type { EntityId, NodeId } from '../../src/engine/ids.ts';
import { openaiEmbeddings } from '../../src/llm/embeddings.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { hastyClock } from '../support/hastyClock.ts';
import { type ModelServerOptions, startModelServer } from '../support/modelServer.ts';
import { ANN, begun, MIRA, replied, said } from '../support/story.ts';

const OLAF = 'character:olaf';
const never = new AbortController().signal;

/** What a server makes of a text that speaks of light, of poison, or of neither. */
const sense = (text: string): number[] =>
  [/lantern|lamp|dark/i, /poison|ill/i, /^/].map((words) => (words.test(text) ? 1 : 0.01));

type Vectors = NonNullable<ModelServerOptions['vectors']>;

/** A story whose memories are read by a real client from a local server, as `answer` has it. */
async function remembering(answer: { with: Vectors }) {
  const server = await startModelServer({ vectors: (texts) => answer.with(texts) });
  const { db, close } = openDatabase(':memory:');
  const store = sqliteStore({ db, close });
  const warned: string[] = [];
  const warn = (_: object, message: string) => void warned.push(message);
  const log: Log = { debug() {}, info() {}, warn, error: warn };
  const chats = new Chats(store, hastyClock);
  let meanings: Meanings;
  const start = (model = 'near') => {
    const settings = { baseURL: server.url, apiKey: null, model, limit: 5_000 };
    const embeddings = openaiEmbeddings(settings);
    meanings = new Meanings({ store, embeddings, wait: 1_500, clock: hastyClock, log });
    chats.onRemembered = () => meanings.wake();
    meanings.wake();
  };
  start();
  onTestFinished(async () => {
    await meanings.close();
    await server.close();
    close();
  });
  let count = 0;
  const run = (decide: Parameters<Chats['execute']>[0]['decide'], chat = 'c', branchOf = chat) =>
    chats.execute({ chat, id: `m${count++}`, actor: ANN, branchOf, decide });
  const remember = (
    node: NodeId,
    text: string,
    { owner = MIRA, chat = 'c', by = null as NodeId | null } = {},
  ) => {
    const derived = {
      sources: [{ node: by ?? '', revision: 0 }],
      run: { of: 'digest', owner: null, number: 1 },
    } as const;
    const said = { kind: 'event', scene: 'k', storyTime: 0, source: 'direct' } as const;
    const payload = { owner, text, witnesses: [owner], reliability: 100, significance: 1, ...said };
    const written: NewEvent = {
      type: 'MemoryWritten',
      node,
      payload,
      ...(by === null ? {} : derived),
    };
    return run(() => [written], chat);
  };
  await run(begun);
  const kept = () => db.prepare('SELECT count(*) FROM memory_vectors').pluck().get() as number;
  const written = db.prepare('SELECT count(*) FROM memories WHERE text IS NOT NULL').pluck();
  return {
    server,
    chats,
    warned,
    kept,
    run,
    remember,
    restart: async (model?: string) => {
      await meanings.close();
      start(model);
    },
    /** Resolves when every memory has its vector. */
    filled: async () => {
      while (kept() !== written.get()) await setImmediate();
    },
    /** What comes to mind when somebody says this. */
    mind: async (text: string, { owner = MIRA as EntityId, chat = 'c', texts = [text] } = {}) => {
      const meaning = await meanings.of(texts, never);
      const found = recall(store, chats.read(chat), owner, { texts, meaning });
      return found.map(({ memory, why }) => `${memory.node} ${why.join('+')}`);
    },
  };
}
const answering = (): { with: Vectors } => ({
  with: (texts) => texts.map(sense),
});

test('what shares no word with the talk comes to mind, and what fits both ways comes first', async () => {
  const story = await remembering(answering());
  await story.remember('a', 'I saw a lantern on the pier.');
  await story.remember('b', 'The lamp went out at night.');
  expect(await story.mind('How dark it is tonight.')).toEqual([]);
  await story.filled();
  expect(await story.mind('How dark it is, this night.')).toEqual([
    'b words+meaning',
    'a beside+meaning',
  ]);
  expect((await story.mind('So dark.')).sort()).toEqual(['a meaning', 'b meaning']);
});

test('what is of another one, another line, before a reset or not said any more never does', async () => {
  const story = await remembering(answering());
  await story.run(() => [said('u', 'Look there.'), ...replied('r', 'Where?', ['u'])]);
  await story.remember('r', 'A lantern.', { by: 'u' });
  await story.remember('a', 'A boat.');
  await story.remember('o', 'A lamp.', { owner: OLAF });
  const branch = { name: 'd', owner: ANN, after: 'a', channel: null, guild: null };
  await story.run(() => branchChat(branch, story.chats.read('c')), 'd', 'c');
  await story.remember('x', 'Another lamp.', { chat: 'd' });
  await story.remember('b', 'My own lamp.');
  await story.filled();
  expect(await story.mind('Dark.')).toEqual(['b meaning', 'r meaning', 'a meaning']);
  expect(await story.mind('Dark.', { owner: OLAF })).toEqual(['o meaning']);
  expect(await story.mind('Dark.', { chat: 'd' })).toEqual(['x meaning', 'r meaning', 'a meaning']);
  await story.run((chat) => rewind({ to: 'a' }, chat));
  expect(await story.mind('Dark.')).toEqual(['r meaning', 'a meaning']);
  const before = story.kept();
  await story.run((chat) => reviseTurn({ turn: 'u', text: 'Here.', readable: 'Here.' }, chat));
  expect(await story.mind('Dark.')).toEqual(['a meaning']);
  expect(await story.mind('Dark.', { chat: 'd' })).toEqual(['x meaning', 'a meaning']);
  // The row is gone, and its vector with it.
  expect(story.kept()).toBe(before - 1);
  const forgets = { type: 'CharacterReset', node: 'z', payload: { entity: MIRA } } as const;
  await story.run(() => [forgets], 'd');
  expect(await story.mind('Dark.', { chat: 'd' })).toEqual([]);
});

test('a server that fails or is slow leaves the words, and what it owes is made good, restarts included', async () => {
  const answer = answering();
  const { with: well } = answer;
  answer.with = () => ['no vector'];
  const story = await remembering(answer);
  for (let each = 0; each < 70; each += 1)
    await story.remember(`n${each}`, `Stone number ${each}.`);
  await story.remember('a', 'A lantern on the pier.');
  expect(await story.mind('The pier is dark.')).toContain('a words');
  while (!story.warned.includes('embeddings are put off')) await setImmediate();
  answer.with = () => new Promise(() => {});
  expect(await story.mind('The pier is dark.')).toContain('a words');
  await story.restart();
  answer.with = well;
  await story.filled();
  expect(story.server.embedded.every((texts) => texts.length <= 64)).toBe(true);
  expect((await story.mind('The pier is dark.'))[0]).toBe('a words+meaning');
  // Another model's vectors cannot be compared with these: they are made anew.
  await story.restart('nearer');
  const asked = story.server.embedded.length;
  while (story.server.embedded.length < asked + 2) await setImmediate();
  await story.filled();
});
