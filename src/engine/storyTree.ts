import { countingAt } from './counting.ts';
import { type DomainEvent, evolve, kindOf } from './event.ts';
import type { ChatId, NodeId } from './ids.ts';
import type { Archive, StoryNode, Stretch } from './node.ts';
import type { Words } from './state/frame.ts';
import { emptyStory, type StoryState } from './state/story.ts';

/** States are kept for this many nodes, so that a late result or a short rewind folds next to nothing. */
const KEPT_STATES = 100;
interface KeptState {
  readonly state: StoryState;
  readonly stretch: NodeId;
  readonly position: number;
}

/** Nodes kept in memory where an archive has the others. */
const KEPT_NODES = 1_000;

/**
 * The nodes of a story and of all its branches: one tree, whichever chat a node was opened in.
 *
 * `state(node) = results(own(state(parent)))`, so a state depends on nothing but the node's own line
 * and the words on it. A late result counts at its own node, before later nodes; one whose node is off
 * the line waits there.
 */
export class StoryTree {
  readonly #archive: Archive | null;
  /** Insertion order is age, here and in the states: a Map is its own queue. */
  readonly #nodes = new Map<NodeId, StoryNode>();
  readonly #children = new Map<NodeId | null, StoryNode[]>();
  readonly #states = new Map<NodeId, KeptState>();
  readonly #words = new Map<NodeId, Words>();
  readonly #wordsOf = (id: NodeId) => this.#words.get(id);
  /** The last position of each stretch that was looked at. */
  readonly #tips = new Map<NodeId, number>();

  constructor(archive: Archive | null = null) {
    this.#archive = archive;
  }

