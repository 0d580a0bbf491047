import { type DomainEvent, evolve, scopeOf } from './event.ts';
import type { ChatId, NodeId } from './ids.ts';
import { emptyFrame, type FrameState } from './state/frame.ts';
import { emptyStory, type StoryState } from './state/story.ts';

/** One step of a story and what is known to have come of it. */
interface StoryNode {
  readonly id: NodeId;
  readonly parent: NodeId | null;
  /** Steps from the root, which stands at 0. */
  readonly position: number;
  /** The events of the command that opened it. */
  readonly own: DomainEvent[];
  /** What was derived for it, in the order of arrival. */
  readonly results: DomainEvent[];
}

/** States are kept for this many nodes, so that a late result or a short rewind folds next to nothing. */
const KEPT_STATES = 100;

/**
 * A chat as its log tells it: the frame, the tree of nodes, and where the head stands.
 *
 * `state(node) = results(own(state(parent)))`: a result that arrives late counts at its own node,
 * before later nodes, and one whose node is off the line waits there.
 */
export class Chat {
  readonly id: ChatId;
  #version = 0;
  #frame: FrameState = emptyFrame;
  readonly #nodes = new Map<NodeId, StoryNode>();
  /** Insertion order is age: a Map is its own queue. */
  readonly #states = new Map<NodeId, StoryState>();

  constructor(id: ChatId, events: Iterable<DomainEvent> = []) {
    this.id = id;
    for (const event of events) this.apply(event);
  }

  /** Version of the last event applied; 0 when there is none. */
  get version(): number {
    return this.#version;
  }

  get frame(): FrameState {
    return this.#frame;
  }

  get head(): NodeId | null {
    return this.#frame.head;
  }

  /** The story where the head stands. */
  get story(): StoryState {
    return this.stateAt(this.head);
  }

  parentOf(node: NodeId): NodeId | null {
    return this.#known(node).parent;
  }

  has(node: NodeId): boolean {
    return this.#nodes.has(node);
  }

  /** The nodes from the root to the head. */
  line(): NodeId[] {
    const line: NodeId[] = [];
    for (let at = this.head; at !== null; at = this.#known(at).parent) line.push(at);
    return line.reverse();
  }

  /** The story as it stands after a node, its results included; null is the moment before the root. */
  stateAt(node: NodeId | null): StoryState {
    const missing: StoryNode[] = [];
    let at = node;
    let state: StoryState | undefined;
    for (; at !== null; at = this.#known(at).parent) {
      state = this.#states.get(at);
      if (state !== undefined) break;
      missing.push(this.#known(at));
    }
    let result = state ?? emptyStory;
    for (const each of missing.reverse()) {
      for (const event of each.own) result = evolve<'opens'>(result, event);
      for (const event of each.results) result = evolve<'attaches'>(result, event);
      this.#keep(each.id, result);
    }
    return result;
  }

  /** Takes the next event of this chat's stream. */
  apply(event: DomainEvent): void {
    if (event.version !== this.#version + 1) {
      throw new Error(`chat ${this.id}: event ${event.version} after ${this.#version}`);
    }
    this.#version = event.version;
    const scope = scopeOf(event.type);
    switch (scope === 'either' ? (event.run === null ? 'opens' : 'attaches') : scope) {
      case 'frame':
        this.#frame = evolve<'frame'>(this.#frame, event);
        return;
      case 'opens':
        this.#open(event);
        return;
      case 'attaches': {
        const node = this.#known(event.node);
        node.results.push(event);
        this.#forgetFrom(node.position);
        return;
      }
      case 'home':
        throw new Error(`chat ${this.id}: ${event.type} belongs to a home`);
    }
  }

  #open(event: DomainEvent): void {
    if (event.node === null) throw new Error(`${event.type} opens a node and names none`);
    let node = this.#nodes.get(event.node);
    if (node === undefined) {
      const parent = this.head;
      const position = parent === null ? 0 : this.#known(parent).position + 1;
      node = { id: event.node, parent, position, own: [], results: [] };
      this.#nodes.set(node.id, node);
      this.#frame = { ...this.#frame, head: node.id };
    }
    node.own.push(event);
    this.#states.delete(node.id);
  }

  #known(id: NodeId | null): StoryNode {
    const node = id === null ? undefined : this.#nodes.get(id);
    if (node === undefined) throw new Error(`chat ${this.id} has no node ${id}`);
    return node;
  }

  #keep(node: NodeId, state: StoryState): void {
    this.#states.set(node, state);
    if (this.#states.size <= KEPT_STATES) return;
    const oldest = this.#states.keys().next().value;
    if (oldest !== undefined) this.#states.delete(oldest);
  }

  #forgetFrom(position: number): void {
    for (const id of this.#states.keys()) {
      if (this.#known(id).position >= position) this.#states.delete(id);
    }
  }
}
