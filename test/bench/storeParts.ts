import Database from 'better-sqlite3';
import { project } from '../../src/app/project.ts';
import { Chat } from '../../src/engine/chat.ts';
import { record } from '../../src/engine/event.ts';
import { chatStream } from '../../src/engine/ids.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { ANN, begun, said } from '../support/story.ts';
import { type Figure, interleaved, type Part } from './figure.ts';
import { chatsOf, longStory } from './story.ts';

const APPENDS = 2_000;

/** The same work in bare prepared statements: head check, event, head, one read-model row. */
function floor() {
  const db = new Database(':memory:');
  db.exec(`CREATE TABLE s (id INTEGER PRIMARY KEY, name TEXT UNIQUE, version INTEGER);
    CREATE TABLE e (id INTEGER PRIMARY KEY, s INTEGER, v INTEGER, type TEXT, payload TEXT, at TEXT, UNIQUE (s, v));
    CREATE TABLE c (s INTEGER, command TEXT, v INTEGER, PRIMARY KEY (s, command));
    CREATE TABLE r (id INTEGER PRIMARY KEY, text TEXT); INSERT INTO s VALUES (1, 'chat:c', 0);`);
  const head = db.prepare('SELECT id, version FROM s WHERE name = ?');
  const add = db.prepare('INSERT INTO e (s, v, type, payload, at) VALUES (1, ?, ?, ?, ?)');
  const command = db.prepare('INSERT INTO c VALUES (1, ?, ?)');
  const set = db.prepare('UPDATE s SET version = ? WHERE id = 1');
  const row = db.prepare('INSERT INTO r (text) VALUES (?)');
  let version = 0;
  const append = db.transaction((count: number) => {
    head.get('chat:c');
    for (let at = 0; at < count; at += 1) {
      const [event] = [said(`n${version}`, 'What is in the soup?')];
      version += 1;
      add.run(version, event.type, JSON.stringify(event.payload), '2026-11-21T10:00:00.000Z');
      row.run('What is in the soup?');
    }
    command.run(`m${version}`, version);
    set.run(version);
  });
  return (count: number) => append.immediate(count);
}

function port() {
  const store = sqliteStore(openDatabase(':memory:'));
  const chat = new Chat('c');
  const stream = chatStream('c');
  let count = 0;
  const commit = (decided: ReturnType<typeof begun>) => {
    const asked = { stream, command: `m${count++}`, actor: ANN, at: '2026-11-21T10:00:00.000Z' };
    const { version, head } = chat;
    const events = record(decided, { ...asked, after: version });
    for (const event of events) chat.apply(event);
    const rows = project(chat, events, head, 'c', store);
    store.commit({ ...asked, expected: version, events, rows });
  };
  commit(begun());
  return (size: number) =>
    commit(
      Array.from({ length: size }, (_, at) => said(`n${count}-${at}`, 'What is in the soup?')),
    );
}

const compared = (
  figure: string,
  { ours, reference, ratio }: { ours: number; reference: number; ratio: number },
  goal: number,
): Figure => ({
  figure,
  value: ours,
  unit: 'ms',
  reference,
  ratio,
  goal: `at least ${goal} of the floor`,
  ok: ratio >= goal,
});

export const appends: Part = {
  name: 'append',
  run: async () => {
    const [ours, bare] = [port(), floor()];
    const repeat = (work: (size: number) => void, times: number, size: number) => () => {
      for (let at = 0; at < times; at += 1) work(size);
    };
    const one = await interleaved(repeat(ours, APPENDS, 1), repeat(bare, APPENDS, 1));
    const batch = await interleaved(repeat(ours, 20, 100), repeat(bare, 20, 100));
    return [
      compared(`${APPENDS} appends through the port, read models included`, one, 0.5),
      compared('20 batches of 100', batch, 0.4),
    ];
  },
};

export const coldLoad: Part = {
  name: 'cold-load',
  run: async () => {
    const { store, chat } = await longStory(4_000);
    const payloads = store.load(chatStream(chat)).map((event) => JSON.stringify(event));
    const kept = chatsOf(store).read(chat);
    const without = () => new Chat(chat, store.load(chatStream(chat))).story;
    const parse = () => payloads.map((text) => JSON.parse(text));
    const bare = await interleaved(without, parse);
    if (kept.head !== null) store.keep(kept, kept.head);
    const snapshot = await interleaved(() => chatsOf(store).read(chat).story, without);
    return [
      compared(
        `cold load of ${payloads.length} events without a snapshot, against parsing`,
        bare,
        0.6,
      ),
      {
        ...compared('the same with a snapshot, against without', snapshot, 10),
        goal: 'at least 10 times as fast',
      },
    ];
  },
};
