import type { Database } from 'better-sqlite3';
import type { Seen, SeenLog } from '../app/ports/seenLog.ts';

/** How far channels were read; what becomes a turn is noted with it, by `readModels`. */
export function seenLog(db: Database): SeenLog {
  const channels = db.prepare<[], string>('SELECT channel FROM bindings ORDER BY channel').pluck();
  const find = db.prepare<[string], Seen>(
    `SELECT CAST(since AS TEXT) AS since, CAST(message AS TEXT) AS message FROM seen
     WHERE channel = ?`,
  );
  const note = db.prepare<[bigint, string]>(
    'UPDATE seen SET message = max(message, ?) WHERE channel = ?',
  );
  return {
    channels: () => channels.all(),
    of: (channel) => find.get(channel) ?? null,
    note: (channel, message) => void note.run(BigInt(message), channel),
  };
}
