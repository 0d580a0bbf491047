import type { Theirs } from './blanking.ts';
import { blanked, type DomainEvent, kindOf } from './event.ts';
import type { Actor, BookId, EntityId, NodeId, Stream } from './ids.ts';

/** Who wrote what nobody wrote any more. */
export const NOBODY: Actor = 'user:0';

export interface Erasing {
  readonly person: EntityId;
  /** ISO 8601, UTC: what they write later is new, and stays. */
  readonly until: string;
  /** Whether the characters and lorebooks that they wrote go, too. */
  readonly works: boolean;
}

type Whose = 'theirs' | 'derived' | 'copied' | 'others';

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
  /** What they wrote by hand: written by hand again, it is theirs still. */
  readonly #wrote = new Set<string>();
  /** What was derived from their words: what only repeats it goes, too. */
  readonly #derived = new Set<string>();
  /** Summaries that go, by close and owner: others were written upon them. */
  readonly #summaries = new Set<string>();
  readonly #made: Set<EntityId | BookId>;
  /** Nothing of the person was found. */
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
    if (whose === 'others') return;
    if (whose === 'theirs') {
      if (event.type === 'UserSpoke' && event.node !== null) this.#nodes.add(event.node);
      this.#collect(event, this.#wrote);
    } else if (whose === 'derived') {
      if (event.node !== null) this.#summaries.add(`${event.node} ${event.run?.owner ?? ''}`);
      this.#collect(event, this.#derived);
    }
    const isWords = event.type === 'UserSpoke' || kindOf(event.type).account;
    const { node, stream } = event;
    const goes = whose === 'theirs' || (whose === 'copied' && this.#says(event));
    if (goes && isWords && event.run === null && node !== null) {
      const told = this.told.get(stream);
      if (told === undefined) this.told.set(stream, [node]);
      else if (told.at(-1) !== node) told.push(node);
    }
    this.isEmpty &&= this.rest(event) === null;
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
    if (whose === 'copied') return { said: (text) => this.#wrote.has(text), repeated, made };
    // Sheets that go are gone wherever they are played.
    return this.#made.size === 0 ? null : { said: () => false, repeated: () => false, made };
  }

  #whose(event: DomainEvent): Whose {
    const { person, until } = this.#erasing;
    const { actor, run, payload } = event;
    if (run !== null) return this.#isDerived(event) ? 'derived' : 'others';
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
        if (payload === null) return 'others';
        return actor === person ? 'theirs' : 'copied';
    }
  }

  #isDerived({ type, payload, sources, run }: DomainEvent): boolean {
    if (sources.some(({ node }) => this.#nodes.has(node))) return true;
    if (type !== 'SceneSummarized' && type !== 'RelationshipSummarized') return false;
    const upon = payload.standsOn?.node;
    return upon !== undefined && this.#summaries.has(`${upon} ${run?.owner ?? ''}`);
  }

  #collect(event: DomainEvent, texts: Set<string>): void {
    const said = (text: string) => {
      if (text !== '') texts.add(text);
      return true;
    };
    blanked(event, { said, repeated: () => false, made: () => false });
  }

  /** Whether what an account by hand says anew is theirs. */
  #says(event: DomainEvent): boolean {
    let says = false;
    const said = (text: string) => {
      says ||= this.#wrote.has(text);
      return false;
    };
    blanked(event, { said, repeated: () => false, made: () => false });
    return says;
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
