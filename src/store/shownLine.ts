import type { Database } from 'better-sqlite3';
import type { LeavingMessage, ShownLine, ShownTurn } from '../app/ports/shownLine.ts';
import type { Stretch } from '../engine/node.ts';
import type { NumbersOf } from './names.ts';

/** Which messages show the turns of a line, and which of them are on their way out. */
export function shownLine(db: Database, numbers: NumbersOf): ShownLine {
  const spoken = db.prepare<[number, number, number], ShownTurn & { message: string | null }>(
    `SELECT n.name AS node, n.position, CAST(m.message AS TEXT) AS message, 'user' AS by
     FROM nodes n JOIN turns t ON t.node = n.id LEFT JOIN messages m ON m.node = n.id
       AND NOT EXISTS (SELECT 1 FROM leaving v WHERE v.message = CAST(m.message AS TEXT)
         AND v.by = 'stays')
     WHERE n.stretch = ? AND n.position BETWEEN ? AND ?`,
  );
  const delivered = db.prepare<
    [number, number, number],
    LeavingMessage & { readonly position: number }
  >(
    `SELECT n.name AS node, n.position, d.message, d.by FROM nodes n
     JOIN deliveries d ON d.node = n.name AND d.message IS NOT NULL
     WHERE n.stretch = ? AND n.position BETWEEN ? AND ? ORDER BY n.position, d.part`,
  );
  const leave = db.prepare(
    'INSERT OR IGNORE INTO leaving (message, chat, node, by) VALUES (?, ?, ?, ?)',
  );
  const stay = db.prepare("DELETE FROM leaving WHERE chat = ? AND node = ? AND by != 'stays'");
  const leaving = db.prepare<[string], LeavingMessage>(
    `SELECT message, node, by FROM leaving WHERE chat = ? AND by != 'stays'
     ORDER BY CAST(message AS INTEGER)`,
  );
  const unmap = db.prepare('DELETE FROM messages WHERE message = ?');
  const undeliver = db.prepare('DELETE FROM deliveries WHERE message = ?');
  const gone = db.prepare("DELETE FROM leaving WHERE message = ? AND by != 'user'");
  const remain = db.prepare("UPDATE leaving SET by = 'stays' WHERE message = ?");
  const divider = db
    .prepare<[string], string>('SELECT message FROM dividers WHERE chat = ?')
    .pluck();
  const putDivider = db.prepare('INSERT OR REPLACE INTO dividers (chat, message) VALUES (?, ?)');
  const dropDivider = db.prepare('DELETE FROM dividers WHERE chat = ?');

  return {
    turns: ({ id, first, last }: Stretch) => {
      const range = [numbers.node(id), first, last] as const;
      const turns = new Map<string, { position: number; messages: LeavingMessage[] }>();
      const at = (node: string, position: number) => {
        const known = turns.get(node) ?? { position, messages: [] };
        turns.set(node, known);
        return known.messages;
      };
      for (const { node, position, message } of spoken.all(...range)) {
        const messages = at(node, position);
        if (message !== null) messages.push({ message, node, by: 'user' });
      }
      for (const { position, ...message } of delivered.all(...range)) {
        at(message.node, position).push(message);
      }
      return [...turns]
        .map(([node, turn]): ShownTurn => ({ node, ...turn }))
        .sort((a, b) => a.position - b.position);
    },
    leave: db.transaction((chat: string, messages: readonly LeavingMessage[]) => {
      for (const { message, node, by } of messages) leave.run(message, chat, node, by);
    }),
    stay: db.transaction((chat: string, nodes: readonly string[]) => {
      for (const node of nodes) stay.run(chat, node);
    }),
    leaving: (chat) => leaving.all(chat),
    forget: db.transaction((messages: readonly LeavingMessage[]) => {
      for (const { message, by } of messages) {
        if (by === 'user') unmap.run(BigInt(message));
        else undeliver.run(message);
      }
    }),
    gone: db.transaction((messages: readonly LeavingMessage[]) => {
      for (const { message, by } of messages) {
        // The log still says which turn a person's message was: that it shows it no more is said here.
        if (by === 'user') remain.run(message);
        else gone.run(message);
      }
    }),
    remain: db.transaction((messages: readonly LeavingMessage[]) => {
      for (const { message } of messages) remain.run(message);
    }),
    divider: (chat) => divider.get(chat) ?? null,
    putDivider: (chat, message) => {
      if (message === null) dropDivider.run(chat);
      else putDivider.run(chat, message);
    },
  };
}
