import type { Database } from 'better-sqlite3';
import type { Remembered } from '../app/ports/store.ts';
import type { Row } from '../app/ports/unitOfWork.ts';
import { chatStream, type EntityId } from '../engine/ids.ts';
import type { MemoryKey } from '../engine/world.ts';
import { memorySearch } from './memorySearch.ts';
import type { NumbersOf } from './names.ts';
import { scopeOf } from './scope.ts';
import { vectorIndex } from './vectorIndex.ts';

/** What characters remember: written and taken out here, found by {@link memorySearch}. */
export function memoryIndex(db: Database, numbers: NumbersOf) {
  const add = db.prepare(
    `INSERT INTO memories
       (node, stretch, position, memory, owner, text, forgotten, significance, scene, story_time)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addText = db.prepare('INSERT INTO memory_index (rowid, scope, text) VALUES (?, ?, ?)');
  const addSource = db.prepare(
    'INSERT OR IGNORE INTO memory_sources (memory, node, revision) VALUES (?, ?, ?)',
  );
  const standing = db.prepare<[number], { id: number }>('SELECT id FROM memories WHERE node = ?');
  const outdated = db.prepare<[number, number], { id: number }>(
    'SELECT memory AS id FROM memory_sources WHERE node = ? AND revision < ?',
  );
  const removals = [
    'DELETE FROM memories WHERE id = ?',
    'DELETE FROM memory_index WHERE rowid = ?',
    'DELETE FROM memory_sources WHERE memory = ?',
    'DELETE FROM memory_vectors WHERE memory = ?',
  ].map((sql) => db.prepare<[number]>(sql));
  const meanings = vectorIndex(db);
  const { all, byWords, near, alike, read, visible } = memorySearch(db, meanings);

  const remove = (rows: readonly { id: number }[]): void => {
    for (const { id } of rows) for (const statement of removals) statement.run(id);
  };

  return {
    /** Replaces everything that stands at a node. */
    replace: (at: Extract<Row, { table: 'memories' }>): void => {
      const node = numbers.node(at.node);
      const stretch = numbers.node(at.stretch);
      const root = numbers.stream(chatStream(at.root));
      if (root === null) throw new Error(`the store has no story ${at.root}`);
      remove(standing.all(node));
      for (const row of at.memories) {
        const { owner } = row.memory;
        const memory = numbers.node(row.memory.node);
        const scene = row.scene === null ? null : numbers.node(row.scene);
        const forgotten = row.forgotten ? 1 : 0;
        const values = [node, stretch, at.position, memory, owner, row.text, forgotten];
        const added = add.run(...values, row.significance, scene, row.storyTime);
        const id = Number(added.lastInsertRowid);
        if (row.text !== null) {
          addText.run(id, scopeOf(root, owner, row.witnesses, row.tellable), row.text);
          meanings.added(id);
        }
        for (const source of row.sources) {
          addSource.run(id, numbers.node(source.node), source.revision);
        }
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
    ): Remembered[] =>
      words === null
        ? all(place.stream, owner, after, limit)
        : byWords(place, owner, words, after, limit),
    near,
    alike,
    visible,
    vectors: meanings.vectors,
    read: (stream: number, key: MemoryKey, after: number): Remembered | null =>
      read(stream, key, after),
  };
}
