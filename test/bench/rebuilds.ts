import type { Database } from 'better-sqlite3';
import { rebuild } from '../../src/app/rebuild.ts';
import { onDisk } from './database.ts';
import { compared, interleaved, type Part } from './figure.ts';
import { longStory } from './story.ts';

const CHATS = 200;
const TURNS = 100;
const TOGETHER = 50;
const STREAM = 2 ** 32;

interface Row {
  readonly type: string;
  readonly payload: string;
  readonly sources: string | null;
  readonly node: number | null;
}

/**
 * The same work in bare prepared statements: each stream scanned and parsed, and its nodes, turns and
 * memories written, fifty streams in a transaction.
 */
function floor(db: Database) {
  const scan = db.prepare<[number, number], Row>(
    'SELECT type, schema, payload, at, actor, command, node, sources, run, cause FROM events WHERE id BETWEEN ? AND ?',
  );
  const place = db.prepare('UPDATE nodes SET parent = ?, stretch = ?, position = ? WHERE id = ?');
  const turn = db.prepare('INSERT INTO turns (node, "by", kind, text) VALUES (?, ?, ?, ?)');
  const message = db.prepare('INSERT OR IGNORE INTO messages (message, node) VALUES (?, ?)');
  const memory = db.prepare(
    `INSERT INTO memories (node, stretch, position, memory, owner, text, forgotten, significance)
     VALUES (?, ?, ?, ?, ?, ?, 0, ?)`,
  );
  const text = db.prepare('INSERT INTO memory_index (rowid, scope, text) VALUES (?, ?, ?)');
  const source = db.prepare('INSERT INTO memory_sources (memory, node, revision) VALUES (?, ?, ?)');
  const stream = (number: number): void => {
    let [first, last] = [0, 0];
    for (const { type, payload, sources, node } of scan.all(
      number * STREAM,
      (number + 1) * STREAM,
    )) {
      const { by, owner, text: words, significance, message: id } = JSON.parse(payload);
      if (node === null) continue;
      first ||= node;
      if (node > last) place.run(last || null, first, node - first, node);
      last = Math.max(last, node);
      if (type === 'UserSpoke') message.run(BigInt(id), node);
      if (type === 'UserSpoke' || type === 'ReplyCompleted') turn.run(node, by, 'user', words);
      if (type !== 'MemoryWritten') continue;
      const position = node - first;
      const row = memory.run(
        node,
        first,
        position,
        node,
        owner,
        words,
        significance,
      ).lastInsertRowid;
      text.run(row, 'o00000000000000000001 w00000000000000000001 w00000000000000000002', words);
      for (const [at, { revision }] of JSON.parse(sources ?? '[]').entries()) {
        source.run(row, node - at, revision);
      }
    }
  };
  const write = db.transaction((from: number) => {
    for (let at = from; at < from + TOGETHER; at += 1) stream(at);
  });
  return () => {
    for (const table of ['turns', 'memories', 'memory_index', 'memory_sources', 'messages']) {
      db.exec(`DELETE FROM ${table}`);
    }
    db.exec('UPDATE nodes SET stretch = -id');
    for (let from = 1; from <= CHATS; from += TOGETHER) write(from);
  };
}

/** Writing the read models anew, as a start after an update does. */
export const rebuilds: Part = {
  name: 'rebuild',
  run: async () => {
    const [ours, bare] = [onDisk(), onDisk()];
    for (const { store } of [ours, bare]) {
      for (let chat = 0; chat < CHATS; chat += 1) await longStory(store, TURNS, `c${chat}`);
    }
    const direct = floor(bare.db);
    rebuild(ours.store);
    direct();
    const { count } = bare.db
      .prepare<[], { count: number }>('SELECT COUNT(*) AS count FROM events')
      .get() ?? { count: 0 };
    const result = await interleaved(() => rebuild(ours.store), direct);
    ours.close();
    bare.close();
    return [compared(`rebuild of ${CHATS} chats, ${count} events`, result, 0.4)];
  },
};
