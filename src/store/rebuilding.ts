import type { Database } from 'better-sqlite3';
import type { Rebuilding, Written } from '../app/ports/rebuilding.ts';
import type { Row } from '../app/ports/unitOfWork.ts';
import { chatStream } from '../engine/ids.ts';
import type { NumbersOf } from './names.ts';

/**
 * Tables that follow from the log and are emptied for a rebuild. Nodes follow from it too, but stay:
 * the log names them by their numbers.
 */
export const READ_MODELS = [
  'bindings',
  'chats',
  'lines',
  'memories',
  'memory_index',
  'memory_sources',
  'memory_vectors',
  'messages',
  'participants',
  'resets',
  'rooms',
  'saves',
  'storylines',
  'turns',
  'usage',
] as const;

/**
 * Writes read models anew. `code` is the fingerprint of what writes them, a number that is never 0; it
 * changes with the code that folds states, too, whose older ones `takeOverStates` has folded again.
 */
export function rebuilding(
  db: Database,
  {
    code,
    numbers,
    applyRow,
    takeOverStates,
  }: {
    readonly code: number;
    readonly numbers: NumbersOf;
    applyRow(row: Row, stream: number): void;
    takeOverStates(): void;
  },
): Rebuilding {
  const list = db
    .prepare<[], string>("SELECT substr(name, 6) FROM streams WHERE name LIKE 'chat:%' ORDER BY id")
    .pluck();
  const placeNode = db.prepare<[number | null, number, number, number]>(
    'UPDATE nodes SET parent = ?, stretch = ?, position = ? WHERE id = ?',
  );
  return {
    isDue: () => db.pragma('user_version', { simple: true }) !== code,
    chats: () => list.all(),
    clear: db.transaction(() => {
      db.pragma('user_version = 0');
      for (const table of READ_MODELS) db.exec(`DELETE FROM ${table}`);
      db.exec('UPDATE streams SET head = NULL');
      // Out of the way of each other, until each has its place again.
      db.exec('UPDATE nodes SET stretch = -id');
      takeOverStates();
    }),
    write: db.transaction((written: readonly Written[]) => {
      for (const { chat, rows } of written) {
        const stream = numbers.stream(chatStream(chat));
        if (stream === null) throw new Error(`the store has no chat ${chat}`);
        for (const row of rows) {
          if (row.table === 'node') {
            const parent = row.parent === null ? null : numbers.node(row.parent);
            const id = numbers.node(row.node);
            placeNode.run(parent, numbers.node(row.stretch), row.position, id);
          } else applyRow(row, stream);
        }
      }
    }),
    done: () => void db.pragma(`user_version = ${code}`),
  };
}
