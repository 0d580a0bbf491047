import type { Database } from 'better-sqlite3';
import type { Meaning, MemoryVectors } from '../app/ports/memoryVectors.ts';
import type { EntityId } from '../engine/ids.ts';

/** Of what lies on a line, so many of the newest are compared. */
const COMPARED = 4_000;
/** Rows that are looked through at a time for those without a vector. */
const WINDOW = 2_000;

/** A row, and how near its vector is: 1 for the same. */
export type Alike = [id: number, nearness: number];

/** What memories mean, beside their words; scope comes before nearness, as it does with words. */
export function vectorIndex(db: Database) {
  /** Rows below `from` have their vectors of this model. */
  let model: string | null = null;
  let from = 0;
  const missing = db.prepare<[number, number, string, number], { id: number; text: string }>(
    `SELECT m.id, m.text FROM memories m WHERE m.id >= ? AND m.id < ? AND m.text IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM memory_vectors v WHERE v.memory = m.id AND v.model = ?)
     ORDER BY m.id LIMIT ?`,
  );
  const last = db.prepare<[], number | null>('SELECT max(id) FROM memories').pluck();
  // What was taken out, or says something else by now, gets no vector of its old words.
  const put = db.prepare<[string, Buffer, number, string]>(
    `INSERT OR REPLACE INTO memory_vectors (memory, model, vector)
     SELECT id, ?, ? FROM memories WHERE id = ? AND text = ?`,
  );
  const stretches = db.prepare<[number, number], { stretch: number; first: number; last: number }>(
    'SELECT stretch, first, last FROM lines WHERE stream = ? AND last > ? ORDER BY last DESC',
  );
  // A stretch at a time: the index gives each in order, and no more is read than is compared.
  const inStretch = db.prepare<object, { id: number; vector: Buffer }>(
    `SELECT m.id, v.vector FROM memories m
       JOIN memory_vectors v ON v.memory = m.id AND v.model = +@model
     WHERE m.stretch = +@stretch AND m.owner = +@owner AND m.position BETWEEN +@first AND +@last
     ORDER BY m.position DESC LIMIT +@limit`,
  );

  const vectors: MemoryVectors = {
    missing: (asked, limit) => {
      if (model !== asked) [model, from] = [asked, 0];
      if (from > (last.get() ?? 0)) return null;
      const memories = missing.all(from, from + WINDOW, asked, limit);
      from = memories[0]?.id ?? from + WINDOW;
      return memories;
    },
    put: db.transaction((of, found) => {
      for (const { id, text, vector } of found) {
        put.run(of, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength), id, text);
      }
    }),
  };

  return {
    vectors,
    /** A row was added, or is another by now. */
    added: (id: number): void => {
      from = Math.min(from, id);
    },
    /** What one owner remembers on a line, the nearest first. */
    alike: (
      stream: number,
      owner: EntityId,
      { model: asked, vector }: Meaning,
      after: number,
    ): Alike[] => {
      const alike: Alike[] = [];
      let left = COMPARED;
      for (const { stretch, first, last } of stretches.all(stream, after)) {
        const scope = { model: asked, owner, stretch, first: Math.max(first, after + 1), last };
        const rows = inStretch.all({ ...scope, limit: left });
        for (const row of rows) alike.push([row.id, nearness(vector, row.vector)]);
        left -= rows.length;
        if (left <= 0) break;
      }
      return alike.filter(([, near]) => near > 0).sort(([a, one], [b, two]) => two - one || b - a);
    },
  };
}

/** Of vectors of length 1: the cosine between them; 0 where they are not of one size. */
function nearness(one: Float32Array, bytes: Buffer): number {
  if (bytes.byteLength !== one.byteLength) return 0;
  // A view begins where its numbers may begin; what SQLite gives may not.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(bytes);
  const other = new Float32Array(aligned.buffer, aligned.byteOffset, one.length);
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}
