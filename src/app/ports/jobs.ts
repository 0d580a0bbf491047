import type { ChatId, NodeId } from '../../engine/ids.ts';

/** Work that must be done once, even when the process dies before it is. */
export interface Job {
  readonly kind:
    | 'answer'
    | 'deliver'
    | 'show'
    | 'digest'
    | 'summary'
    | 'redigest'
    | 'room'
    | 'whisper';
  readonly chat: ChatId;
  /** The reply to deliver; for an answer, and for a story that is digested anew, nothing. */
  readonly node: NodeId | null;
}

export type JobChange = { readonly add: Job } | { readonly done: Job };

/** A job that is not given up. */
export interface OwedJob extends Job {
  /** Milliseconds since 1970 from which it may be taken. */
  readonly due: number;
}

/** A job that someone works on until its lease ends. */
export interface ClaimedJob extends Job {
  /** Counts from 1. */
  readonly attempt: number;
}
