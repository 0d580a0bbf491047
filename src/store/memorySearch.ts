import type { Database } from 'better-sqlite3';
import type { Meaning } from '../app/ports/memoryVectors.ts';
import type { Remembered } from '../app/ports/store.ts';
import type { EntityId, NodeId } from '../engine/ids.ts';
import { type Found, REACH } from '../engine/retrieval/rank.ts';
import type { MemoryKey } from '../engine/world.ts';
import { matchOf } from './scope.ts';
import type { vectorIndex } from './vectorIndex.ts';

/** A row, and how well its words match. */
type Match = [id: number, match: number];

interface Place {
  readonly stream: number;
  readonly root: number;
}

/** Matches that a search comes back with, and those of them whose neighbours it looks at. */
const MATCHES = 24;
const LOOKED_AROUND = 16;
/** Memories on each side of a match that are looked at. */
const BESIDE = 2;
/** Matches that are weighed at most. */
const WEIGHED = 4_000;
/** A word in so many of the owner's memories is left out where more match than can be weighed. */
export const COMMON = 1_000;

/**
 * That a row lies on the line. The signs before parameters keep SQLite from planning a statement anew
 * for every value that is bound to it, which costs four times what the statement does.
 */
export const ON_LINE = (row: string, line: string) =>
  `${line}.stream = +@stream AND ${line}.stretch = ${row}.stretch
    AND ${row}.position BETWEEN ${line}.first AND ${line}.last`;

/** What is visible: on the line, of a memory that is there, and not overridden by a later node of the line. */
export const VISIBLE = `JOIN lines l ON ${ON_LINE('m', 'l')}
  JOIN nodes b ON b.id = m.memory
  WHERE m.text IS NOT NULL AND m.owner = +@owner AND b.position > +@after
    AND (m.node = m.memory OR EXISTS (
      SELECT 1 FROM memories o JOIN lines k ON ${ON_LINE('o', 'k')}
      WHERE o.memory = m.memory AND o.owner = m.owner AND o.node = o.memory))
    AND NOT EXISTS (
      SELECT 1 FROM memories o JOIN lines k ON ${ON_LINE('o', 'k')}
      WHERE o.memory = m.memory AND o.owner = m.owner
        AND (o.position > m.position AND o.text IS NOT NULL
          OR o.position >= m.position AND o.forgotten = 1))`;

/** The newest rating on the line. */
const RATED = `COALESCE((
    SELECT o.significance FROM memories o JOIN lines k ON ${ON_LINE('o', 'k')}
    WHERE o.memory = m.memory AND o.owner = m.owner AND o.significance IS NOT NULL
    ORDER BY o.position DESC LIMIT 1), 0)`;

/** What a memory's row says; scene and time are of its first account, its words may be newer. */
export const READING = `m.id, b.name AS node, m.owner, m.text, ${RATED} AS significance, b.position,
  (SELECT a.scene FROM memories a WHERE a.node = m.memory AND a.memory = m.memory
    AND a.owner = m.owner AND a.text IS NOT NULL) AS scene,
  (SELECT a.story_time FROM memories a WHERE a.node = m.memory AND a.memory = m.memory
    AND a.owner = m.owner AND a.text IS NOT NULL) AS storyTime`;

/** The same where nothing was done to a memory after it was written. */
const UNTOUCHED = `m.id, m.memory, b.name AS node, m.owner, m.text,
  COALESCE(m.significance, 0) AS significance, b.position, m.scene, m.story_time AS storyTime,
  m.node = m.memory AND NOT EXISTS (SELECT 1 FROM memories o WHERE o.memory = m.memory
    AND o.owner = m.owner AND o.id <> m.id) AS untouched`;

