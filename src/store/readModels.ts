import type { Database } from 'better-sqlite3';
import type { Row } from '../app/ports/unitOfWork.ts';
import type { Unseen } from '../engine/mending.ts';
import type { memoryIndex } from './memoryIndex.ts';
import type { NumbersOf } from './names.ts';

/** Applies changes to read models, inside the transaction of the unit that they belong to. */
export function readModels(
  db: Database,
  memories: ReturnType<typeof memoryIndex>,
  numbers: NumbersOf,
) {
  const bind = db.prepare('INSERT INTO bindings (channel, chat) VALUES (?, ?)');
  const unbind = db.prepare('DELETE FROM bindings WHERE chat = ?');
  const addRoom = db.prepare('INSERT OR IGNORE INTO rooms (stream, channel) VALUES (?, ?)');
  const addReset = db.prepare('INSERT OR IGNORE INTO resets (node, owner) VALUES (?, ?)');
  const beginSeen = db.prepare<[string, bigint, bigint]>(
    `INSERT INTO seen (channel, since, message) VALUES (?, ?, ?) ON CONFLICT (channel) DO UPDATE
     SET since = max(since, excluded.since), message = max(message, excluded.message)`,
  );
  const noteSeen = db.prepare<[bigint, string]>(
    `UPDATE seen SET message = max(message, ?)
     WHERE channel = (SELECT channel FROM bindings WHERE chat = ?)`,
  );
  const addAsset = db.prepare('INSERT OR IGNORE INTO assets (hash, type, bytes) VALUES (?, ?, ?)');
  const addChat = db.prepare(
    'INSERT OR IGNORE INTO chats (stream, root) SELECT ?, id FROM streams WHERE name = ?',
  );
  const addNode = db.prepare<[string, number, number | null, number, number]>(
    `INSERT INTO nodes (name, stream, parent, stretch, position) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO NOTHING`,
  );
  const beginStretch = db.prepare<[number]>('UPDATE nodes SET stretch = id WHERE id = ?');
  const setHead = db.prepare<[number | null, number]>('UPDATE streams SET head = ? WHERE id = ?');
  const addStretch = db.prepare<[number, number, number, number]>(
    `INSERT INTO lines (stream, stretch, first, last) VALUES (?, ?, ?, ?)
     ON CONFLICT (stream, stretch) DO UPDATE SET first = excluded.first, last = excluded.last`,
  );
  const removeStretch = db.prepare<[number, number]>(
    'DELETE FROM lines WHERE stream = ? AND stretch = ?',
  );
  const putTurn = db.prepare<[number, string, string, string]>(
    `INSERT INTO turns (node, "by", kind, text) VALUES (?, ?, ?, ?)
     ON CONFLICT (node) DO UPDATE SET text = excluded.text`,
  );
  const addMessage = db.prepare<[bigint, number]>(
    'INSERT OR IGNORE INTO messages (message, node) VALUES (?, ?)',
  );
  const dropMessage = db.prepare<[bigint]>('DELETE FROM messages WHERE message = ?');
  const addSave = db.prepare(
    `INSERT INTO saves (root, name, node) SELECT c.root, ?, n.id FROM chats c, nodes n
     WHERE c.stream = ? AND n.name = ?`,
  );
  const putStoryline = db.prepare<[number, string, string, string, number]>(
    `INSERT INTO storylines (stream, home, name, owner, archived) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (stream) DO UPDATE SET name = excluded.name, archived = excluded.archived`,
  );
  const putParticipant = db.prepare<[number, string, string]>(
    `INSERT INTO participants (stream, entity, name) VALUES (?, ?, ?)
     ON CONFLICT (stream, entity) DO UPDATE SET name = excluded.name`,
  );
  const addUsage = db.prepare<[string, string, string, number, number]>(
    `INSERT INTO usage (home, day, person, turns, tokens) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (home, day, person) DO UPDATE
     SET turns = turns + excluded.turns, tokens = tokens + excluded.tokens`,
  );
  const unseenOf = db
    .prepare<[number], string | null>('SELECT unseen FROM snapshots WHERE node = ?')
    .pluck();
  const setUnseen = db.prepare<[string, number]>('UPDATE snapshots SET unseen = ? WHERE node = ?');

  const outdate = (snapshot: number, { nodes, whole }: Unseen): void => {
    const before: Unseen = JSON.parse(unseenOf.get(snapshot) ?? '{"nodes":[],"whole":false}');
    const after = {
      nodes: [...new Set([...before.nodes, ...nodes])],
      whole: before.whole || whole,
    };
    setUnseen.run(JSON.stringify(after), snapshot);
  };

  return (row: Row, stream: number): void => {
    switch (row.table) {
      case 'binding':
        unbind.run(row.chat);
        if (row.channel === null) return;
        bind.run(row.channel, row.chat);
        addRoom.run(stream, row.channel);
        beginSeen.run(row.channel, firstIdAt(row.at), firstIdAt(row.at));
        return;
      case 'seen':
        noteSeen.run(BigInt(row.message), row.chat);
        return;
      case 'usage':
        addUsage.run(row.home, row.day, row.person, row.turns, row.tokens);
        return;
      case 'asset':
        addAsset.run(row.hash, row.type, row.bytes);
        return;
      case 'storyline':
        putStoryline.run(stream, row.home, row.name, row.owner, row.archived ? 1 : 0);
        return;
      case 'participant':
        putParticipant.run(stream, row.entity, row.name);
        return;
      case 'chat':
        addChat.run(stream, `chat:${row.root}`);
        return;
      case 'node': {
        const own = row.stretch === row.node;
        const parent = row.parent === null ? null : numbers.node(row.parent);
        const stretch = own ? 0 : numbers.node(row.stretch);
        const added = addNode.run(row.node, stream, parent, stretch, row.position);
        if (added.changes === 0) return;
        const number = Number(added.lastInsertRowid);
        numbers.addNode(row.node, number);
        if (own) beginStretch.run(number);
        return;
      }
      case 'head':
        setHead.run(row.node === null ? null : numbers.node(row.node), stream);
        return;
      case 'line':
        for (const stretch of row.remove) removeStretch.run(stream, numbers.node(stretch));
        for (const { id, first, last } of row.put) {
          addStretch.run(stream, numbers.node(id), first, last);
        }
        return;
      case 'turn':
        putTurn.run(numbers.node(row.node), row.by, row.kind, row.text);
        return;
      case 'message':
        if (row.node === null) dropMessage.run(BigInt(row.message));
        else addMessage.run(BigInt(row.message), numbers.node(row.node));
        return;
      case 'memories':
        memories.replace(row);
        return;
      case 'reset':
        addReset.run(numbers.node(row.node), row.owner);
        return;
      case 'words':
        memories.outdate(numbers.node(row.node), row.revision);
        return;
      case 'save':
        addSave.run(row.name, stream, row.node);
        return;
      case 'outdate':
        for (const node of row.snapshots) outdate(numbers.node(node), row.unseen);
        return;
    }
  };
}

/** Discord's ids begin with the milliseconds since 2015, above 22 bits of its own. */
const DISCORD_BEGINS = 1_420_070_400_000;

/** The lowest id that a message of a moment can have. @param at ISO 8601 */
const firstIdAt = (at: string): bigint =>
  BigInt(Math.max(0, Date.parse(at) - DISCORD_BEGINS)) << 22n;
