import type { z } from 'zod';
import type { Theirs } from './blanking.ts';
import type { Actor, EntityId, NodeId, Stream } from './ids.ts';
import type { FrameState } from './state/frame.ts';
import type { HomeState } from './state/home.ts';
import type { StoryState } from './state/story.ts';

/**
 * Where an event counts: in a home; in a chat's frame, outside its story; or in the story: at a node
 * that it opens after the head, or attached to one that exists. `either` opens a node when someone
 * asks for it, and attaches as a result when a derivation found it.
 */
export type Scope = 'home' | 'frame' | 'opens' | 'attaches' | 'either';

export interface StateOf {
  home: HomeState;
  frame: FrameState;
  opens: StoryState;
  attaches: StoryState;
  either: StoryState;
}

/** A node that a derived event was made from, with the revision of its text that was read. */
export interface Source {
  readonly node: NodeId;
  /** 0 for a text as it was first written. */
  readonly revision: number;
}

/** Which derivation made a result. Of several for one node, kind and owner only the newest counts. */
export interface Run {
  readonly of: 'digest' | 'summary';
  /** Whose account it is; null for what holds for everyone. */
  readonly owner: EntityId | null;
  /** Counts from 1 for a node, kind and owner. */
  readonly number: number;
}

/** What the log adds to a payload. */
export interface Envelope {
  readonly stream: Stream;
  /** Counts from 1 without gaps in its stream. */
  readonly version: number;
  readonly schema: number;
  /** Real time, ISO 8601 in UTC. */
  readonly at: string;
  readonly actor: Actor;
  /** The Discord message or interaction that asked for it. */
  readonly command: string;
  /** Null for frame events and in homes. */
  readonly node: NodeId | null;
  /** What was derived counts only while all of these are current; what was asked, always. */
  readonly sources: readonly Source[];
  /** Null for what nobody derived. */
  readonly run: Run | null;
  /** The event or job that led to it, for whoever traces a story; nothing reads it. */
  readonly cause: string | null;
}

export type Names = (entity: EntityId) => string;

interface AnyScopeKind<T extends string, S extends Scope, P extends z.ZodType> {
  readonly type: T;
  /** The payload's current schema number. */
  readonly schema: number;
  readonly scope: S;
  readonly payload: P;
  /** A payload that passes; feeds the contract test over every kind. */
  readonly example: z.output<P>;
  /** `upcasts[i]` lifts a stored payload of schema i + 1 to i + 2. Only ever appended to. */
  readonly upcasts?: readonly ((payload: unknown) => unknown)[];
  /** Pure. In a chat it is called for events that count, with the node that they count at. */
  evolve(state: StateOf[S], payload: z.output<P>, envelope: Envelope): StateOf[S];
  /** One quiet line for the drawer. */
  label(payload: z.output<P>, names: Names): string;
  /** The node whose outcome it changes: where that is not on the line, it does nothing. */
  target?(payload: z.output<P>): NodeId;
  /**
   * A move of the world: those of a node's first run stand, whatever becomes of the words that they were
   * made from. After an erasure they stand as `blank` gives them.
   */
  readonly moves?: true;
  /** An account by hand: where its words were erased nothing of it is left, and it counts no more. */
  readonly account?: true;
  /**
   * A payload without what goes of it when a person's words are erased; it passes the schema as before.
   * Null for a kind that holds no words of anybody.
   */
  readonly blank: Blanking<z.output<P>>['blank'] | null;
}

/** As a method, so that kinds can be told apart whatever their payloads are. */
interface Blanking<P> {
  blank(payload: P, theirs: Theirs, place: Pick<Envelope, 'stream' | 'version'>): P;
}

interface StoryKind {
  /**
   * Whether it can change what hangs on words that were said (relationships, summaries, pins), or who is
   * there to have it: such kinds alone are folded again when words change, see `mending.ts`.
   */
  readonly mends: boolean;
}

export type EventKind<T extends string, S extends Scope, P extends z.ZodType> = AnyScopeKind<
  T,
  S,
  P
> &
  (S extends 'home' | 'frame' ? unknown : StoryKind);

/** Types a kind by its own schema and scope; see `events/index.ts` for what is made of it. */
export const defineEvent = <T extends string, S extends Scope, P extends z.ZodType>(
  kind: EventKind<T, S, P>,
): EventKind<T, S, P> => kind;
