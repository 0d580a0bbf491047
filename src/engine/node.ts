import type { DomainEvent } from './event.ts';
import type { ChatId, EntityId, NodeId } from './ids.ts';
import type { StoryState } from './state/story.ts';

/** One step of a story and what is known to have come of it. */
export interface StoryNode {
  readonly id: NodeId;
  /** The chat whose stream holds it. */
  readonly chat: ChatId;
  readonly parent: NodeId | null;
  /** The first node of its stretch: a chain of nodes of one chat without a fork between them. */
  readonly stretch: NodeId;
  /** Steps from the root, which stands at 0. */
  readonly position: number;
  /** The events of the command that opened it. */
  readonly own: DomainEvent[];
  /** What was derived for it, in the order of arrival. */
  readonly results: DomainEvent[];
}

/** A part of a line: the nodes of one stretch from its first to `last`, by position. */
export interface Stretch {
  readonly id: NodeId;
  readonly first: number;
  readonly last: number;
}

/** Where a story finds what it does not hold in memory. Everything in it has been committed. */
export interface Archive {
  node(id: NodeId): StoryNode | null;
  /**
   * The nodes of a stretch between two positions, both included, in order.
   * @param only some kinds, and everything that was derived; nodes without any are left out.
   */
  nodes(
    stretch: NodeId,
    first: number,
    last: number,
    only?: readonly string[] | null,
  ): Iterable<StoryNode>;
  /** The nodes that come after one, of every chat, in the order in which they were opened. */
  children(parent: NodeId): StoryNode[];
  /** The last position of a stretch. */
  tip(stretch: NodeId): number;
  /** The newest snapshot of a stretch up to a position that is right. */
  snapshot(stretch: NodeId, upTo: number): Snapshot | null;
}

export interface Snapshot {
  readonly node: NodeId;
  readonly position: number;
  readonly state: StoryState;
}

/** What a node is, told by the event that opened it: a turn of someone's, or a change to the story. */
export function turnOf(node: StoryNode): { kind: 'user' | 'reply'; by: EntityId } | null {
  for (const event of node.own) {
    if (event.type === 'UserSpoke') return { kind: 'user', by: event.payload.by };
    if (event.type === 'ReplyStarted' || event.type === 'ReplyContinued') {
      return { kind: 'reply', by: event.payload.by };
    }
  }
  return null;
}
