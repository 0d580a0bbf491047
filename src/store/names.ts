import type { Database } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { NodeId, Stream } from '../engine/ids.ts';

/** Numbers kept in memory of each kind. */
const KEPT = 20_000;

/**
 * The numbers that stand for names of streams and nodes. They never change, so they are kept; those of
 * a transaction that failed are forgotten with it.
 */
export function names(db: Database) {
  const streams = new LRUCache<string, number>({ max: KEPT });
  const nodes = new LRUCache<string, number>({ max: KEPT });
  const findStream = db.prepare<[string], number>('SELECT id FROM streams WHERE name = ?').pluck();
  const findNode = db.prepare<[string], number>('SELECT id FROM nodes WHERE name = ?').pluck();

  const stream = (name: Stream): number | null => {
    const number = streams.get(name) ?? findStream.get(name);
    if (number !== undefined) streams.set(name, number);
    return number ?? null;
  };
  return {
    /** Null for a stream that does not exist. */
    stream,
    addStream: (name: Stream, number: number): void => void streams.set(name, number),
    addNode: (name: NodeId, number: number): void => void nodes.set(name, number),
    /** @throws for a node that the store does not have. */
    node: (name: NodeId): number => {
      const number = nodes.get(name) ?? findNode.get(name);
      if (number === undefined) throw new Error(`the store has no node ${name}`);
      nodes.set(name, number);
      return number;
    },
    forget: (): void => {
      streams.clear();
      nodes.clear();
    },
  };
}

export type NumbersOf = ReturnType<typeof names>;
