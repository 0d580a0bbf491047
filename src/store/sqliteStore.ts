import { type Committed, ConcurrencyError, type Store, type UnitOfWork } from '../app/ports.ts';
import type { DomainEvent } from '../engine/event.ts';
import { chatStream, type Stream } from '../engine/ids.ts';
import { deliveryLog } from './deliveryLog.ts';
import { draftLog } from './draftLog.ts';
import { fingerprint } from './fingerprint.ts';
import { jobQueue } from './jobQueue.ts';
import { keepStates } from './keepStates.ts';
import { memoryIndex } from './memoryIndex.ts';
import type { OpenDatabase } from './openDatabase.ts';
import { readModels } from './readModels.ts';
import { EVENT_COLUMNS, type EventRow, readEvent } from './storedEvents.ts';
import { storyArchive } from './storyArchive.ts';

interface StreamRow {
  readonly id: number;
  readonly version: number;
}

interface ChatRow {
  readonly stream: number;
  readonly root: number;
  readonly rootName: string;
  readonly version: number;
  readonly head: string | null;
  readonly frame: string | null;
  readonly frameVersion: number | null;
  readonly fingerprint: string | null;
}

/** The store over one SQLite file. Statements are prepared once; nothing in a transaction waits. */
export function sqliteStore({ db, close }: OpenDatabase): Store {
  const code = fingerprint();
  const jobs = jobQueue(db);
  const memories = memoryIndex(db);
  const applyRow = readModels(db, memories);
  const states = keepStates(db, code);
  const findStream = db.prepare<[string], StreamRow>(
    'SELECT id, version FROM streams WHERE name = ?',
  );
  const addStream = db.prepare<[string]>('INSERT INTO streams (name, version) VALUES (?, 0)');
  const setVersion = db.prepare<[number, number]>('UPDATE streams SET version = ? WHERE id = ?');
  const addEvent = db.prepare(
    `INSERT INTO events
       (stream, version, type, schema, payload, at, actor, command, node, sources, run, cause)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const findNode = db.prepare<[string], { id: number }>('SELECT id FROM nodes WHERE name = ?');
  const readEvents = db.prepare<[number, number, number], EventRow>(
    `SELECT ${EVENT_COLUMNS}, n.name AS node FROM events e LEFT JOIN nodes n ON n.id = e.node
     WHERE e.stream = ? AND e.version BETWEEN ? AND ? ORDER BY e.version`,
  );
  const readFrame = db.prepare<[number, number], EventRow>(
    `SELECT ${EVENT_COLUMNS}, NULL AS node FROM events e INDEXED BY events_frame
     WHERE e.stream = ? AND e.version > ? AND e.node IS NULL ORDER BY e.version`,
  );
  const findCommand = db.prepare<[number, string], { first: number; last: number }>(
    'SELECT first, last FROM commands WHERE stream = ? AND command = ?',
  );
  const addCommand = db.prepare(
    'INSERT INTO commands (stream, command, first, last) VALUES (?, ?, ?, ?)',
  );
  const findChat = db.prepare<[string], ChatRow>(
    `SELECT c.stream, c.root, r.name AS rootName, s.version, h.name AS head, c.frame,
       c.frame_version AS frameVersion, c.fingerprint
     FROM streams s JOIN chats c ON c.stream = s.id JOIN streams r ON r.id = c.root
     LEFT JOIN nodes h ON h.id = c.head WHERE s.name = ?`,
  );
  const family = db.prepare<[string], { name: string }>(
    `SELECT s.name FROM chats c JOIN streams s ON s.id = c.stream
     WHERE c.root = (SELECT id FROM streams WHERE name = ?) ORDER BY s.id`,
  );
  const nodeAt = db.prepare<[string, number], { name: string }>(
    'SELECT name FROM nodes WHERE stretch = (SELECT id FROM nodes WHERE name = ?) AND position = ?',
  );
  const findSave = db.prepare<[string, string], { node: string }>(
    `SELECT n.name AS node FROM saves v JOIN nodes n ON n.id = v.node
     WHERE v.root = (SELECT id FROM streams WHERE name = ?) AND v.name = ?`,
  );
  const lastTurns = db.prepare<[string, number], { node: string; text: string }>(
    `SELECT n.name AS node, t.text FROM lines l JOIN nodes n ON n.stretch = l.stretch
       AND n.position BETWEEN l.first AND l.last JOIN turns t ON t.node = n.id
     WHERE l.stream = (SELECT id FROM streams WHERE name = ?) ORDER BY n.position DESC LIMIT ?`,
  );
  const findBinding = db.prepare<[string], { chat: string }>(
    'SELECT chat FROM bindings WHERE channel = ?',
  );
  const findAsset = db.prepare<[string], { type: string; bytes: Buffer }>(
    'SELECT type, bytes FROM assets WHERE hash = ?',
  );
  const addNotice = db.prepare<[string]>('INSERT OR IGNORE INTO notices (key) VALUES (?)');

  const read = (stream: Stream, id: number, first: number, last: number): DomainEvent[] =>
    readEvents.all(id, first, last).map((row) => readEvent(stream, row));

  const numberOf = (node: string): number => {
    const found = findNode.get(node);
    if (found === undefined) throw new Error(`the store has no node ${node}`);
    return found.id;
  };

  const append = (stream: number, event: DomainEvent): void => {
    const { version, type, schema, payload, at, actor, command, node, sources, run, cause } = event;
    addEvent.run(
      stream,
      version,
      type,
      schema,
      JSON.stringify(payload),
      at,
      actor,
      command,
      node === null ? null : numberOf(node),
      sources.length === 0 ? null : JSON.stringify(sources),
      run === null ? null : JSON.stringify(run),
      cause,
    );
  };

  const commit = db.transaction((unit: UnitOfWork): Committed => {
    const { stream, expected, command, events } = unit;
    let known = findStream.get(stream);
    if (known !== undefined) {
      const before = findCommand.get(known.id, command);
      if (before !== undefined) {
        return { events: read(stream, known.id, before.first, before.last), repeated: true };
      }
    }
    const actual = known?.version ?? 0;
    if (actual !== expected) throw new ConcurrencyError(stream, expected, actual);
    known ??= { id: Number(addStream.run(stream).lastInsertRowid), version: 0 };
    const { id } = known;
    // Rows first: an event names a node by its number.
    for (const row of unit.rows ?? []) applyRow(row, id);
    for (const event of events) append(id, event);
    const last = expected + events.length;
    if (events.length > 0) setVersion.run(last, id);
    addCommand.run(id, command, expected + 1, last);
    unit.jobs?.forEach(jobs.change);
    return { events, repeated: false };
  });

  return {
    commit: (unit) => commit.immediate(unit),
    load: (stream) => {
      const known = findStream.get(stream);
      return known === undefined ? [] : read(stream, known.id, 1, known.version);
    },
    frameEvents: (chat, after) => {
      const stream = chatStream(chat);
      const known = findStream.get(stream);
      if (known === undefined) return [];
      return readFrame.all(known.id, after).map((row) => readEvent(stream, row));
    },
    recorded: (stream, command) => {
      const known = findStream.get(stream);
      const range = known && findCommand.get(known.id, command);
      return known && range ? read(stream, known.id, range.first, range.last) : null;
    },
    chat: (chat) => {
      const row = findChat.get(chatStream(chat));
      if (row === undefined) return null;
      const usable = row.frame !== null && row.fingerprint === code;
      return {
        root: row.rootName.slice('chat:'.length),
        version: row.version,
        head: row.head,
        frame: usable
          ? { version: row.frameVersion ?? 0, state: JSON.parse(row.frame ?? '') }
          : null,
      };
    },
    family: (root) => family.all(chatStream(root)).map(({ name }) => name.slice('chat:'.length)),
    archive: storyArchive(db, code),
    keep: states.keep,
    snapshotsFrom: states.from,
    nodeAt: (stretch, position) => nodeAt.get(stretch, position)?.name ?? null,
    saveOf: (root, name) => findSave.get(chatStream(root), name)?.node ?? null,
    transcript: (chat, limit) => lastTurns.all(chatStream(chat), limit).reverse(),
    memories: (chat, owner, { words, after, limit }) => {
      const row = findChat.get(chatStream(chat));
      return row === undefined ? [] : memories.find(row, owner, words, after, limit);
    },
    nearMemories: (chat, owner, { words, after }) => {
      const row = findChat.get(chatStream(chat));
      return row === undefined ? [] : memories.near(row, owner, words, after);
    },
    memory: (chat, key, after) => {
      const row = findChat.get(chatStream(chat));
      return row === undefined ? null : memories.read(row.stream, key, after);
    },
    chatIn: (channel) => findBinding.get(channel)?.chat ?? null,
    jobs: jobs.list,
    finish: jobs.finish,
    claim: jobs.claim,
    putBack: jobs.putBack,
    deadJobs: jobs.dead,
    asset: (hash) => findAsset.get(hash) ?? null,
    firstTime: (notice) => addNotice.run(notice).changes > 0,
    deliveries: deliveryLog(db),
    drafts: draftLog(db),
    close,
  };
}
