import type { Database } from 'better-sqlite3';
import { READ_MODELS } from '../../src/store/rebuilding.ts';

/** What the read models hold, whatever numbers their rows go by. */
export function everything(db: Database) {
  const rows = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => JSON.stringify(row))
      .sort();
  return {
    memories: rows(
      `SELECT m.*, 0 AS id, i.scope, i.text AS indexed,
         (SELECT json_group_array(s.node || ' ' || s.revision) FROM
           (SELECT * FROM memory_sources WHERE memory = m.id ORDER BY node) s) AS sources
       FROM memories m LEFT JOIN memory_index i ON i.rowid = m.id`,
    ),
    heads: rows('SELECT name, version, head FROM streams'),
    nodes: rows('SELECT * FROM nodes'),
    chats: rows('SELECT stream, root FROM chats'),
    ...Object.fromEntries(
      READ_MODELS.filter((table) => !/^(memor|chats)/.test(table)).map((table) => [
        table,
        rows(`SELECT * FROM ${table}`),
      ]),
    ),
  };
}
