import { type DomainEvent, restoreEvent } from '../engine/event.ts';
import type { Stream } from '../engine/ids.ts';

/** Versions that a stream may have: an event's number is its stream's and its version in one. */
const VERSIONS = 2 ** 32;

/** The number of an event; exact for two million streams. */
export const eventNumber = (stream: number, version: number): number => stream * VERSIONS + version;

/** A row of the log, with its node by name. */
export interface EventRow {
  readonly id: number;
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

export const EVENT_COLUMNS =
  'e.id, e.type, e.schema, e.payload, e.at, e.actor, e.command, e.sources, e.run, e.cause';

export const readEvent = (stream: Stream, row: EventRow): DomainEvent =>
  restoreEvent({
    stream,
    version: row.id % VERSIONS,
    type: row.type,
    schema: row.schema,
    payload: JSON.parse(row.payload),
    at: row.at,
    actor: row.actor as DomainEvent['actor'],
    command: row.command,
    node: row.node,
    sources: row.sources === null ? NONE : JSON.parse(row.sources),
    run: row.run === null ? null : JSON.parse(row.run),
    cause: row.cause,
  });

const NONE: DomainEvent['sources'] = [];
