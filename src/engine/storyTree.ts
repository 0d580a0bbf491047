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

/** Nodes kept in memory where an archive has the others: so many that events came to, and so many others. */
const KEPT_NODES = 1_000;

/** Where a stretch begins, and what its line runs through before it. */
interface Start {
  readonly position: number;
  readonly before: Pick<StoryNode, 'stretch' | 'position'> | null;
}

/**
 * The nodes of a story and of all its branches: one tree, whichever chat a node was opened in.
 *
 * `state(node) = results(own(state(parent)))`, so a state depends on nothing but the node's own line
 * and the words on it. A late result counts at its own node, before later nodes; one whose node is off
 * the line waits there.
 */
export class StoryTree {
  readonly #archive: Archive | null;
  /**
   * Nodes that events came to, which the archive may not have as they are: only newer ones push them out.
   * Insertion order is age, here and in the states: a Map is its own queue.
   */
  readonly #fresh = new Map<NodeId, StoryNode>();
  /** Nodes as the archive has them. */
  readonly #found = new Map<NodeId, StoryNode>();
  /** Fresh nodes by what they come after. */
  readonly #children = new Map<NodeId | null, StoryNode[]>();
  readonly #states = new Map<NodeId, KeptState>();
  readonly #words = new Map<NodeId, Words>();
  readonly #wordsOf = (id: NodeId) => this.#words.get(id);
  /** The last position of each stretch that was looked at, and its beginning, which never changes. */
  readonly #tips = new Map<NodeId, number>();
  readonly #starts = new Map<NodeId, Start>();

  constructor(archive: Archive | null = null) {
    this.#archive = archive;
  }

  find(id: NodeId): StoryNode | null {
    const known = this.#held(id);
    if (known !== undefined || this.#archive === null) return known ?? null;
    const stored = this.#archive.node(id);
    if (stored !== null) {
      this.#found.set(id, stored);
      drop(this.#found, KEPT_NODES);
    }
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
    const fresh = this.#children.get(parent) ?? [];
    if (this.#archive === null || parent === null) return fresh;
    const stored = this.#archive.children(parent).map((node) => this.#held(node.id) ?? node);
    const known = new Set(stored.map(({ id }) => id));
    return [...stored, ...fresh.filter(({ id }) => !known.has(id))];
  }

  /** Whether a node is the last of its stretch, so that what its chat does next goes on there. */
  isTip(id: NodeId): boolean {
    const { stretch, position } = this.node(id);
    return this.#tipOf(stretch) === position;
  }

  /** The line that ends at a node, from the root on. */
  lineOf(id: NodeId | null): Stretch[] {
    return [...this.lineBackFrom(id)].reverse();
  }

  /** The same from its end on, as far as it is asked for: a long story may have thousands of stretches. */
  *lineBackFrom(id: NodeId | null): Generator<Stretch> {
    let at: Start['before'] = id === null ? null : this.node(id);
    while (at !== null) {
      const { position, before } = this.#startOf(at.stretch);
      yield { id: at.stretch, first: position, last: at.position };
      at = before;
    }
  }

  /** Whether a node lies on the line that ends at another; every node lies on its own. */
  isOn(id: NodeId, end: NodeId | null): boolean {
    const target = this.find(id);
    if (target === null) return false;
    for (const { id: stretch, last } of this.lineBackFrom(end)) {
      if (last < target.position) return false;
      if (stretch === target.stretch) return true;
    }
    return false;
  }

  /** Takes an event that opens a node after `head`, or belongs to the command that just did. */
  open(event: DomainEvent, chat: ChatId, head: NodeId | null): void {
    if (event.node === null) throw new Error(`${event.type} opens a node and names none`);
    const known = this.find(event.node);
    if (known !== null) {
      known.own.push(event);
      this.#refresh(known, event);
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
    const siblings = this.#children.get(head);
    if (siblings === undefined) this.#children.set(head, [node]);
    else siblings.push(node);
    this.#refresh(node, event);
  }

  /** Takes a result of a node that exists. */
  attach(event: DomainEvent): void {
    const node = this.node(event.node ?? '');
    node.results.push(event);
    this.#refresh(node, event);
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
      const node = state === undefined ? this.#held(at) : undefined;
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
    for (const stretch of this.lineBackFrom(id)) {
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
        const held = this.#held(node.id) ?? node;
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

  #startOf(stretch: NodeId): Start {
    const known = this.#starts.get(stretch);
    if (known !== undefined) return known;
    const { position, parent } = this.node(stretch);
    const last = parent === null ? null : this.node(parent);
    const before = last && { stretch: last.stretch, position: last.position };
    this.#starts.set(stretch, { position, before });
    return { position, before };
  }

  #held(id: NodeId): StoryNode | undefined {
    return this.#fresh.get(id) ?? this.#found.get(id);
  }

  /** An event came to a node: what was folded of it is outdated, and it is held until it is stored. */
  #refresh(node: StoryNode, event: DomainEvent): void {
    this.#forgetFrom(node);
    this.#found.delete(node.id);
    this.#fresh.set(node.id, node);
    if (this.#archive === null) return;
    // Of the command that is going on, nothing is stored yet.
    const isStored = (old: StoryNode) =>
      [...old.own, ...old.results].every(({ command }) => command !== event.command);
    for (const { id, parent } of drop(this.#fresh, KEPT_NODES, isStored)) {
      const siblings = this.#children.get(parent)?.filter((each) => each.id !== id) ?? [];
      if (siblings.length > 0) this.#children.set(parent, siblings);
      else this.#children.delete(parent);
    }
  }

  #forgetFrom(node: StoryNode): void {
    for (const [id, { position }] of [...this.#states]) {
      if (position >= node.position && this.isOn(node.id, id)) this.#states.delete(id);
    }
  }
}

/** Takes the oldest entries out of a map until it holds no more than `most`, or comes to one that stays. */
function drop<V>(map: Map<NodeId, V>, most: number, goes: (value: V) => boolean = () => true): V[] {
  const dropped: V[] = [];
  for (const [id, value] of map) {
    if (map.size <= most || !goes(value)) break;
    map.delete(id);
    dropped.push(value);
  }
  return dropped;
}
