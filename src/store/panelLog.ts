import type { Database } from 'better-sqlite3';
import type { Panel, PanelLog } from '../app/panels.ts';

const COLUMNS = 'channel, chat, message, old, by, posted';

/** Which message shows a story's state in which channel. */
export function panelLog(db: Database): PanelLog {
  const put = db.prepare<Panel>(
    `INSERT INTO panels (${COLUMNS}) VALUES (@channel, @chat, @message, @old, @by, @posted)
     ON CONFLICT (channel) DO UPDATE SET chat = excluded.chat, message = excluded.message,
       old = excluded.old, by = excluded.by, posted = excluded.posted`,
  );
  const find = db.prepare<[string], Panel>(`SELECT ${COLUMNS} FROM panels WHERE channel = ?`);
  const all = db.prepare<[], Panel>(`SELECT ${COLUMNS} FROM panels ORDER BY posted`);
  const remove = db.prepare<[string]>('DELETE FROM panels WHERE channel = ?');
  return {
    put: (panel) => void put.run(panel),
    in: (channel) => find.get(channel) ?? null,
    all: () => all.all(),
    remove: (channel) => void remove.run(channel),
  };
}
