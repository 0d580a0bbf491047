import type { Database } from 'better-sqlite3';

/** A row, and how well its words match. */
export type Match = [id: number, match: number];

/** What is asked of the index by some words, and what the join with the lines needs. */
type Asked = (words: readonly string[]) => { readonly match: string };

/** Matches that are weighed at most. */
const WEIGHED = 4_000;
/** A word in so many of what may be found is left out where more match than can be weighed. */
const COMMON = 1_000;

/**
 * Weighs what matches some words, the best first. Where it is little, some of it may be off the lines.
 *
 * @param first what comes before the query that looks at lines, and `joins` what that joins `i` with.
 */
export function weighing(db: Database, joins: string, first = '') {
  const statement = (clauses: string, before = '') =>
    db
      .prepare(
        `${before} SELECT i.rowid, -bm25(memory_index, 0, 1) FROM memory_index i ${clauses} LIMIT ${WEIGHED}`,
      )
      .raw() as unknown as { all(asked: object): Match[] };
  const weigh = statement('WHERE memory_index MATCH @match');
  const weighOnLine = statement(
    `${joins} WHERE memory_index MATCH @match ORDER BY i.rowid DESC`,
    first,
  );
  const count = db.prepare<[string], { count: number }>(
    `SELECT COUNT(*) AS count FROM (
       SELECT 1 FROM memory_index WHERE memory_index MATCH ? LIMIT ${COMMON})`,
  );
  return (words: readonly string[], asked: Asked): readonly Match[] => {
    if (words.length === 0) return [];
    let matches = weigh.all(asked(words));
    if (matches.length === WEIGHED) {
      const isRare = (word: string) => (count.get(asked([word]).match)?.count ?? 0) < COMMON;
      const rare = words.filter(isRare);
      const known = new Map(rare.length > 0 ? weighOnLine.all(asked(rare)) : []);
      for (const [id, match] of weighOnLine.all(asked(words))) known.set(id, match);
      matches = [...known];
    }
    return matches.sort(([a, one], [b, other]) => other - one || b - a);
  };
}
