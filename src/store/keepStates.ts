import type { Database } from 'better-sqlite3';
import type { Outdated } from '../app/ports/store.ts';
import type { Chat } from '../engine/chat.ts';
import { type ChatId, chatStream, type NodeId } from '../engine/ids.ts';
import type { Unseen } from '../engine/mending.ts';
import type { StoryState } from '../engine/state/story.ts';

/** The newest snapshots of a chat's line are all kept, older ones this many nodes apart. */
const KEPT_NEWEST = 20;
const APART = 2_500;

/** Keeps states, so that a story need not be folded from its root. Every one may be deleted. */
export function keepStates(db: Database, fingerprint: string) {
  const put = db.prepare(
    `INSERT INTO snapshots (node, stretch, position, fingerprint, state)
     SELECT id, stretch, position, ?, ? FROM nodes WHERE name = ?
     ON CONFLICT (node) DO UPDATE SET fingerprint = excluded.fingerprint, state = excluded.state,
       unseen = NULL`,
  );
  const putFrame = db.prepare(
    `UPDATE chats SET frame = ?, frame_version = ?, fingerprint = ?
     WHERE stream = (SELECT id FROM streams WHERE name = ?)`,
  );
  // What a branch inherited is its parent's to thin.
  const aging = db.prepare<[string, number], { node: number; position: number }>(
    `SELECT s.node, s.position FROM lines l
       JOIN snapshots s ON s.stretch = l.stretch AND s.position BETWEEN l.first AND l.last
       JOIN nodes n ON n.id = s.node AND n.stream = l.stream
     WHERE l.stream = (SELECT id FROM streams WHERE name = ?)
     ORDER BY s.position DESC LIMIT 3 OFFSET ?`,
  );
  const drop = db.prepare<[number]>('DELETE FROM snapshots WHERE node = ?');
  const dropByName = db.prepare<[string]>(
    'DELETE FROM snapshots WHERE node = (SELECT id FROM nodes WHERE name = ?)',
  );
  const from = db.prepare<[string, number], { name: string }>(
    `SELECT n.name FROM snapshots s JOIN nodes n ON n.id = s.node JOIN chats c ON c.stream = n.stream
     WHERE c.root = (SELECT id FROM streams WHERE name = ?) AND s.position >= ?`,
  );
  const outdated = db.prepare<[string, string], { node: string; state: string; unseen: string }>(
    `SELECT n.name AS node, s.state, s.unseen FROM snapshots s JOIN nodes n ON n.id = s.node
     JOIN chats c ON c.stream = n.stream
     WHERE c.root = (SELECT id FROM streams WHERE name = ?) AND s.unseen IS NOT NULL
       AND s.fingerprint = ? ORDER BY s.position LIMIT 1`,
  );
  const mend = db.prepare<[string, string]>(
    `UPDATE snapshots SET state = ?, unseen = NULL
     WHERE node = (SELECT id FROM nodes WHERE name = ?)`,
  );
  const takeOver = db.prepare<[string, string, string]>(
    'UPDATE snapshots SET fingerprint = ?, unseen = ? WHERE fingerprint <> ?',
  );
  return {
    outdated: (root: ChatId): Outdated | null => {
      for (;;) {
        const row = outdated.get(chatStream(root), fingerprint);
        if (row === undefined) return null;
        try {
          const { node, state, unseen } = row;
          return { node, state: JSON.parse(state), unseen: JSON.parse(unseen) };
        } catch {
          // Cut off in writing: there is nothing to put right.
          dropByName.run(row.node);
        }
      }
    },
    mend: (node: NodeId, state: StoryState): void => void mend.run(JSON.stringify(state), node),
    keep: db.transaction((chat: Chat, node: NodeId): void => {
      put.run(fingerprint, JSON.stringify(chat.stateAt(node)), node);
      putFrame.run(JSON.stringify(chat.frame), chat.version, fingerprint, `chat:${chat.id}`);
      // One grows old with each that is new: it goes where its neighbours are near enough.
      const [newer, middle, older] = aging.all(chatStream(chat.id), KEPT_NEWEST - 1);
      if (newer && middle && older && newer.position - older.position <= APART) {
        drop.run(middle.node);
      }
    }),
    /** States that other code made are wanted where they stand, as this code folds them. */
    takeOver: (): void => {
      const unseen: Unseen = { nodes: [], whole: true };
      takeOver.run(fingerprint, JSON.stringify(unseen), fingerprint);
    },
    from: (root: string, position: number): NodeId[] =>
      from.all(`chat:${root}`, position).map(({ name }) => name),
  };
}
