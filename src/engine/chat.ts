import { type DomainEvent, evolve, placeOf } from './event.ts';
import type { ChatId, NodeId } from './ids.ts';
import { type StoryNode, type Stretch, turnOf } from './node.ts';
import { emptyFrame, type FrameState } from './state/frame.ts';
import type { StoryState } from './state/story.ts';
import { StoryTree } from './storyTree.ts';

/** One story line: its frame, where its head stands, and the tree that it shares with its branches. */
export class Chat {
  readonly id: ChatId;
  /** Of the story and all its branches. */
  readonly tree: StoryTree;
  #version = 0;
  #frame: FrameState = emptyFrame;

  constructor(id: ChatId, events: Iterable<DomainEvent> = [], tree = new StoryTree()) {
    this.id = id;
    this.tree = tree;
    for (const event of events) this.apply(event);
  }

  /** A chat as it was kept: its frame, folded up to a version. */
  static restored(id: ChatId, tree: StoryTree, version: number, frame: FrameState): Chat {
    const chat = new Chat(id, [], tree);
    chat.#version = version;
    chat.#frame = frame;
    tree.touch(frame.words);
    return chat;
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
    return this.tree.stateAt(this.head);
  }

  /** The story as it stands after a node, its results included; null is the moment before the root. */
  stateAt(node: NodeId | null): StoryState {
    return this.tree.stateAt(node);
  }

  parentOf(node: NodeId): NodeId | null {
    return this.tree.node(node).parent;
  }

  /** Whether a node is this chat's: opened here, or on the line that it shares with its parent. */
  has(node: NodeId): boolean {
    const known = this.tree.find(node);
    return known !== null && this.#isHere(known);
  }

  /** Whether a node lies on the line, from the root to the head. */
  isOnLine(node: NodeId): boolean {
    return this.tree.isOn(node, this.head);
  }

  /** The nodes from the root to the head: walks them all, for displays and tests. */
  line(): NodeId[] {
    const line: NodeId[] = [];
    for (let at = this.head; at !== null; at = this.parentOf(at)) line.push(at);
    return line.reverse();
  }

  /** The line as stretches: few, however long the story is. */
  stretches(): Stretch[] {
    return this.tree.lineOf(this.head);
  }

  /**
   * Replies by one speaker, or turns by one person, with the same parent, oldest first: those that can
   * be chosen. At an inherited node these are the inherited one and this chat's own.
   */
  variantsOf(id: NodeId): NodeId[] {
    const node = this.tree.node(id);
    const turn = turnOf(node);
    if (turn === null) return [];
    return this.tree
      .children(node.parent)
      .filter((each) => {
        const other = turnOf(each);
        return other?.kind === turn.kind && other.by === turn.by && this.#isOffered(each);
      })
      .map((each) => each.id);
  }

  /** Where a variant's line last stood in this chat. */
  lastStoodIn(variant: NodeId): NodeId {
    if (this.isOnLine(variant)) return this.head ?? variant;
    return this.#frame.left.findLast((node) => this.tree.isOn(variant, node)) ?? variant;
  }

  /** Takes the next event of this chat's stream. */
  apply(event: DomainEvent): void {
    if (event.version !== this.#version + 1) {
      throw new Error(`chat ${this.id}: event ${event.version} after ${this.#version}`);
    }
    this.#version = event.version;
    switch (placeOf(event)) {
      case 'home':
        throw new Error(`chat ${this.id}: ${event.type} belongs to a home`);
      case 'frame': {
        const before = this.#frame;
        this.#frame = evolve<'frame'>(before, event);
        if (this.#frame.words !== before.words) this.tree.touch(this.#frame.words);
        return;
      }
      case 'opens':
        this.tree.open(event, this.id, this.head);
        if (this.head !== event.node) this.#frame = { ...this.#frame, head: event.node };
        return;
      case 'attaches':
        this.tree.attach(event);
        return;
    }
  }

  #isHere(node: StoryNode): boolean {
    return node.chat === this.id || this.tree.isOn(node.id, this.#frame.begunAfter);
  }

  #isOffered(node: StoryNode): boolean {
    const removed = this.tree.wordsOf(node.id)?.text === null;
    const failed = node.results.some((event) => event.type === 'ReplyFailed');
    return !removed && !failed && this.#isHere(node);
  }
}
