import { A_STORY, NO_WORDS, SOMEONE, type Theirs } from './blanking.ts';
import { blanked, type DomainEvent, kindOf } from './event.ts';
import type { Actor, BookId, EntityId, NodeId, Stream } from './ids.ts';
import { SOMEWHERE } from './world.ts';

/** Who wrote what nobody wrote any more. */
export const NOBODY: Actor = 'user:0';

/** What stands where an erasure was before is nobody's. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([NO_WORDS, SOMEONE, A_STORY, SOMEWHERE]);

export interface Erasing {
  readonly person: EntityId;
  /** ISO 8601, UTC: what they write later is new, and stays. */
  readonly until: string;
  /** Whether the characters and lorebooks that they wrote go, too. */
  readonly works: boolean;
}

/**
 * `theirs` goes whole, and so does what was `derived` from it. What was done by hand, by them or by others,
 * goes as far as they were the first to write it: an edit is issued again by whoever regenerates.
 */
type Whose = 'theirs' | 'derived' | 'hand' | 'others';

/**
 * What a person left in a story with its branches, or in a home. Every event is noted, the oldest first;
 * then `rest` says what is left of each, to be asked about the newest first: whoever is cut off half-way
 * finds what has not been repeated yet by noting all of it again.
 */
export class Traces {
  readonly #erasing: Erasing;
  /** The nodes whose words are theirs. */
  readonly #nodes = new Set<NodeId>();
  /** Nodes of accounts by hand that are theirs, turns included, by the stream that owns them. */
  readonly told = new Map<Stream, NodeId[]>();
  /** By whom they go in a stream after all this; null where they came in under no name of theirs. */
  readonly names = new Map<Stream, string | null>();
  /** What they were the first to write by hand, and what others were. */
  readonly #wrote = new Set<string>();
  readonly #othersWrote = new Set<string>();
  /** What was derived from their words: what only repeats it goes, too. */
  readonly #derived = new Set<string>();
  /** Summaries that go, by close and owner: others were written upon them. */
  readonly #summaries = new Set<string>();
  readonly #made: Set<EntityId | BookId>;
  /** Nodes at which something else is to be read after it, by the stream that owns them. */
  readonly touched = new Map<Stream, Set<NodeId>>();
  /** Whether nothing is, or ever was, theirs. */
  isEmpty = true;

  /** @param made characters and lorebooks that go with them, as their home tells */
  constructor(erasing: Erasing, made: ReadonlySet<EntityId | BookId> = new Set()) {
    this.#erasing = erasing;
    this.#made = new Set(made);
  }

  /** The characters and lorebooks that go. */
  get made(): ReadonlySet<EntityId | BookId> {
    return this.#made;
  }

