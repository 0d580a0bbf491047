import type { EntityId, HomeId, NodeId } from '../ids.ts';

/** What belongs to a chat but to no node of its story: never read by the story's `evolve`. */
export interface FrameState {
  readonly home: HomeId;
  readonly name: string;
  readonly owner: EntityId;
  readonly card: KickoffCard | null;
  readonly binding: Binding | null;
  readonly archived: boolean;
  /** Where the story stands; null before its kickoff. */
  readonly head: NodeId | null;
}

/** The opening that a person confirmed. */
export interface KickoffCard {
  readonly character: EntityId;
  readonly revision: number;
  readonly kickoff: string;
  readonly place: string;
  readonly time: string;
  readonly greeting: string;
}

export interface Binding {
  /** A text channel, thread, forum post or direct message channel. */
  readonly channel: string;
  readonly guild: string | null;
}

export const emptyFrame: FrameState = {
  home: '0',
  name: '',
  owner: 'user:0',
  card: null,
  binding: null,
  archived: false,
  head: null,
};
