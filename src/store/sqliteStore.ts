import {
  type Committed,
  ConcurrencyError,
  type Job,
  type JobChange,
  type Row,
  type Store,
  type UnitOfWork,
} from '../app/ports.ts';
import { type DomainEvent, parseEvent, type StoredEvent, schemaOf } from '../engine/event.ts';
import type { Stream } from '../engine/ids.ts';
import { deliveryLog } from './deliveryLog.ts';
import type { OpenDatabase } from './openDatabase.ts';

interface StreamRow {
  readonly id: number;
  readonly version: number;
}

interface EventRow {
  readonly version: number;
  readonly type: string;
  readonly schema: number;
  readonly payload: string;
  readonly at: string;
  readonly actor: string;
  readonly command: string;
  readonly node: string | null;
  readonly sources: string | null;
  readonly run: string | null;
  readonly cause: string | null;
}

/** The store over one SQLite file. Statements are prepared once; nothing in a transaction waits. */
export function sqliteStore({ db, close }: OpenDatabase): Store {
  const findStream = db.prepare<[string], StreamRow>(
    'SELECT id, version FROM streams WHERE name = ?',
  );
  const addStream = db.prepare<[string]>('INSERT INTO streams (name, version) VALUES (?, 0)');
  const setVersion = db.prepare<[number, number]>('UPDATE streams SET version = ? WHERE id = ?');
  const addEvent = db.prepare(
    `INSERT INTO events (stream, version, type, schema, payload, at, actor, command, node, sources, run, cause)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const columns = 'version, type, schema, payload, at, actor, command, node, sources, run, cause';
  const readEvents = db.prepare<[number, number, number], EventRow>(
    `SELECT ${columns} FROM events WHERE stream = ? AND version BETWEEN ? AND ? ORDER BY version`,
  );
  const findCommand = db.prepare<[number, string], { first: number; last: number }>(
    'SELECT first, last FROM commands WHERE stream = ? AND command = ?',
  );
  const addCommand = db.prepare(
    'INSERT INTO commands (stream, command, first, last) VALUES (?, ?, ?, ?)',
  );
  const bind = db.prepare('INSERT INTO bindings (channel, chat) VALUES (?, ?)');
  const unbind = db.prepare('DELETE FROM bindings WHERE chat = ?');
  const findBinding = db.prepare<[string], { chat: string }>(
    'SELECT chat FROM bindings WHERE channel = ?',
  );
  const addAsset = db.prepare('INSERT OR IGNORE INTO assets (hash, type, bytes) VALUES (?, ?, ?)');
  const findAsset = db.prepare<[string], { type: string; bytes: Buffer }>(
    'SELECT type, bytes FROM assets WHERE hash = ?',
  );
  const addJob = db.prepare(
    'INSERT OR IGNORE INTO jobs (key, kind, chat, node) VALUES (?, ?, ?, ?)',
  );
  const removeJob = db.prepare<[string]>('DELETE FROM jobs WHERE key = ?');
  const listJobs = db.prepare<[], Job>('SELECT kind, chat, node FROM jobs ORDER BY rowid');
  const addNotice = db.prepare<[string]>('INSERT OR IGNORE INTO notices (key) VALUES (?)');

  const read = (stream: Stream, id: number, first: number, last: number): DomainEvent[] =>
    readEvents.all(id, first, last).map((row) => parseEvent(toStored(stream, row)));

  const apply = (row: Row): void => {
    switch (row.table) {
      case 'binding':
        unbind.run(row.chat);
        if (row.channel !== null) bind.run(row.channel, row.chat);
        return;
      case 'asset':
        addAsset.run(row.hash, row.type, row.bytes);
        return;
    }
  };

  const change = (job: JobChange): void => {
    if ('add' in job) addJob.run(keyOf(job.add), job.add.kind, job.add.chat, job.add.node);
    else removeJob.run(keyOf(job.done));
  };

  const commit = db.transaction((unit: UnitOfWork): Committed => {
    const { stream, expected, command, actor, at } = unit;
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
    const events = unit.events.map((event, index) => {
      const stored: StoredEvent = {
        stream,
        version: expected + index + 1,
        type: event.type,
        schema: schemaOf(event.type),
        payload: event.payload,
        at,
        actor,
        command,
        node: 'node' in event ? event.node : null,
        sources: ('sources' in event && event.sources) || [],
        run: ('run' in event && event.run) || null,
        cause: event.cause ?? null,
      };
      // Parsed on the way in too: what could not be read back must never be written.
      const parsed = parseEvent(stored);
      const { version, type, schema, node, sources, run, cause } = stored;
      addEvent.run(
        id,
        version,
        type,
        schema,
        JSON.stringify(parsed.payload),
        at,
        actor,
        command,
        node,
        sources.length === 0 ? null : JSON.stringify(sources),
        run === null ? null : JSON.stringify(run),
        cause,
      );
      return parsed;
    });
    const last = expected + events.length;
    if (events.length > 0) setVersion.run(last, id);
    addCommand.run(id, command, expected + 1, last);
    unit.rows?.forEach(apply);
    unit.jobs?.forEach(change);
    return { events, repeated: false };
  });

  return {
    commit: (unit) => commit.immediate(unit),
    load: (stream) => {
      const known = findStream.get(stream);
      return known === undefined ? [] : read(stream, known.id, 1, known.version);
    },
    recorded: (stream, command) => {
      const known = findStream.get(stream);
      const range = known && findCommand.get(known.id, command);
      return known && range ? read(stream, known.id, range.first, range.last) : null;
    },
    chatIn: (channel) => findBinding.get(channel)?.chat ?? null,
    jobs: () => listJobs.all(),
    finish: (job) => void removeJob.run(keyOf(job)),
    asset: (hash) => findAsset.get(hash) ?? null,
    firstTime: (notice) => addNotice.run(notice).changes > 0,
    deliveries: deliveryLog(db),
    close,
  };
}

const keyOf = (job: Job): string => `${job.kind}:${job.chat}:${job.node ?? ''}`;

const toStored = (stream: Stream, row: EventRow): StoredEvent => ({
  ...row,
  stream,
  payload: JSON.parse(row.payload),
  sources: row.sources === null ? [] : JSON.parse(row.sources),
  run: row.run === null ? null : JSON.parse(row.run),
});
