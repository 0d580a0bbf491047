import type { Database } from 'better-sqlite3';
import type { Remembered } from '../app/ports.ts';
import type { EntityId, NodeId } from '../engine/ids.ts';
import { type Found, REACH } from '../engine/retrieval/rank.ts';
import type { MemoryKey } from '../engine/world.ts';
import { matchOf } from './scope.ts';

interface Place {
  readonly stream: number;
  readonly root: number;
}

/** Matches whose neighbours are looked at: a worse one finds nothing that is asked for. */
const MATCHES = 40;
/** Matches that are weighed at most. */
const WEIGHED = 4_000;
/** A word in so many of the owner's memories is left out where more match than can be weighed. */
const COMMON = 1_000;

/** That a row lies on the line. */
const ON_LINE = (row: string, line: string) =>
  `${line}.stream = @stream AND ${line}.stretch = ${row}.stretch
    AND ${row}.position BETWEEN ${line}.first AND ${line}.last`;

/** What is visible: on the line, of a memory that is there, and not overridden by a later node of the line. */
const VISIBLE = `JOIN lines l ON ${ON_LINE('m', 'l')}
  JOIN nodes b ON b.id = m.memory
  WHERE m.text IS NOT NULL AND m.owner = @owner AND b.position > @after
    AND (m.node = m.memory OR EXISTS (
      SELECT 1 FROM memories o JOIN lines k ON ${ON_LINE('o', 'k')}
      WHERE o.memory = m.memory AND o.owner = m.owner AND o.node = o.memory))
    AND NOT EXISTS (
      SELECT 1 FROM memories o JOIN lines k ON ${ON_LINE('o', 'k')}
      WHERE o.memory = m.memory AND o.owner = m.owner AND o.position > m.position
        AND (o.text IS NOT NULL OR o.forgotten = 1))`;

/** The newest rating on the line. */
const RATED = `COALESCE((
    SELECT o.significance FROM memories o JOIN lines k ON ${ON_LINE('o', 'k')}
    WHERE o.memory = m.memory AND o.owner = m.owner AND o.significance IS NOT NULL
    ORDER BY o.position DESC LIMIT 1), 0)`;

/** What a memory's row says; scene and time are of its first account, its words may be newer. */
const READING = `m.id, b.name AS node, m.owner, m.text, ${RATED} AS significance, b.position,
  (SELECT a.scene FROM memories a WHERE a.node = m.memory AND a.memory = m.memory
    AND a.owner = m.owner AND a.text IS NOT NULL) AS scene,
  (SELECT a.story_time FROM memories a WHERE a.node = m.memory AND a.memory = m.memory
    AND a.owner = m.owner AND a.text IS NOT NULL) AS storyTime`;

/** The same where nothing was done to a memory after it was written. */
const UNTOUCHED = `m.id, m.memory, b.name AS node, m.owner, m.text,
  COALESCE(m.significance, 0) AS significance, b.position, m.scene, m.story_time AS storyTime,
  m.node = m.memory AND NOT EXISTS (SELECT 1 FROM memories o WHERE o.memory = m.memory
    AND o.owner = m.owner AND o.id <> m.id) AS untouched`;

interface Reading extends Omit<Found, 'memory' | 'match'> {
  readonly id: number;
  readonly node: NodeId;
  readonly owner: EntityId;
}

interface Row extends Reading {
  /** The number of its node. */
  readonly memory: number;
  readonly untouched: 0 | 1;
}

/**
 * Finds memories. Filtering comes before ranking: the index is asked for words within the scope of one
 * owner, and what is not on the line is never weighed. Neighbours are looked up on the line as it is
 * now, never kept with a memory: what comes after one differs from line to line.
 */