  note(event: DomainEvent): void {
    const { person } = this.#erasing;
    const whose = this.#whose(event);
    if (event.type === 'EntityEntered' && event.payload.entity === person) {
      this.names.set(event.stream, whose === 'theirs' ? null : event.payload.name);
    }
    if (this.#makes(event)) this.#made.add(idOf(event));
    if (event.type === 'Erased' && event.payload.person === person) {
      for (const { turn } of event.payload.turns) this.#touch(event.stream, turn);
    }
    if (whose === 'others') return;
    const isHand = whose === 'hand';
    if (!isHand || event.actor === person) {
      this.isEmpty = false;
      this.#touch(event.stream, event.node);
    }
    if (whose === 'theirs') {
      if (event.type === 'UserSpoke' && event.node !== null) this.#nodes.add(event.node);
    } else if (isHand) {
      const [first, second] =
        event.actor === this.#erasing.person
          ? [this.#wrote, this.#othersWrote]
          : [this.#othersWrote, this.#wrote];
      for (const text of saidIn(event)) {
        if (!second.has(text) && !PLACEHOLDERS.has(text)) first.add(text);
      }
    } else if (whose === 'derived') {
      if (event.node !== null) this.#summaries.add(`${event.node} ${event.run?.owner ?? ''}`);
      for (const text of saidIn(event)) this.#derived.add(text);
    }
    const isWords = event.type === 'UserSpoke' || kindOf(event.type).account;
    const { node, stream } = event;
    const goes = () => whose === 'theirs' || saidIn(event).some((text) => this.#wrote.has(text));
    if (isWords && goes() && event.run === null && node !== null) {
      const told = this.told.get(stream);
      if (told === undefined) this.told.set(stream, [node]);
      else if (told.at(-1) !== node) told.push(node);
      this.#touch(stream, node);
    }
  }

  #touch(stream: Stream, node: NodeId | null): void {
    if (node === null) return;
    const touched = this.touched.get(stream);
    if (touched === undefined) this.touched.set(stream, new Set([node]));
    else touched.add(node);
  }

  /** What is left of an event; null where all of it stays. */
  rest(event: DomainEvent): DomainEvent | null {
    const theirs = this.#theirs(event);
    const left = theirs === null ? event : blanked(event, theirs);
    const actor = this.#authors(event) ? NOBODY : event.actor;
    const same = JSON.stringify(left.payload) === JSON.stringify(event.payload);
    return same && actor === event.actor ? null : { ...left, actor };
  }

  #theirs(event: DomainEvent): Theirs | null {
    const made = (id: string) => this.#made.has(id);
    const whose = this.#whose(event);
    const repeated = (text: string) => this.#wrote.has(text) || this.#derived.has(text);
    if (whose === 'theirs' || whose === 'derived') return { said: () => true, repeated, made };
    if (whose === 'hand') return { said: (text) => this.#wrote.has(text), repeated, made };
    // Sheets that go are gone wherever they are played.
    return this.#made.size === 0 ? null : { said: () => false, repeated: () => false, made };
  }

  #whose(event: DomainEvent): Whose {
    const { person, until } = this.#erasing;
    if (event.run !== null) return this.#isDerived(event) ? 'derived' : 'others';
    if (event.type === 'TurnRevised' && this.#nodes.has(event.payload.turn)) return 'theirs';
    if (event.at > until) return 'others';
    switch (event.type) {
      case 'UserSpoke':
        return event.payload.by === person ? 'theirs' : 'others';
      case 'EntityEntered':
        return event.payload.entity === person ? 'theirs' : 'others';
      case 'PersonaAuthored':
        return event.payload.person === person ? 'theirs' : 'others';
      case 'TurnRevised':
      case 'ReplyCompleted':
        return 'others';
      default:
        return 'hand';
    }
  }

  #isDerived({ type, payload, sources, run }: DomainEvent): boolean {
    if (sources.some(({ node }) => this.#nodes.has(node))) return true;
    if (type !== 'SceneSummarized' && type !== 'RelationshipSummarized') return false;
    const upon = payload.standsOn?.node;
    return upon !== undefined && this.#summaries.has(`${upon} ${run?.owner ?? ''}`);
  }

  /** Whether an event makes something that goes with them: what they wrote first. */
  #makes(event: DomainEvent): boolean {
    const { person, until, works } = this.#erasing;
    const first = event.type === 'CharacterAuthored' || event.type === 'LorebookAuthored';
    return works && first && event.actor === person && event.at <= until;
  }

  /** Whether an event of a home names them as the author of what stays. */
  #authors({ stream, type, actor, at }: DomainEvent): boolean {
    const { person, until } = this.#erasing;
    const isWork = /^(Character|Lore)/.test(type) && type !== 'CharacterReset';
    return stream.startsWith('home:') && isWork && actor === person && at <= until;
  }
}

const idOf = (event: DomainEvent): EntityId | BookId => {
  if (event.type === 'CharacterAuthored') return event.payload.character;
  return event.type === 'LorebookAuthored' ? event.payload.id : '';
};

/** The texts that an event says anew. */
function saidIn(event: DomainEvent): string[] {
  const texts: string[] = [];
  const said = (text: string) => {
    if (text !== '') texts.push(text);
    return false;
  };
  blanked(event, { said, repeated: () => false, made: () => false });
  return texts;
}
