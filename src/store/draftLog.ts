import type { Database } from 'better-sqlite3';
import type { Drafts } from '../app/ports/drafts.ts';

/** Milliseconds that a draft is kept after it was last touched. */
const KEPT = 7 * 24 * 60 * 60_000;

export function draftLog(db: Database): Drafts {
  const put = db.prepare(
    `INSERT INTO drafts (id, content, at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET content = excluded.content, at = excluded.at`,
  );
  const find = db.prepare<[string], { content: string }>('SELECT content FROM drafts WHERE id = ?');
  const remove = db.prepare('DELETE FROM drafts WHERE id = ?');
  const forget = db.prepare('DELETE FROM drafts WHERE at < ?');
  return {
    put: (id, content, now) => {
      forget.run(now - KEPT);
      put.run(id, JSON.stringify(content), now);
    },
    get: (id) => {
      const row = find.get(id);
      return row === undefined ? null : (JSON.parse(row.content) as unknown);
    },
    remove: (id) => void remove.run(id),
  };
}