export function memorySearch(db: Database) {
  const all = db.prepare<object, Reading>(
    `SELECT ${READING} FROM memories m ${VISIBLE} ORDER BY b.position, m.id LIMIT @limit`,
  );
  const weigh = db
    .prepare<object, [id: number, match: number]>(
      `SELECT m.id, -bm25(memory_index, 0, 1)
       FROM memory_index i JOIN memories m ON m.id = i.rowid JOIN lines l ON ${ON_LINE('m', 'l')}
       WHERE memory_index MATCH @match ORDER BY i.rowid DESC LIMIT ${WEIGHED}`,
    )
    .raw() as unknown as { all(asked: object): [id: number, match: number][] };
  const count = db.prepare<[string], { count: number }>(
    `SELECT COUNT(*) AS count FROM (
       SELECT 1 FROM memory_index WHERE memory_index MATCH ? LIMIT ${COMMON})`,
  );
  const row = db.prepare<[number], Row>(
    `SELECT ${UNTOUCHED} FROM memories m JOIN nodes b ON b.id = m.memory WHERE m.id = ?`,
  );
  const current = db.prepare<object, Reading>(
    `SELECT ${READING} FROM memories m ${VISIBLE} AND m.memory = @memory`,
  );
  const around = db.prepare<object, Row>(
    `SELECT ${UNTOUCHED} FROM (
         SELECT stretch, first, last FROM lines WHERE stream = @stream AND last >= @from
         ORDER BY last LIMIT @to - @from + 1) l
       JOIN memories m ON m.stretch = l.stretch AND m.owner = @owner
         AND m.position BETWEEN MAX(l.first, @from) AND MIN(l.last, @to)
       JOIN nodes b ON b.id = m.memory
     WHERE m.node = m.memory AND m.text IS NOT NULL`,
  );
  const named = db.prepare<object, Reading>(
    `SELECT ${READING} FROM memories m ${VISIBLE}
       AND m.memory = (SELECT id FROM nodes WHERE name = @node)`,
  );

  /** Rows with how well they match, the best first. */
  const weighed = (place: Place, owner: EntityId, words: readonly string[]) => {
    if (words.length === 0) return [];
    const by = (some: readonly string[]) =>
      weigh.all({ stream: place.stream, match: matchOf(place.root, owner, some) });
    const rows = by(words);
    if (rows.length === WEIGHED) {
      const isRare = (word: string) =>
        (count.get(matchOf(place.root, owner, [word]))?.count ?? 0) < COMMON;
      const rare = words.filter(isRare);
      if (rare.length > 0) rows.unshift(...by(rare));
    }
    const best = new Map<number, number>();
    for (const [id, match] of rows) best.set(id, Math.max(match, best.get(id) ?? 0));
    return [...best].sort(([a, one], [b, other]) => other - one || b - a);
  };

  /** A row as it reads on the line; null where it is not what the memory says there. */
  const visible = (found: Row, stream: number, after: number): Reading | null => {
    if (found.position <= after) return null;
    if (found.untouched === 1) return found;
    const { memory, owner } = found;
    return current.get({ stream, owner, memory, after }) ?? null;
  };

  const best = (
    place: Place,
    owner: EntityId,
    words: readonly string[],
    after: number,
    limit: number,
  ): { reading: Reading; match: number }[] => {
    const found: { reading: Reading; match: number }[] = [];
    for (const [id, match] of weighed(place, owner, words)) {
      const known = row.get(id);
      const reading = known && visible(known, place.stream, after);
      if (reading?.id === id) found.push({ reading, match });
      if (found.length === limit) break;
    }
    return found;
  };

  return {
    all: (stream: number, owner: EntityId, after: number, limit: number): Remembered[] =>
      all.all({ stream, owner, after, limit }).map(toRemembered),
    byWords: (
      place: Place,
      owner: EntityId,
      words: readonly string[],
      after: number,
      limit: number,
    ): Remembered[] =>
      best(place, owner, words, after, limit).map(({ reading }) => toRemembered(reading)),
    /** The best matches and what stands beside them, in the order of the line. */
    near: (place: Place, owner: EntityId, words: readonly string[], after: number): Found[] => {
      const { stream } = place;
      const found = new Map<NodeId, Found>();
      const matches = best(place, owner, words, after, MATCHES);
      for (const { reading, match } of matches) found.set(reading.node, toFound(reading, match));
      const positions = matches.map(({ reading }) => reading.position).sort((a, b) => a - b);
      for (const [from, to] of windows(positions)) {
        for (const beside of around.all({ stream, owner, from, to })) {
          if (found.has(beside.node)) continue;
          const reading = visible(beside, stream, after);
          if (reading !== null) found.set(beside.node, toFound(reading, 0));
        }
      }
      return [...found.values()].sort((a, b) => a.position - b.position);
    },
    read: (stream: number, { node, owner }: MemoryKey, after: number): Remembered | null => {
      const reading = named.get({ stream, owner, node, after });
      return reading === undefined ? null : toRemembered(reading);
    },
  };
}

/** The steps that are near some positions, as few runs. */
function windows(positions: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const position of positions) {
    const last = runs.at(-1);
    if (last !== undefined && position - REACH <= last[1] + 1) last[1] = position + REACH;
    else runs.push([position - REACH, position + REACH]);
  }
  return runs;
}

const toRemembered = ({ node, owner, text, significance }: Reading): Remembered => ({
  memory: { node, owner },
  text,
  significance,
});

const toFound = (reading: Reading, match: number): Found => ({
  memory: { node: reading.node, owner: reading.owner },
  text: reading.text,
  significance: reading.significance,
  storyTime: reading.storyTime,
  scene: reading.scene,
  position: reading.position,
  match,
});
