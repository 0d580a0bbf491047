import type { Database } from 'better-sqlite3';
import type { Remembered } from '../app/ports/store.ts';
import type { EntityId } from '../engine/ids.ts';
import { READING, type Reading, toRemembered, VISIBLE } from './memorySearch.ts';
import { witnessedMatch } from './scope.ts';

/** Of what matches some words, so many of the newest are weighed. */
const WEIGHED = 4_000;

interface Asked {
  readonly words: readonly string[] | null;
  readonly after: number;
  readonly viewers: readonly EntityId[];
  readonly offset: number;
  readonly limit: number;
}

/**
 * What a character remembers, a page at a time, as far as some people witnessed it, too: the index is
 * asked for both at once, so that nothing else is read.
 */
export function memoryPages(db: Database) {
  const newest = db.prepare<object, Reading>(
    `SELECT ${READING} FROM memory_index i CROSS JOIN memories m ON m.id = i.rowid ${VISIBLE}
       AND memory_index MATCH @match ORDER BY i.rowid DESC LIMIT +@limit OFFSET +@offset`,
  );
  const best = db.prepare<object, Reading>(
    `SELECT ${READING} FROM (
         SELECT rowid AS id, bm25(memory_index, 0, 1) AS weight FROM memory_index
         WHERE memory_index MATCH @match ORDER BY rowid DESC LIMIT ${WEIGHED}) i
       CROSS JOIN memories m ON m.id = i.id ${VISIBLE}
     ORDER BY i.weight, m.id DESC LIMIT +@limit OFFSET +@offset`,
  );
  return (
    { stream, root }: { readonly stream: number; readonly root: number },
    owner: EntityId,
    { words, viewers, ...asked }: Asked,
  ): Remembered[] => {
    if (words?.length === 0) return [];
    const match = witnessedMatch(root, owner, viewers, words);
    const rows = (words === null ? newest : best).all({ ...asked, stream, owner, match });
    return rows.map(toRemembered);
  };
}
