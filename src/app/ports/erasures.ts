import type { EntityId, HomeId } from '../../engine/ids.ts';

/** That a person had what is theirs erased: who, where and when, and never what. */
export interface Erasure {
  readonly id: string;
  readonly person: EntityId;
  /** Null for every home. */
  readonly home: HomeId | null;
  /** Whether the characters and lorebooks that they wrote go with it. */
  readonly works: boolean;
  /** What was written until then is erased; ISO 8601, UTC. */
  readonly at: string;
}

/** Every erasure that was ever asked for; it lies beside the database, and no backup takes it back. */
export interface ErasureLedger {
  all(): Erasure[];
  /** Is on the disk when it returns. */
  add(erasure: Erasure): void;
}
