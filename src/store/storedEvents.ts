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

/**
 * Reads rows of one stream. What one derivation found was made from the same sources by the same run:
 * the same text as in the row before is not parsed again.
 */
export function eventReader(stream: Stream): (row: EventRow) => DomainEvent {
  const sourcesOf = lastParsed<DomainEvent['sources']>([]);
  const runOf = lastParsed<DomainEvent['run']>(null);
  return (row) =>
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
      sources: sourcesOf(row.sources),
      run: runOf(row.run),
      cause: row.cause,
    });
}

function lastParsed<T>(none: T): (text: string | null) => T {
  let last = '';
  let value = none;
  return (text) => {
    if (text === null) return none;
    if (text !== last) {
      value = JSON.parse(text);
      last = text;
    }
    return value;
  };
}