  find(id: NodeId): StoryNode | null {
    const known = this.#nodes.get(id);
    if (known !== undefined || this.#archive === null) return known ?? null;
    const stored = this.#archive.node(id);
    if (stored !== null) this.#hold(stored);
    return stored;
  }

  node(id: NodeId): StoryNode {
    const node = this.find(id);
    if (node === null) throw new Error(`the story has no node ${id}`);
    return node;
  }

  wordsOf(id: NodeId): Words | undefined {
    return this.#words.get(id);
  }

  /** The nodes that come after one, of every chat, in the order in which they were opened. */
  children(parent: NodeId | null): StoryNode[] {
    const held = this.#children.get(parent) ?? [];
    if (this.#archive === null || parent === null) return held;
    const stored = this.#archive.children(parent).map((node) => this.#nodes.get(node.id) ?? node);
    const known = new Set(stored.map(({ id }) => id));
    return [...stored, ...held.filter(({ id }) => !known.has(id) && this.#nodes.has(id))];
  }

  /** Whether a node is the last of its stretch, so that what its chat does next goes on there. */
  isTip(id: NodeId): boolean {
    const { stretch, position } = this.node(id);
    return this.#tipOf(stretch) === position;
  }

  /** The line that ends at a node, from the root on. */
  lineOf(id: NodeId | null): Stretch[] {
    const line: Stretch[] = [];
    for (let at = id; at !== null; ) {
      const last = this.node(at);
      const first = this.node(last.stretch);
      line.push({ id: first.id, first: first.position, last: last.position });
      at = first.parent;
    }
    return line.reverse();
  }

  /** Whether a node lies on the line that ends at another; every node lies on its own. */
  isOn(id: NodeId, end: NodeId | null): boolean {
    const target = this.find(id);
    if (target === null) return false;
    for (let at = end; at !== null; ) {
      const last = this.node(at);
      if (last.position < target.position) return false;
      if (last.stretch === target.stretch) return true;
      at = this.node(last.stretch).parent;
    }
    return false;
  }

  /** Takes an event that opens a node after `head`, or belongs to the command that just did. */
  open(event: DomainEvent, chat: ChatId, head: NodeId | null): void {
    if (event.node === null) throw new Error(`${event.type} opens a node and names none`);
    const known = this.find(event.node);
    if (known !== null) {
      known.own.push(event);
      this.#forgetFrom(known);
      return;
    }
    const parent = head === null ? null : this.node(head);
    const goesOn = parent?.chat === chat && this.isTip(parent.id);
    const node = {
      id: event.node,
      chat,
      parent: head,
      stretch: parent !== null && goesOn ? parent.stretch : event.node,
      position: parent === null ? 0 : parent.position + 1,
      own: [event],
      results: [],
    };
    this.#tips.set(node.stretch, node.position);
    this.#hold(node);
  }

  /** Takes a result of a node that exists. */
  attach(event: DomainEvent): void {
    const node = this.node(event.node ?? '');
    node.results.push(event);
    this.#forgetFrom(node);
  }

  /** Takes the words that people last left; states that were made from others are forgotten. */
  touch(words: Readonly<Record<NodeId, Words>>): void {
    for (const [id, left] of Object.entries(words)) {
      if (this.#words.get(id)?.revision === left.revision) continue;
      this.#words.set(id, left);
      // Only what is folded already can be outdated.
      if (this.#states.size > 0) this.#forgetFrom(this.node(id));
    }
  }

  /** The story as it stands after a node, its results included; null is the moment before a root. */
  stateAt(id: NodeId | null): StoryState {
    const missing: StoryNode[] = [];
    let at = id;
    let state: StoryState | undefined;
    while (at !== null) {
      state = this.#states.get(at)?.state;
      const node = state === undefined ? this.#nodes.get(at) : undefined;
      if (node === undefined) break;
      missing.push(node);
      at = node.parent;
    }
    let result = state ?? (at === null ? emptyStory : this.#fromArchive(at));
    for (const node of missing.reverse()) {
      result = this.#evolved(result, node);
      this.#keep(node, result);
    }
    return result;
  }

  /** The state after a node that is not in memory, from the nearest snapshot on. */
  #fromArchive(id: NodeId): StoryState {
    const archive = this.#archive;
    if (archive === null) throw new Error(`the story has no node ${id}`);
    const ahead: Stretch[] = [];
    let result = emptyStory;
    for (const stretch of this.lineOf(id).reverse()) {
      const snapshot = this.#keptIn(stretch) ?? archive.snapshot(stretch.id, stretch.last);
      ahead.push({ ...stretch, first: snapshot ? snapshot.position + 1 : stretch.first });
      if (snapshot === null) continue;
      result = snapshot.state;
      break;
    }
    for (const stretch of ahead.reverse()) {
      if (stretch.first > stretch.last) continue;
      for (const node of archive.nodes(stretch.id, stretch.first, stretch.last)) {
        // What is in memory may hold a result that is just being committed.
        const held = this.#nodes.get(node.id) ?? node;
        result = this.#evolved(result, held);
        if (node.position > stretch.last - KEPT_STATES) this.#keep(held, result);
      }
    }
    return result;
  }

  /** The last state in memory of a part of a line. */
  #keptIn({ id, last }: Stretch): KeptState | null {
    let found: KeptState | null = null;
    for (const kept of this.#states.values()) {
      const inside = kept.stretch === id && kept.position <= last;
      if (inside && kept.position > (found?.position ?? -1)) found = kept;
    }
    return found;
  }

  /**
   * The events that count at a node, in the order in which they are folded. What targets something off
   * the node's line does nothing there.
   */
  counting(node: StoryNode): readonly DomainEvent[] {
    const counting = countingAt(node, this.#wordsOf);
    const isHere = (event: DomainEvent) => {
      const target = kindOf(event.type).target?.(event.payload);
      return target === undefined || this.isOn(target, node.id);
    };
    return counting.every(isHere) ? counting : counting.filter(isHere);
  }

  #evolved(before: StoryState, node: StoryNode): StoryState {
    let state = before;
    for (const event of this.counting(node)) state = evolve<'either'>(state, event);
    return state;
  }

  #keep({ id, stretch, position }: StoryNode, state: StoryState): void {
    this.#states.set(id, { state, stretch, position });
    drop(this.#states, KEPT_STATES);
  }

  #tipOf(stretch: NodeId): number {
    const tip = this.#tips.get(stretch) ?? this.#archive?.tip(stretch) ?? 0;
    this.#tips.set(stretch, tip);
    return tip;
  }

  #hold(node: StoryNode): void {
    this.#nodes.set(node.id, node);
    const siblings = this.#children.get(node.parent);
    if (siblings === undefined) this.#children.set(node.parent, [node]);
    else siblings.push(node);
    if (this.#archive === null || this.#nodes.size <= KEPT_NODES) return;
    for (const old of drop(this.#nodes, KEPT_NODES)) this.#children.delete(old.parent);
  }

  #forgetFrom(node: StoryNode): void {
    for (const [id, { position }] of [...this.#states]) {
      if (position >= node.position && this.isOn(node.id, id)) this.#states.delete(id);
    }
  }
}

/** Takes the oldest entries out of a map until it holds no more than `most`. */
function drop<V>(map: Map<NodeId, V>, most: number): V[] {
  const dropped: V[] = [];
  for (const [id, value] of map) {
    if (map.size <= most) break;
    map.delete(id);
    dropped.push(value);
  }
  return dropped;
}
