import type { Database } from 'better-sqlite3';
import type { DeliveryLog, FailureCard, Shown } from '../app/ports/deliveryLog.ts';

interface Row {
  readonly part: number;
  readonly channel: string;
  readonly message: string | null;
  readonly by: 'webhook' | 'bot';
  readonly shown: string | null;
  readonly pending: string | null;
  readonly buttons: number;
}

/** Which messages show which reply, written before and after each request to Discord. */
export function deliveryLog(db: Database): DeliveryLog {
  const put = db.prepare(
    `INSERT INTO deliveries (chat, node, part, channel, message, by, shown, pending, buttons)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (node, part) DO UPDATE SET channel = excluded.channel, message = excluded.message,
       by = excluded.by, shown = excluded.shown, pending = excluded.pending,
       buttons = excluded.buttons`,
  );
  const remove = db.prepare('DELETE FROM deliveries WHERE node = ? AND part = ?');
  const list = db.prepare<[string], Row>(
    `SELECT ${COLUMNS} FROM deliveries WHERE node = ? ORDER BY part`,
  );
  const withButtons = db.prepare<[string], Row & { readonly chat: string; readonly node: string }>(
    `SELECT chat, node, ${COLUMNS} FROM deliveries WHERE channel = ? AND buttons = 1`,
  );
  // Without its text of its own, what a message shows counts for no reply: it is said anew.
  const pass = db.prepare(
    `UPDATE deliveries SET node = @to, shown = json_set(shown, '$.raw', ''),
       pending = json_set(pending, '$.raw', '')
     WHERE node = @from AND NOT EXISTS (SELECT 1 FROM deliveries WHERE node = @to)`,
  );
  const find = db.prepare<[string], { chat: string; node: string }>(
    'SELECT chat, node FROM deliveries WHERE message = ?',
  );
  const findCard = db.prepare<[string], FailureCard>(
    'SELECT message, failure FROM cards WHERE channel = ?',
  );
  const putCard = db.prepare(
    `INSERT INTO cards (channel, message, failure) VALUES (?, ?, ?)
     ON CONFLICT (channel) DO UPDATE SET message = excluded.message, failure = excluded.failure`,
  );
  const removeCard = db.prepare('DELETE FROM cards WHERE channel = ?');
  return {
    put: (chat, node, part) =>
      void put.run(
        chat,
        node,
        part.part,
        part.channel,
        part.message,
        part.by,
        write(part.shown),
        write(part.pending),
        part.buttons ? 1 : 0,
      ),
    remove: (node, part) => void remove.run(node, part),
    parts: (node) => list.all(node).map(toPart),
    pass: (from, to) => void pass.run({ from, to }),
    withButtons: (channel) => withButtons.all(channel).map(toPart),
    replyOf: (message) => find.get(message) ?? null,
    card: (channel) => findCard.get(channel) ?? null,
    putCard: (channel, { message, failure }) => void putCard.run(channel, message, failure),
    removeCard: (channel) => void removeCard.run(channel),
  };
}

const COLUMNS = 'part, channel, message, by, shown, pending, buttons';

const toPart = <R extends Row>(row: R) => ({
  ...row,
  shown: read(row.shown),
  pending: read(row.pending),
  buttons: row.buttons === 1,
});

const write = (shown: Shown | null): string | null =>
  shown === null ? null : JSON.stringify(shown);
// Written by this file alone, in a column of its own: nothing from outside reaches it unparsed.
const read = (text: string | null): Shown | null =>
  text === null ? null : (JSON.parse(text) as Shown);
