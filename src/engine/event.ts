import type { z } from 'zod';
import type { Theirs } from './blanking.ts';
import type { Envelope, EventKind, Names, Scope, StateOf } from './defineEvent.ts';
import { kinds } from './events/index.ts';
import type { NodeId } from './ids.ts';

type Kinds = (typeof kinds)[number];
type PayloadOf<K> = K extends EventKind<string, Scope, infer P> ? z.output<P> : never;
type Provenance = Partial<Pick<Envelope, 'sources' | 'run' | 'cause'>>;
type NewOf<K> =
  K extends EventKind<infer T, infer S, z.ZodType>
    ? S extends 'home' | 'frame'
      ? { readonly type: T; readonly payload: PayloadOf<K> } & Pick<Provenance, 'cause'>
      : { readonly type: T; readonly payload: PayloadOf<K>; readonly node: NodeId } & Provenance
    : never;
type RecordedOf<K> =
  K extends EventKind<infer T, Scope, z.ZodType>
    ? Envelope & { readonly type: T; readonly payload: PayloadOf<K> }
    : never;

/** What a decider returns: a fact that the log has not taken yet. */
export type NewEvent = NewOf<Kinds>;
/** A fact in the log. */
export type DomainEvent = RecordedOf<Kinds>;
export type EventType = DomainEvent['type'];
export type PayloadFor<T extends EventType> = Extract<DomainEvent, { type: T }>['payload'];

type AnyKind = EventKind<string, Scope, z.ZodType>;
const byType = new Map<string, AnyKind>(
  kinds.map((kind) => [kind.type, kind as unknown as AnyKind]),
);

/** @throws {UnknownEventError} for a kind that this version of Troupe does not know. */
export function kindOf(type: string): AnyKind {
  const kind = byType.get(type);
  if (kind === undefined) throw new UnknownEventError(type);
  return kind;
}

export const schemaOf = (type: string): number => kindOf(type).schema;
export const scopeOf = (type: string): Scope => kindOf(type).scope;

/** Where an event counts: an `either` attaches when a derivation found it, and else opens a node. */
export function placeOf(event: DomainEvent): Exclude<Scope, 'either'> {
  const scope = scopeOf(event.type);
  if (scope !== 'either') return scope;
  return event.run === null ? 'opens' : 'attaches';
}

/** Folds one event into the state of its own scope. */
export function evolve<S extends Scope>(state: StateOf[S], event: DomainEvent): StateOf[S] {
  const kind = kindOf(event.type) as EventKind<string, S, z.ZodType>;
  return kind.evolve(state, event.payload, event);
}

export const label = (event: DomainEvent, names: Names): string =>
  kindOf(event.type).label(event.payload, names);

/** An event without what goes of it when a person's words are erased. */
export function blanked(event: DomainEvent, theirs: Theirs): DomainEvent {
  const payload = kindOf(event.type).blank?.(event.payload, theirs, event) ?? event.payload;
  return { ...event, payload } as DomainEvent;
}

/** A row as the store keeps it. */
export interface StoredEvent extends Envelope {
  readonly type: string;
  readonly payload: unknown;
}

/**
 * Reads a stored event: lifted to its kind's current schema, then parsed.
 * @throws {UnknownEventError} for an unknown kind, or one written by a newer Troupe.
 * @throws {z.ZodError} for a payload that does not fit.
 */
export function parseEvent(stored: StoredEvent): DomainEvent {
  const kind = kindOf(stored.type);
  if (stored.schema > kind.schema) throw new UnknownEventError(`${stored.type} ${stored.schema}`);
  let payload = stored.payload;
  for (const upcast of (kind.upcasts ?? []).slice(stored.schema - 1)) payload = upcast(payload);
  return { ...stored, schema: kind.schema, payload: kind.payload.parse(payload) } as DomainEvent;
}

/**
 * Reads a row of the log. What its kind's current schema wrote was parsed by that schema on the way in,
 * and is taken as it is: a long story is read three times as fast.
 * @throws {UnknownEventError} see {@link parseEvent}, which reads everything older.
 */
export const restoreEvent = (stored: StoredEvent): DomainEvent =>
  stored.schema === kindOf(stored.type).schema ? (stored as DomainEvent) : parseEvent(stored);

/** What the log takes: new facts with their envelope, parsed, since what cannot be read back must never be written. */
export function record(
  events: readonly NewEvent[],
  {
    after,
    stream,
    at,
    actor,
    command,
  }: Pick<Envelope, 'stream' | 'at' | 'actor' | 'command'> & {
    /** Version of the stream before them. */
    readonly after: number;
  },
): DomainEvent[] {
  return events.map((event, index) =>
    parseEvent({
      stream,
      at,
      actor,
      command,
      version: after + index + 1,
      type: event.type,
      schema: schemaOf(event.type),
      payload: event.payload,
      node: 'node' in event ? event.node : null,
      sources: ('sources' in event && event.sources) || [],
      run: ('run' in event && event.run) || null,
      cause: event.cause ?? null,
    }),
  );
}

/** The log holds something that this version of Troupe cannot read; ignoring it would lose a story. */
export class UnknownEventError extends Error {
  override readonly name = 'UnknownEventError';
  constructor(type: string) {
    super(
      `The database holds "${type}", which this version of Troupe does not know. Use the version that wrote it, or a newer one.`,
    );
  }
}
