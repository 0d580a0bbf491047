import type { Source } from '../../engine/defineEvent.ts';
import type { DomainEvent } from '../../engine/event.ts';
import type { Actor, ChatId, EntityId, HomeId, NodeId, Stream } from '../../engine/ids.ts';
import type { Unseen } from '../../engine/mending.ts';
import type { StoryNode, Stretch } from '../../engine/node.ts';
import type { FrameState } from '../../engine/state/frame.ts';
import type { MemoryKey } from '../../engine/world.ts';
import type { JobChange } from './jobs.ts';
import type { Spent } from './store.ts';

/** Everything that one command writes: it is committed in one transaction, or not at all. */
export interface UnitOfWork {
  readonly stream: Stream;
  /** Version that the stream must be at. */
  readonly expected: number;
  /** Recorded once per stream; the same id again gives the first result and writes nothing. */
  readonly command: string;
  readonly actor: Actor;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly events: readonly DomainEvent[];
  readonly rows?: readonly Row[];
  readonly jobs?: readonly JobChange[];
}

/** A change to a read model; what concerns a chat is of the unit's own. */
export type Row =
  /** The chat exists, in the family of the chat that the story began in. */
  | { readonly table: 'chat'; readonly root: ChatId }
  | ({ readonly table: 'node' } & Pick<StoryNode, 'parent' | 'stretch' | 'position'> & {
        readonly node: NodeId;
      })
  | ({ readonly table: 'storyline' } & Pick<FrameState, 'home' | 'name' | 'owner' | 'archived'>)
  | { readonly table: 'participant'; readonly entity: EntityId; readonly name: string }
  | { readonly table: 'head'; readonly node: NodeId | null }
  | {
      readonly table: 'line';
      readonly remove: readonly NodeId[];
      readonly put: readonly Stretch[];
    }
  | {
      readonly table: 'turn';
      readonly node: NodeId;
      readonly by: EntityId;
      readonly kind: 'user' | 'reply';
      readonly text: string;
    }
  /** The Discord message that a person's turn was; null where there is none of this id. */
  | { readonly table: 'message'; readonly message: string; readonly node: NodeId | null }
  /** Replaces everything that is remembered from, or was done to memories at, a node. */
  | {
      readonly table: 'memories';
      readonly node: NodeId;
      readonly stretch: NodeId;
      readonly position: number;
      /** The chat that the story began in. */
      readonly root: ChatId;
      readonly memories: readonly MemoryRow[];
    }
  /** Somebody began anew at a node. */
  | { readonly table: 'reset'; readonly node: NodeId; readonly owner: EntityId }
  /** What was remembered from an older revision of a node's words is gone, on every line. */
  | { readonly table: 'words'; readonly node: NodeId; readonly revision: number }
  | { readonly table: 'save'; readonly name: string; readonly node: NodeId }
  /** Snapshots that something at an earlier node has changed since. */
  | {
      readonly table: 'outdate';
      readonly snapshots: readonly NodeId[];
      readonly unseen: Unseen;
    }
  | { readonly table: 'binding'; readonly chat: ChatId; readonly channel: null }
  /** `at` is when: what was written there before is none of the story's own; ISO 8601, UTC. */
  | {
      readonly table: 'binding';
      readonly chat: ChatId;
      readonly channel: string;
      readonly at: string;
    }
  /** A message in the channel of a chat was taken. */
  | { readonly table: 'seen'; readonly chat: ChatId; readonly message: string }
  /** What someone played, besides what is counted for that day already. */
  | ({
      readonly table: 'usage';
      readonly home: HomeId;
      readonly person: EntityId;
      /** In UTC: "2026-11-21". */
      readonly day: string;
    } & Spent)
  | {
      readonly table: 'asset';
      readonly hash: string;
      readonly type: string;
      readonly bytes: Uint8Array;
    };

/** A memory as it was written, or what was done to one at a node. */
export interface MemoryRow {
  readonly memory: MemoryKey;
  /** Null where the text was not changed. */
  readonly text: string | null;
  readonly forgotten: boolean;
  /** Null where it was not rated. */
  readonly significance: number | null;
  /** Everyone who may find it. */
  readonly witnesses: readonly EntityId[];
  /** Whether other stories may hear of it: no part of it was whispered, or written by hand. */
  readonly tellable: boolean;
  /** The node that opened its scene; null where it is not known, and for what was done to a memory. */
  readonly scene: NodeId | null;
  /** Minutes of the story's clock; null for what was done to a memory. */
  readonly storyTime: number | null;
  readonly sources: readonly Source[];
}

export interface Committed {
  readonly events: readonly DomainEvent[];
  /** The command was recorded before: these are the events of that first time. */
  readonly repeated: boolean;
}

/** Someone else wrote to the stream first. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
  constructor(stream: Stream, expected: number, actual: number) {
    super(`${stream} is at version ${actual}, not ${expected}`);
  }
}
