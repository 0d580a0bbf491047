import type { ChatId, EntityId, HomeId, NodeId } from '../ids.ts';
import type { KickoffCard } from '../kickoff/kickoffCard.ts';
import type { Segment } from '../segments.ts';
import { defaultSettings, type Settings } from '../world.ts';

/** What belongs to a chat but to no node of its story: the story's `evolve` never reads it. */
export interface FrameState {
  readonly home: HomeId;
  readonly name: string;
  readonly owner: EntityId;
  readonly card: KickoffCard | null;
  readonly settings: Settings;
  readonly binding: Binding | null;
  readonly archived: boolean;
  /** The chat that it branched off; null for a chat that is no branch. */
  readonly parent: ChatId | null;
  /** The node that this chat's line shares with its parent's; null for a chat that is no branch. */
  readonly begunAfter: NodeId | null;
  /** Where the story stands; null before its kickoff. */
  readonly head: NodeId | null;
  /** The newest move of the head; it can be undone while the head stands at its `to`. */
  readonly lastMove: Move | null;
  /** Where the head stood when it was moved away, the newest last: each node once. */
  readonly left: readonly NodeId[];
  /** Named nodes. */
  readonly saves: Readonly<Record<string, NodeId>>;
  /** Texts as their authors last left them, for those that were touched. */
  readonly words: Readonly<Record<NodeId, Words>>;
}

/** What a person's revision, removal or erasure left of a turn. */
export interface Words {
  /** Counts from 1; the text as first written is revision 0. */
  readonly revision: number;
  /** Null for a turn that was removed: it stays as a silent step. */
  readonly text: { readonly raw: string; readonly segments: readonly Segment[] } | null;
  readonly erased: boolean;
}

export interface Move {
  readonly from: NodeId | null;
  readonly to: NodeId | null;
  readonly why: string;
  readonly version: number;
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
  settings: defaultSettings,
  binding: null,
  archived: false,
  parent: null,
  begunAfter: null,
  head: null,
  lastMove: null,
  left: [],
  saves: {},
  words: {},
};

/** Takes a revision of a turn's words; an older one than is known changes nothing. */
export const withWords = (frame: FrameState, turn: NodeId, words: Words): FrameState =>
  withAllWords(frame, [[turn, words]]);

/** The same of many turns at once. */
export function withAllWords(
  frame: FrameState,
  all: readonly (readonly [NodeId, Words])[],
): FrameState {
  const newer = all.filter(([turn, { revision }]) => revision > (frame.words[turn]?.revision ?? 0));
  if (newer.length === 0) return frame;
  return { ...frame, words: { ...frame.words, ...Object.fromEntries(newer) } };
}
