import type { Chat } from '../engine/chat.ts';
import { replayKickoff } from '../engine/deciders/beginChat.ts';
import { load, reset, rewind, save, undo, undoReset } from '../engine/deciders/moveHead.ts';
import type { NewEvent } from '../engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import { firstWordsOf } from '../engine/kickoff/kickoffForm.ts';
import { turnOf } from '../engine/node.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Right, Standing } from '../engine/rights.ts';
import type { Chats, Executed } from './chats.ts';
import { wordsOf } from './lastLines.ts';
import { pointAfter } from './messagePoint.ts';
import type { JobChange } from './ports/jobs.ts';
import type { NewId } from './ports/newId.ts';
import type { Store } from './ports/store.ts';
import type { Replies } from './replies.ts';
import type { Rights } from './rights.ts';

export interface TimeTravelNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly rights: Rights;
  readonly replies: Pick<Replies, 'moved'>;
  readonly newId: NewId;
}

/** Who asks, and the interaction, or the button as it was drawn, that asks. */
export interface Traveller {
  readonly by: Standing;
  readonly command: string;
}

/** What would leave the story. */
export interface Departing {
  readonly turns: number;
  readonly scenes: number;
  readonly relationships: number;
  readonly memories: number;
}

/** A point that the story can go back to, and the words that it ends with. */
export interface Point {
  readonly node: NodeId;
  readonly name: string;
  readonly words: string;
}

/** How a move can be taken back: the version of the move, or the step that it was. */
export type Undoing =
  /** Whichever move was the last. */
  | { readonly kind: 'last' }
  | { readonly kind: 'move'; readonly version: number }
  | { readonly kind: 'step'; readonly node: NodeId };

export interface Moved {
  /** Null when the same was asked before: all of it has been said. */
  readonly undo: Exclude<Undoing, { kind: 'last' }> | null;
}

/** Steps that are counted before others get their turn. */
const STEPS = 500;
const pause = () => new Promise((resolve) => setImmediate(resolve));
/** The farthest that one can count back by hand. */
const FARTHEST = 10_000;

/** Where a story stands, and everything that a person can do to that: nothing is destroyed. */
export class TimeTravel {
  readonly #needs: TimeTravelNeeds;

  constructor(needs: TimeTravelNeeds) {
    this.#needs = needs;
  }

  /** The points behind the last words that everyone may read, the newest first: one message back, two... */
  points(chat: ChatId): Point[] {
    const { story } = this.#needs.chats.read(chat);
    return story.turns
      .slice(0, -1)
      .filter((turn) => turn.to === null)
      .map((turn) => ({
        node: turn.node,
        name: story.cast[turn.by]?.name ?? '',
        words: wordsOf(turn),
      }))
      .reverse();
  }

  /** The point so many turns back; the first turn for more than there are. @throws {Refusal} `out-of-date`. */
  back(chat: ChatId, turns: number): NodeId {
    const [point] = this.#needs.store.transcript(chat, Math.min(turns, FARTHEST) + 1);
    if (point === undefined) throw new Refusal('out-of-date');
    return point.node;
  }

  /** The point after a message. @throws {Refusal} `not-a-turn`. */
  after(chat: ChatId, message: string): NodeId {
    return pointAfter(this.#needs.store, this.#needs.chats.read(chat), message);
  }

  /**
   * What a rewind would take, counted without holding anyone up.
   * @throws {Refusal} `not-allowed`; `out-of-date` for a point that is not on the line; `already-there`.
   */
  async preview(
    chat: ChatId,
    to: NodeId,
    by: Standing,
  ): Promise<{ readonly goes: Departing; readonly point: Point }> {
    const { chats, rights } = this.#needs;
    rights.demand('rewind', by, chat);
    const known = chats.read(chat);
    rewind({ to }, known);
    const goes = await departing(known, to);
    const story = known.stateAt(to);
    const turn = story.turns.at(-1);
    const seen = turn?.to === null ? turn : undefined;
    const name = story.cast[seen?.by ?? '']?.name ?? '';
    return { goes, point: { node: to, name, words: seen === undefined ? '' : wordsOf(seen) } };
  }

  /** @throws {Refusal} `not-allowed`, `out-of-date`, `already-there`. */
  rewind(chat: ChatId, to: NodeId, traveller: Traveller): Promise<Moved> {
    return this.#move(chat, 'rewind', traveller, (known) => rewind({ to }, known));
  }

  /** @throws {Refusal} `not-allowed`; `nothing-to-undo` once the story has moved on. */
  async undo(chat: ChatId, what: Undoing, traveller: Traveller): Promise<void> {
    await this.#move(chat, 'rewind', traveller, (known) =>
      what.kind === 'step'
        ? undoReset(what, known)
        : undo({ move: what.kind === 'move' ? what.version : null }, known),
    );
  }

