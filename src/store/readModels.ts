import type { Database } from 'better-sqlite3';
import type { Row } from '../app/ports.ts';
import type { memoryIndex } from './memoryIndex.ts';

/** Applies changes to read models, inside the transaction of the unit that they belong to. */
export function readModels(db: Database, memories: ReturnType<typeof memoryIndex>) {
  const bind = db.prepare('INSERT INTO bindings (channel, chat) VALUES (?, ?)');
  const unbind = db.prepare('DELETE FROM bindings WHERE chat = ?');
  const addAsset = db.prepare('INSERT OR IGNORE INTO assets (hash, type, bytes) VALUES (?, ?, ?)');
  const addChat = db.prepare(
    'INSERT OR IGNORE INTO chats (stream, root) SELECT ?, id FROM streams WHERE name = ?',
  );
  const addNode = db.prepare(
    `INSERT INTO nodes (name, stream, parent, stretch, position)
     VALUES (?, ?, (SELECT id FROM nodes WHERE name = ?),
       COALESCE((SELECT id FROM nodes WHERE name = ?), 0), ?)
     ON CONFLICT (name) DO UPDATE SET parent = excluded.parent, stretch = excluded.stretch,
       position = excluded.position`,
  );
  const beginStretch = db.prepare('UPDATE nodes SET stretch = id WHERE name = ?');
  const setHead = db.prepare(
    'UPDATE chats SET head = (SELECT id FROM nodes WHERE name = ?) WHERE stream = ?',
  );
  const addStretch = db.prepare(
    `INSERT INTO lines (stream, stretch, first, last) SELECT ?, id, ?, ? FROM nodes WHERE name = ?
     ON CONFLICT (stream, stretch) DO UPDATE SET first = excluded.first, last = excluded.last`,
  );
  const removeStretch = db.prepare(
    'DELETE FROM lines WHERE stream = ? AND stretch = (SELECT id FROM nodes WHERE name = ?)',
  );
  const putTurn = db.prepare(
    `INSERT INTO turns (node, "by", kind, text) SELECT id, ?, ?, ? FROM nodes WHERE name = ?
     ON CONFLICT (node) DO UPDATE SET text = excluded.text`,
  );
  const placeOf = db.prepare<
    [string],
    { node: number; stretch: number; position: number; root: number }
  >(
    `SELECT n.id AS node, n.stretch, n.position, c.root FROM nodes n
     JOIN chats c ON c.stream = n.stream WHERE n.name = ?`,
  );
  const addSave = db.prepare(
    `INSERT INTO saves (root, name, node) SELECT c.root, ?, n.id FROM chats c, nodes n
     WHERE c.stream = ? AND n.name = ?`,
  );
  const dropSnapshot = db.prepare(
    'DELETE FROM snapshots WHERE node = (SELECT id FROM nodes WHERE name = ?)',
  );

  const place = (node: string) => {
    const found = placeOf.get(node);
    if (found === undefined) throw new Error(`the store has no node ${node}`);
    return found;
  };

  return (row: Row, stream: number): void => {
    switch (row.table) {
      case 'binding':
        unbind.run(row.chat);
        if (row.channel !== null) bind.run(row.channel, row.chat);
        return;
      case 'asset':
        addAsset.run(row.hash, row.type, row.bytes);
        return;
      case 'chat':
        addChat.run(stream, `chat:${row.root}`);
        return;
      case 'node': {
        const own = row.stretch === row.node;
        const stretch = own ? null : row.stretch;
        const added = addNode.run(row.node, stream, row.parent, stretch, row.position);
        if (own && added.changes > 0) beginStretch.run(row.node);
        return;
      }
      case 'head':
        setHead.run(row.node, stream);
        return;
      case 'line':
        for (const stretch of row.remove) removeStretch.run(stream, stretch);
        for (const { id, first, last } of row.put) addStretch.run(stream, first, last, id);
        return;
      case 'turn':
        putTurn.run(row.by, row.kind, row.text, row.node);
        return;
      case 'memories':
        memories.replace(place(row.node), row.memories);
        return;
      case 'words':
        memories.outdate(place(row.node).node, row.revision);
        return;
      case 'save':
        addSave.run(row.name, stream, row.node);
        return;
      case 'unsnapshot':
        for (const node of row.nodes) dropSnapshot.run(node);
        return;
    }
  };
}
