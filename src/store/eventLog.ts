import type { Database } from 'better-sqlite3';
import type { JobChange } from '../app/ports/jobs.ts';
import {
  type Committed,
  ConcurrencyError,
  type Row,
  type UnitOfWork,
} from '../app/ports/unitOfWork.ts';
import type { DomainEvent } from '../engine/event.ts';
import type { NodeId, Stream } from '../engine/ids.ts';
import type { NumbersOf } from './names.ts';
import { EVENT_COLUMNS, type EventRow, eventNumber, eventReader } from './storedEvents.ts';

interface Range {
  readonly first: number;
  readonly last: number;
}

interface Needs {
  readonly numbers: NumbersOf;
  applyRow(row: Row, stream: number): void;
  changeJob(job: JobChange): void;
}

/** The log itself: one unit of work, one transaction. */
export function eventLog(db: Database, { numbers, applyRow, changeJob }: Needs) {
  const addStream = db.prepare<[string]>('INSERT INTO streams (name, version) VALUES (?, 0)');
  const advance = db.prepare<[number, number]>('UPDATE streams SET version = ? WHERE id = ?');
  const advanceHead = db.prepare<[number, number | null, number]>(
    'UPDATE streams SET version = ?, head = ? WHERE id = ?',
  );
  const versionOf = db
    .prepare<[number], number>('SELECT version FROM streams WHERE id = ?')
    .pluck();
  const addEvent = db.prepare(
    `INSERT INTO events (id, type, schema, payload, at, actor, command, node, sources, run, cause)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const readEvents = db.prepare<[number, number], EventRow>(
    `SELECT ${EVENT_COLUMNS}, n.name AS node FROM events e LEFT JOIN nodes n ON n.id = e.node
     WHERE e.id BETWEEN ? AND ? ORDER BY e.id`,
  );
  const readFrame = db.prepare<[number, number], EventRow>(
    `SELECT ${EVENT_COLUMNS}, NULL AS node FROM events e INDEXED BY events_frame
     WHERE e.node IS NULL AND e.id BETWEEN ? AND ? ORDER BY e.id`,
  );
  const findCommand = db.prepare<[number, string], Range>(
    'SELECT first, last FROM commands WHERE stream = ? AND command = ?',
  );
  const addCommand = db.prepare<[number, string, number, number]>(
    'INSERT INTO commands (stream, command, first, last) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );

  const read = (stream: Stream, number: number, { first, last }: Range): DomainEvent[] =>
    readEvents.all(eventNumber(number, first), eventNumber(number, last)).map(eventReader(stream));

  const recorded = (stream: Stream, command: string): DomainEvent[] | null => {
    const number = numbers.stream(stream);
    const range = number === null ? undefined : findCommand.get(number, command);
    return number === null || range === undefined ? null : read(stream, number, range);
  };

  const begin = (stream: Stream): number => {
    const number = Number(addStream.run(stream).lastInsertRowid);
    numbers.addStream(stream, number);
    return number;
  };

  const append = (stream: number, event: DomainEvent): void => {
    const { version, type, schema, payload, at, actor, command, node, sources, run, cause } = event;
    addEvent.run(
      eventNumber(stream, version),
      type,
      schema,
      JSON.stringify(payload),
      at,
      actor,
      command,
      node === null ? null : numbers.node(node),
      sources.length === 0 ? null : JSON.stringify(sources),
      run === null ? null : JSON.stringify(run),
      cause,
    );
  };

  const write = db.transaction((unit: UnitOfWork): Committed => {
    const { stream, expected, command, events } = unit;
    const number = numbers.stream(stream) ?? begin(stream);
    const last = expected + events.length;
    if (addCommand.run(number, command, expected + 1, last).changes === 0) {
      return { events: recorded(stream, command) ?? [], repeated: true };
    }
    const version = versionOf.get(number) ?? 0;
    if (version !== expected) throw new ConcurrencyError(stream, expected, version);
    let head: NodeId | null | undefined;
    // Rows first: an event names a node by its number.
    for (const row of unit.rows ?? []) {
      if (row.table === 'head') head = row.node;
      else applyRow(row, number);
    }
    // The head moves with nearly every version: both are written at once.
    if (head === undefined) advance.run(last, number);
    else advanceHead.run(last, head === null ? null : numbers.node(head), number);
    for (const event of events) append(number, event);
    unit.jobs?.forEach(changeJob);
    return { events, repeated: false };
  });

  return {
    commit: (unit: UnitOfWork): Committed => {
      try {
        return write.immediate(unit);
      } catch (error) {
        numbers.forget();
        throw error;
      }
    },
    recorded,
    load: (stream: Stream): DomainEvent[] => {
      const number = numbers.stream(stream);
      return number === null ? [] : read(stream, number, { first: 1, last: LAST });
    },
    frameEvents: (stream: Stream, after: number): DomainEvent[] => {
      const number = numbers.stream(stream);
      if (number === null) return [];
      return readFrame
        .all(eventNumber(number, after + 1), eventNumber(number, LAST))
        .map(eventReader(stream));
    },
  };
}

/** Above every version. */
const LAST = 2 ** 32 - 1;