  /** Names the point where the story stands. @throws {Refusal} `not-allowed`, `name-taken`, `out-of-date`. */
  async save(chat: ChatId, name: string, traveller: Traveller): Promise<void> {
    const { store, chats } = this.#needs;
    await this.#execute(chat, 'branch', traveller, (known) => {
      if (known.head === null) throw new Refusal('out-of-date');
      const taken = store.saveOf(chats.rootOf(chat), name) !== null;
      return save({ name, at: known.head, taken }, known);
    });
  }

  /** The names in a story and its branches that hold all words of a query. */
  saves(chat: ChatId, query: string): string[] {
    const { store, chats } = this.#needs;
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    return store
      .family(chats.rootOf(chat))
      .flatMap((each) => Object.keys(chats.read(each).frame.saves))
      .filter((name) => words.every((word) => name.toLowerCase().includes(word)))
      .reverse();
  }

  /** Where a name stands, in this chat or a branch of its story; null for an unknown name. */
  savedAt(chat: ChatId, name: string): NodeId | null {
    return this.#needs.store.saveOf(this.#needs.chats.rootOf(chat), name);
  }

  /** @throws {Refusal} `not-allowed`, `unknown-save`, `already-there`; `save-elsewhere`: branch off there. */
  load(chat: ChatId, name: string, traveller: Traveller): Promise<Moved> {
    const at = this.savedAt(chat, name);
    return this.#move(chat, 'rewind', traveller, (known) => load({ at }, known));
  }

  /** Who can begin anew. */
  resettable(chat: ChatId): { readonly character: EntityId; readonly name: string }[] {
    return Object.values(this.#needs.chats.read(chat).story.cast)
      .filter(({ sheet }) => sheet !== null)
      .map(({ entity, name }) => ({ character: entity, name }));
  }

  /** @throws {Refusal} `not-allowed`, `unknown-entity`; `name-not-typed` for another name than its own. */
  reset(
    chat: ChatId,
    character: EntityId,
    typed: string,
    traveller: Traveller,
  ): Promise<Moved & { readonly name: string }> {
    const found = this.resettable(chat).find((each) => each.character === character);
    if (found === undefined) throw new Refusal('unknown-entity');
    const { name } = found;
    if (folded(typed) !== folded(name)) throw new Refusal('name-not-typed', { name });
    const node = this.#needs.newId();
    return this.#move(chat, 'reset', traveller, (known) => reset({ character, node }, known)).then(
      (moved) => ({ ...moved, name }),
    );
  }

  /**
   * Plays the kickoff again of a story that was reset; elsewhere nothing happens.
   * @param guest what whoever speaks goes by.
   */
  async begin(chat: ChatId, command: string, actor: EntityId, guest: string): Promise<void> {
    const { chats, newId, replies } = this.#needs;
    const { head, frame } = chats.read(chat);
    if (head !== null || frame.card === null) return;
    const nodes = { kickoff: newId(), greetings: firstWordsOf(frame.card).map(() => newId()) };
    const [greeting] = nodes.greetings;
    const owed: JobChange[] =
      greeting === undefined ? [] : [{ add: { kind: 'deliver', chat, node: greeting } }];
    await chats.execute({
      chat,
      id: `${command}:kickoff`,
      actor,
      decide: (known) => replayKickoff({ guest, place: `place:${newId()}`, nodes }, known),
      also: () => ({ jobs: owed }),
    });
    replies.moved(chat);
  }

  async #move(
    chat: ChatId,
    right: Right,
    traveller: Traveller,
    decide: (known: Chat) => readonly NewEvent[],
  ): Promise<Moved> {
    const { events, repeated } = await this.#execute(chat, right, traveller, decide);
    const [event] = events;
    if (event === undefined || repeated) return { undo: null };
    if (event.type === 'CharacterReset' && event.node !== null) {
      return { undo: { kind: 'step', node: event.node } };
    }
    return { undo: { kind: 'move', version: event.version } };
  }

  async #execute(
    chat: ChatId,
    right: Right,
    { by, command }: Traveller,
    decide: (known: Chat) => readonly NewEvent[],
  ): Promise<Executed> {
    const { rights, chats } = this.#needs;
    rights.demand(right, by, chat);
    return await chats.execute({ chat, id: command, actor: by.person, decide });
  }
}

const folded = (name: string): string => name.trim().toLowerCase().normalize('NFC');

/** What counts on the line after a point. */
async function departing(chat: Chat, to: NodeId): Promise<Departing> {
  const goes = { turns: 0, scenes: 0, relationships: 0, memories: 0 };
  let steps = 0;
  for (let at = chat.head; at !== null && at !== to; at = chat.parentOf(at)) {
    const node = chat.tree.node(at);
    if (turnOf(node) !== null && chat.tree.wordsOf(at)?.text !== null) goes.turns += 1;
    for (const { type } of chat.tree.counting(node)) {
      if (type === 'SceneOpened') goes.scenes += 1;
      else if (type === 'RelationshipShifted' || type === 'RelationshipSet')
        goes.relationships += 1;
      else if (type === 'MemoryWritten') goes.memories += 1;
    }
    steps += 1;
    if (steps % STEPS === 0) await pause();
  }
  return goes;
}