export interface Reading extends Omit<Found, 'memory' | 'match'> {
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
export function memorySearch(
  db: Database,
  meanings: Pick<ReturnType<typeof vectorIndex>, 'alike'>,
) {
  const all = db.prepare<object, Reading>(
    `SELECT ${READING} FROM memories m ${VISIBLE} ORDER BY b.position, m.id LIMIT +@limit`,
  );
  const weighing = (clauses: string) =>
    db
      .prepare(
        `SELECT i.rowid, -bm25(memory_index, 0, 1) FROM memory_index i ${clauses} LIMIT ${WEIGHED}`,
      )
      .raw() as unknown as { all(asked: object): Match[] };
  const weigh = weighing('WHERE memory_index MATCH @match');
  const weighOnLine = weighing(
    `JOIN memories m ON m.id = i.rowid JOIN lines l ON ${ON_LINE('m', 'l')}
     WHERE memory_index MATCH @match ORDER BY i.rowid DESC`,
  );
  const count = db.prepare<[string], { count: number }>(
    `SELECT COUNT(*) AS count FROM (
       SELECT 1 FROM memory_index WHERE memory_index MATCH ? LIMIT ${COMMON})`,
  );
  const row = db.prepare<object, Row>(
    `SELECT ${UNTOUCHED} FROM memories m JOIN nodes b ON b.id = m.memory
       JOIN lines l ON ${ON_LINE('m', 'l')}
     WHERE m.id = +@id AND b.position > +@after`,
  );
  const current = db.prepare<object, Reading>(
    `SELECT ${READING} FROM memories m ${VISIBLE} AND m.memory = +@memory`,
  );
  const around = db.prepare<object, { id: number; position: number }>(
    `SELECT m.id, m.position FROM (
         SELECT stretch, first, last FROM lines WHERE stream = +@stream AND last >= +@from
         ORDER BY last LIMIT +@to - +@from + 1) l
       JOIN memories m ON m.stretch = l.stretch AND m.owner = +@owner
         AND m.position BETWEEN MAX(l.first, +@from) AND MIN(l.last, +@to)
     WHERE m.node = m.memory AND m.text IS NOT NULL ORDER BY m.position`,
  );
  const named = db.prepare<object, Reading>(
    `SELECT ${READING} FROM memories m ${VISIBLE}
       AND m.memory = (SELECT id FROM nodes WHERE name = +@node)`,
  );

  /** The best matches first. Where they are few, some may be off the line. */
  const weighed = (
    { stream, root }: Place,
    owner: EntityId,
    words: readonly string[],
  ): readonly Match[] => {
    if (words.length === 0) return [];
    const matching = (some: readonly string[]) => ({ stream, match: matchOf(root, owner, some) });
    let matches = weigh.all(matching(words));
    if (matches.length === WEIGHED) {
      const isRare = (word: string) =>
        (count.get(matchOf(root, owner, [word]))?.count ?? 0) < COMMON;
      const rare = words.filter(isRare);
      const known = new Map(rare.length > 0 ? weighOnLine.all(matching(rare)) : []);
      for (const [id, match] of weighOnLine.all(matching(words))) known.set(id, match);
      matches = [...known];
    }
    return matches.sort(([a, one], [b, other]) => other - one || b - a);
  };

  /** A row as it reads on the line; null where it does not lie there, or is not what the memory says there. */
  const visible = (id: number, stream: number, after: number): Reading | null => {
    const found = row.get({ id, stream, after });
    if (found === undefined || found.untouched === 1) return found ?? null;
    const { memory, owner } = found;
    return current.get({ stream, owner, memory, after }) ?? null;
  };

  const best = (
    stream: number,
    matches: readonly Match[],
    after: number,
    limit: number,
  ): Reading[] => {
    const found: Reading[] = [];
    for (const [id] of matches) {
      const reading = visible(id, stream, after);
      if (reading?.id === id) found.push(reading);
      if (found.length === limit) break;
    }
    return found;
  };

  /** Rows of what was remembered last before and first after some positions. */
  const beside = (stream: number, owner: EntityId, positions: readonly number[]): Set<number> => {
    const ids = new Set<number>();
    const asked = new Set(positions);
    for (const [from, to] of windows(positions)) {
      const rows = around.all({ stream, owner, from, to });
      for (const [at, { position }] of rows.entries()) {
        if (!asked.has(position)) continue;
        for (const { id } of rows.slice(Math.max(0, at - BESIDE), at + BESIDE + 1)) ids.add(id);
      }
    }
    return ids;
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
      best(place.stream, weighed(place, owner, words), after, limit).map(toRemembered),
    /** The best matches and what stands beside them, in the order of the line. */
    near: (place: Place, owner: EntityId, words: readonly string[], after: number): Found[] => {
      const { stream } = place;
      const matches = weighed(place, owner, words);
      const matchOfRow = new Map(matches);
      const found = new Map<NodeId, Found>();
      const add = (reading: Reading) =>
        found.set(reading.node, toFound(reading, matchOfRow.get(reading.id) ?? 0));
      const first = best(stream, matches, after, MATCHES);
      first.forEach(add);
      const known = new Set(first.map(({ id }) => id));
      for (const id of beside(
        stream,
        owner,
        first.slice(0, LOOKED_AROUND).map(({ position }) => position),
      )) {
        const reading = known.has(id) ? null : visible(id, stream, after);
        if (reading !== null) add(reading);
      }
      return [...found.values()].sort((a, b) => a.position - b.position);
    },
    /** What means nearly the same as something else, the nearest first. */
    visible,
    alike: ({ stream }: Place, owner: EntityId, meaning: Meaning, after: number): Found[] =>
      best(stream, meanings.alike(stream, owner, meaning, after), after, MATCHES).map((reading) =>
        toFound(reading, 0),
      ),
    read: (stream: number, { node, owner }: MemoryKey, after: number): Remembered | null => {
      const reading = named.get({ stream, owner, node, after });
      return reading === undefined ? null : toRemembered(reading);
    },
  };
}

/** The steps that are near some positions, as few runs. */
function windows(positions: readonly number[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const position of positions.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && position - REACH <= last[1] + 1) last[1] = position + REACH;
    else runs.push([position - REACH, position + REACH]);
  }
  return runs;
}

export const toRemembered = ({ node, owner, text, significance }: Reading): Remembered => ({
  memory: { node, owner },
  text,
  significance,
});

export const toFound = (reading: Reading, match: number): Found => ({
  memory: { node: reading.node, owner: reading.owner },
  text: reading.text,
  significance: reading.significance,
  storyTime: reading.storyTime,
  scene: reading.scene,
  position: reading.position,
  match,
});
