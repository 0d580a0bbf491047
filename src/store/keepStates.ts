import type { Database } from 'better-sqlite3';
import type { Chat } from '../engine/chat.ts';
import type { NodeId } from '../engine/ids.ts';

/** The newest snapshots of a stretch are all kept, older ones this many nodes apart. */
const KEPT_NEWEST = 20;
const APART = 2_500;

/** Keeps states, so that a story need not be folded from its root. Every one may be deleted. */
export function keepStates(db: Database, fingerprint: string) {
  const put = db.prepare(
    `INSERT INTO snapshots (node, stretch, position, fingerprint, state)
     SELECT id, stretch, position, ?, ? FROM nodes WHERE name = ?
     ON CONFLICT (node) DO UPDATE SET fingerprint = excluded.fingerprint, state = excluded.state`,
  );
  const putFrame = db.prepare(
    `UPDATE chats SET frame = ?, frame_version = ?, fingerprint = ?
     WHERE stream = (SELECT id FROM streams WHERE name = ?)`,
  );
  const aging = db.prepare<[string, number], { node: number; position: number }>(
    `SELECT node, position FROM snapshots WHERE stretch =
       (SELECT stretch FROM nodes WHERE name = ?) ORDER BY position DESC LIMIT 3 OFFSET ?`,
  );
  const drop = db.prepare<[number]>('DELETE FROM snapshots WHERE node = ?');
  const from = db.prepare<[string, number], { name: string }>(
    `SELECT n.name FROM snapshots s JOIN nodes n ON n.id = s.node JOIN chats c ON c.stream = n.stream
     WHERE c.root = (SELECT id FROM streams WHERE name = ?) AND s.position >= ?`,
  );
  return {
    keep: db.transaction((chat: Chat, node: NodeId): void => {
      put.run(fingerprint, JSON.stringify(chat.stateAt(node)), node);
      putFrame.run(JSON.stringify(chat.frame), chat.version, fingerprint, `chat:${chat.id}`);
      // One grows old with each that is new: it goes where its neighbours are near enough.
      const [newer, middle, older] = aging.all(node, KEPT_NEWEST - 1);
      if (newer && middle && older && newer.position - older.position <= APART) {
        drop.run(middle.node);
      }
    }),
    from: (root: string, position: number): NodeId[] =>
      from.all(`chat:${root}`, position).map(({ name }) => name),
  };
}
