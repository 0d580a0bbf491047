import type { Database } from 'better-sqlite3';
import type { NodeId, Stream } from '../engine/ids.ts';

/** Numbers kept in memory of each kind; past that all are read again. */
const KEPT = 20_000;

/**
 * The numbers that stand for names of streams and nodes. They never change, so they are kept; those of
 * a transaction that failed are forgotten with it.
 */
export function names(db: Database) {
  const streams = new Map<string, number>();
  const nodes = new Map<string, number>();
  const findStream = db.prepare<[string], number>('SELECT id FROM streams WHERE name = ?').pluck();
  const findNode = db.prepare<[string], number>('SELECT id FROM nodes WHERE name = ?').pluck();

  const keep = (known: Map<string, number>, name: string, number: number): void => {
    if (known.size >= KEPT) known.clear();
    known.set(name, number);
  };
  const stream = (name: Stream): number | null => {
    const number = streams.get(name) ?? findStream.get(name);
    if (number !== undefined) keep(streams, name, number);
    return number ?? null;
  };
  return {
    /** Null for a stream that does not exist. */
    stream,
    addStream: (name: Stream, number: number): void => keep(streams, name, number),
    addNode: (name: NodeId, number: number): void => keep(nodes, name, number),
    /** @throws for a node that the store does not have. */
    node: (name: NodeId): number => {
      const number = nodes.get(name) ?? findNode.get(name);
      if (number === undefined) throw new Error(`the store has no node ${name}`);
      keep(nodes, name, number);
      return number;
    },
    forget: (): void => {
      streams.clear();
      nodes.clear();
    },
  };
}

export type NumbersOf = ReturnType<typeof names>;
