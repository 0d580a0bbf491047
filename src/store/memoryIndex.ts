import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { MemoryRow, Remembered } from '../app/ports.ts';
import type { EntityId, NodeId } from '../engine/ids.ts';

export interface MemoryPlace {
  readonly node: number;
  readonly stretch: number;
  readonly position: number;
  /** The stream of the chat that the story began in. */
  readonly root: number;
}

/** What is visible: on the line, of a memory that is there, and not overridden by a later node of the line. */
const VISIBLE = `JOIN lines l ON l.stream = @stream AND l.stretch = m.stretch
    AND m.position BETWEEN l.first AND l.last
  JOIN nodes b ON b.id = m.memory
  WHERE m.text IS NOT NULL AND m.owner = @owner AND b.position > @after
    AND (m.node = m.memory OR EXISTS (
      SELECT 1 FROM memories o JOIN lines k ON k.stream = @stream AND k.stretch = o.stretch
        AND o.position BETWEEN k.first AND k.last
      WHERE o.memory = m.memory AND o.owner = m.owner AND o.node = o.memory))
    AND NOT EXISTS (
      SELECT 1 FROM memories o JOIN lines k ON k.stream = @stream AND k.stretch = o.stretch
        AND o.position BETWEEN k.first AND k.last
      WHERE o.memory = m.memory AND o.owner = m.owner AND o.position > m.position
        AND (o.text IS NOT NULL OR o.forgotten = 1))`;

/** The newest rating on the line. */
const RATED = `COALESCE((
    SELECT o.significance FROM memories o JOIN lines k ON k.stream = @stream AND k.stretch = o.stretch
      AND o.position BETWEEN k.first AND k.last
    WHERE o.memory = m.memory AND o.owner = m.owner AND o.significance IS NOT NULL
    ORDER BY o.position DESC LIMIT 1), 0)`;

interface Found {
  readonly node: NodeId;
  readonly owner: EntityId;
  readonly text: string;
  readonly significance: number;
}

/**
 * What characters remember. Filtering comes before ranking: the index is asked for words within the
 * scope of one owner, and what is not on the line is never seen.
 */
export function memoryIndex(db: Database) {
  const add = db.prepare(
    `INSERT INTO memories (node, stretch, position, memory, owner, text, forgotten, significance)
     VALUES (?, ?, ?, (SELECT id FROM nodes WHERE name = ?), ?, ?, ?, ?)`,
  );
  const addText = db.prepare('INSERT INTO memory_index (rowid, scope, text) VALUES (?, ?, ?)');
  const addSource = db.prepare(
    `INSERT OR IGNORE INTO memory_sources (memory, node, revision)
     VALUES (?, (SELECT id FROM nodes WHERE name = ?), ?)`,
  );
  const at = db.prepare<[number], { id: number }>('SELECT id FROM memories WHERE node = ?');
  const outdated = db.prepare<[number, number], { id: number }>(
    'SELECT memory AS id FROM memory_sources WHERE node = ? AND revision < ?',
  );
  const removals = [
    'DELETE FROM memories WHERE id = ?',
    'DELETE FROM memory_index WHERE rowid = ?',
    'DELETE FROM memory_sources WHERE memory = ?',
  ].map((sql) => db.prepare<[number]>(sql));
  const all = db.prepare<object, Found>(
    `SELECT b.name AS node, m.owner, m.text, ${RATED} AS significance FROM memories m ${VISIBLE}
     ORDER BY b.position, m.id LIMIT @limit`,
  );
  const search = db.prepare<object, Found>(
    `SELECT b.name AS node, m.owner, m.text, ${RATED} AS significance
     FROM memory_index i JOIN memories m ON m.id = i.rowid ${VISIBLE} AND memory_index MATCH @match
     ORDER BY bm25(memory_index, 0, 1) LIMIT @limit`,
  );

  const remove = (rows: readonly { id: number }[]): void => {
    for (const { id } of rows) for (const statement of removals) statement.run(id);
  };

  return {
    /** Replaces everything that stands at a node. */
    replace: (place: MemoryPlace, rows: readonly MemoryRow[]): void => {
      remove(at.all(place.node));
      for (const row of rows) {
        const { node, owner } = row.memory;
        const { stretch, position, root } = place;
        const forgotten = row.forgotten ? 1 : 0;
        const values = [place.node, stretch, position, node, owner, row.text, forgotten];
        const id = Number(add.run(...values, row.significance).lastInsertRowid);
        if (row.text !== null) addText.run(id, scopeOf(root, owner, row.witnesses), row.text);
        for (const source of row.sources) addSource.run(id, source.node, source.revision);
      }
    },
    /** Takes out what was made from older words: those never count again, on any line. */
    outdate: (node: number, revision: number): void => remove(outdated.all(node, revision)),
    find: (
      place: { readonly stream: number; readonly root: number },
      owner: EntityId,
      words: readonly string[] | null,
      after: number,
      limit: number,
    ): Remembered[] => {
      const asked = { stream: place.stream, owner, after, limit };
      if (words?.length === 0) return [];
      const rows =
        words === null
          ? all.all(asked)
          : search.all({ ...asked, match: matchOf(place.root, owner, words) });
      return rows.map(({ node, owner, text, significance }) => ({
        memory: { node, owner },
        text,
        significance,
      }));
    },
  };
}

/** Tokens for whose a memory is and who witnessed it. */
const scopeOf = (root: number, owner: EntityId, witnesses: readonly EntityId[]): string =>
  [token('o', root, owner), ...witnesses.map((entity) => token('w', root, entity))].join(' ');

const matchOf = (root: number, owner: EntityId, words: readonly string[]): string =>
  `scope:(${token('o', root, owner)}) AND text:(${words.map(quoted).join(' OR ')})`;

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;

/** Opaque, of fixed length, and ending in digits: the stemmer would merge names that differ by an ending. */
function token(role: 'o' | 'w', root: number, entity: EntityId): string {
  const hash = createHash('sha256').update(`${root} ${entity}`).digest();
  return `${role}${hash.readBigUInt64BE().toString().padStart(20, '0')}`;
}
