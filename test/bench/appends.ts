import type { UnitOfWork } from '../../src/app/ports/unitOfWork.ts';
import { project } from '../../src/app/project.ts';
import { Chat } from '../../src/engine/chat.ts';
import { type NewEvent, record } from '../../src/engine/event.ts';
import { chatStream } from '../../src/engine/ids.ts';
import { ANN, begun, said } from '../support/story.ts';
import { type OnDisk, onDisk } from './database.ts';
import { compared, interleaved, PAIRS, type Part } from './figure.ts';

const AT = '2026-11-21T10:00:00.000Z';
const TEXT = 'What is in the soup?';

/** The same work in bare prepared statements: head check, event, head, one read-model row by its key, JSON. */
function floor({ db }: OnDisk) {
  db.exec(`CREATE TABLE s (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL);
    CREATE TABLE e (id INTEGER PRIMARY KEY, s INTEGER NOT NULL, v INTEGER NOT NULL, type TEXT NOT NULL,
      schema INTEGER NOT NULL, payload TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
      command TEXT NOT NULL, node TEXT, UNIQUE (s, v));
    CREATE TABLE r (node TEXT PRIMARY KEY, "by" TEXT NOT NULL, text TEXT NOT NULL)`);
  const check = db.prepare<[string], { version: number }>('SELECT version FROM s WHERE name = ?');
  const add = db.prepare(
    "INSERT INTO e (s, v, type, schema, payload, at, actor, command, node) VALUES (1, ?, 'UserSpoke', 2, ?, ?, ?, ?, ?)",
  );
  const set = db.prepare(
    "INSERT INTO s VALUES (1, 'chat:c', ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version",
  );
  const row = db.prepare('INSERT INTO r VALUES (?, ?, ?)');
  const append = db.transaction((events: readonly NewEvent[]) => {
    let version = check.get('chat:c')?.version ?? 0;
    const command = `m${version}`;
    for (const event of events) {
      const node = 'node' in event ? event.node : '';
      version += 1;
      add.run(version, JSON.stringify(event.payload), AT, ANN, command, node);
      row.run(node, ANN, TEXT);
    }
    set.run(version);
  });
  return (events: readonly NewEvent[]) => append.immediate(events);
}

/** Makes units of work as the engine hands them to the store. */
function units({ store }: OnDisk) {
  const stream = chatStream('c');
  const chat = new Chat('c');
  let count = 0;
  const make = (decided: readonly NewEvent[]): UnitOfWork => {
    const asked = { stream, command: `m${count++}`, actor: ANN, at: AT } as const;
    const { version, head } = chat;
    const events = record(decided, { ...asked, after: version });
    for (const event of events) chat.apply(event);
    const rows = project(chat, events, head, 'c', store);
    return { ...asked, expected: version, events, rows };
  };
  store.commit(make(begun()));
  return make;
}

/** Appends of so many events at once: `times` through the port, and as often through the floor. */
async function measured(times: number, size: number) {
  const [ours, bare] = [onDisk(), onDisk()];
  const make = units(ours);
  const add = floor(bare);
  let nodes = 0;
  const fresh = () =>
    Array.from({ length: times }, () =>
      Array.from({ length: size }, () => said(`n${nodes++}`, TEXT)),
    );
  // Made beforehand: what the engine takes is measured by the turns.
  const given = Array.from({ length: PAIRS + 1 }, () => fresh().map(make));
  const plain = Array.from({ length: PAIRS + 1 }, fresh);
  const port = () => {
    for (const unit of given.shift() ?? []) ours.store.commit(unit);
  };
  const direct = () => {
    for (const events of plain.shift() ?? []) add(events);
  };
  port();
  direct();
  const result = await interleaved(port, direct);
  ours.close();
  bare.close();
  return result;
}

export const appends: Part = {
  name: 'append',
  run: async () => [
    compared('5,000 appends through the port, read models included', await measured(5_000, 1), 0.5),
    compared('100 batches of 100', await measured(100, 100), 0.4),
  ],
};
