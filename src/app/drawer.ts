import type { Chat } from '../engine/chat.ts';
import { castView } from '../engine/drawer/castView.ts';
import { markOf } from '../engine/drawer/mark.ts';
import { type PinsView, pinsView } from '../engine/drawer/pinsView.ts';
import {
  type RelationshipSeen,
  relationshipBetween,
  relationshipsView,
} from '../engine/drawer/relationshipsView.ts';
import { sceneView } from '../engine/drawer/sceneView.ts';
import { type SummarySeen, summariesView } from '../engine/drawer/summariesView.ts';
import { type Eyes, eyesOf, type Viewpoint } from '../engine/drawer/viewpoint.ts';
import type { PayloadFor } from '../engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import type { Standing } from '../engine/rights.ts';
import type { Pin } from '../engine/state/story.ts';
import { KEPT_SUMMARIES } from '../engine/state/summaries.ts';
import type { MemoryKey, Settings } from '../engine/world.ts';
import type { Chats } from './chats.ts';
import { type EditDone, editHistory } from './editHistory.ts';
import type { Homes } from './homes.ts';
import { placeOfMessage } from './lastLines.ts';
import { booksOf } from './lore.ts';
import type { MessagePlace } from './ports/rooms.ts';
import type { Remembered, Store } from './ports/store.ts';
import { type Reason, type ReasonPage, reasonsOf } from './reasons.ts';
import { resetPosition } from './recall.ts';
import type { Rights } from './rights.ts';

export type { EditDone, Reason, ReasonPage };

export interface DrawerNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly homes: Homes;
  readonly rights: Rights;
}

/** A page of a long list; pages count from 0. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly hasMore: boolean;
}

/** A memory as the drawer shows it. */
export interface MemorySeen extends Remembered {
  readonly kind: PayloadFor<'MemoryWritten'>['kind'];
  /** Who told it; null for what its owner saw or heard. */
  readonly toldBy: string | null;
  /** Per cent. */
  readonly reliability: number;
  /** Minutes of the story's clock. */
  readonly storyTime: number;
  /** Null for what is not pinned. */
  readonly pin: Pin | null;
  /** The last of the words that it was made from; null where no message shows them. */
  readonly place: MessagePlace | null;
  /** What an edit of it names. */
  readonly mark: string;
}

export interface MemoriesTab extends Page<MemorySeen> {
  readonly owner: EntityId;
  readonly ownerName: string;
  /** Characters whose memories can be looked at. */
  readonly owners: readonly { readonly entity: EntityId; readonly name: string }[];
  readonly words: string | null;
  readonly pins: PinsView;
  /** What would give way to the next pin, where it is known to who looks; null where nothing would. */
  readonly givesWay: { readonly text: string | null } | null;
}

export interface SoFarTab extends Page<SummarySeen> {
  /** Where the summaries before these are read; null where there can be none. */
  readonly older: NodeId | null;
}

export interface LoreTab {
  readonly books: readonly {
    readonly name: string;
    /** The character whose book it is; null for one of the home. */
    readonly of: string | null;
    readonly entries: number;
    /** What it holds; empty but for the full view, since it is not for players to read ahead. */
    readonly held: readonly { readonly name: string; readonly content: string }[];
  }[];
}

/** How a story is set; what only its owner should read is null but for the full view. */
export interface SettingsTab {
  readonly name: string;
  readonly settings: Settings;
  readonly isFull: boolean;
}

const PER_PAGE = { memories: 5, summaries: 5, edits: 8 } as const;

/** What a story holds, as far as whoever looks may know. Nothing here changes anything. */
export class Drawer {
  readonly #needs: DrawerNeeds;

  constructor(needs: DrawerNeeds) {
    this.#needs = needs;
  }

  /** Whether someone may be given the full view: whoever may change what a story holds. */
  maySeeAll(chat: ChatId, by: Standing): boolean {
    return this.#needs.rights.may('edit-state', by, chat);
  }

  /** @throws {Refusal} `not-allowed` for a full view that is not theirs. */
  viewpoint(chat: ChatId, by: Standing, full: boolean): Viewpoint {
    if (full) this.#needs.rights.demand('edit-state', by, chat);
    return full ? { kind: 'full' } : { kind: 'person', person: by.person };
  }

  scene(chat: ChatId, view: Viewpoint) {
    const { known, eyes } = this.#look(chat, view);
    return sceneView(known.story, eyes);
  }

  cast(chat: ChatId, view: Viewpoint) {
    const { known, eyes } = this.#look(chat, view);
    return castView(known.story, eyes);
  }

  relationships(chat: ChatId, view: Viewpoint) {
    const { known, eyes } = this.#look(chat, view);
    return relationshipsView(known.story, eyes);
  }

  /** One of them, whether anything has passed between the two or not; null for whom they have not met. */
  relationship(
    chat: ChatId,
    { from, to }: { readonly from: EntityId; readonly to: EntityId },
    view: Viewpoint,
  ): RelationshipSeen | null {
    const { known, eyes } = this.#look(chat, view);
    return relationshipBetween(known.story, from, to, eyes);
  }

  /** Those whom who looks has met: between any two of them something can be set. */
  met(chat: ChatId, view: Viewpoint) {
    const { known, eyes } = this.#look(chat, view);
    return castView(known.story, eyes).members.filter(({ entity }) => eyes.met(entity));
  }

  /**
   * What changed how one stands to another, the newest first, each with the words that caused it.
   * @param before the position to go on from, of the page before; null for the newest.
   */
  reasons(
    chat: ChatId,
    { from, to }: { readonly from: EntityId; readonly to: EntityId },
    view: Viewpoint,
    before: number | null = null,
  ): ReasonPage {
    const { known, eyes } = this.#look(chat, view);
    const isMet = eyes.met(from) && eyes.met(to);
    return isMet
      ? reasonsOf(this.#needs, known, { from, to }, eyes, before)
      : { items: [], older: null };
  }

  /**
   * What a character remembers, the last written first, or what fits some words best.
   * @param owner null for the first character of the story.
   */
  memories(
    chat: ChatId,
    asked: {
      readonly owner: EntityId | null;
      readonly words: string | null;
      readonly page: number;
    },
    view: Viewpoint,
  ): MemoriesTab {
    const { known, eyes } = this.#look(chat, view);
    const { story } = known;
    const owners = Object.values(story.cast).filter(({ sheet }) => sheet !== null);
    const owner = owners.find(({ entity }) => entity === asked.owner) ?? owners[0];
    const { entity = '', name = '' } = owner ?? {};
    const page = Math.max(0, asked.page);
    const found = this.#memoriesOf(known, entity, eyes, asked.words, page);
    const pins = pinsView(story, entity);
    return {
      owner: entity,
      ownerName: name,
      owners: owners.map(({ entity, name }) => ({ entity, name })),
      words: asked.words,
      items: found.slice(0, PER_PAGE.memories).map((each) => this.#memorySeen(known, each)),
      page,
      hasMore: found.length > PER_PAGE.memories,
      pins,
      givesWay: pins.givesWay && { text: this.#textFor(known, pins.givesWay.memory, eyes) },
    };
  }

  /** One memory; null where it is not there, or not theirs to know. */
  memory(chat: ChatId, key: MemoryKey, view: Viewpoint): MemorySeen | null {
    const { known, eyes } = this.#look(chat, view);
    if (this.#textFor(known, key, eyes) === null) return null;
    const found = this.#needs.store.memory(chat, key, resetPosition(known, key.owner));
    return found === null ? null : this.#memorySeen(known, found);
  }

  /**
   * What the characters made of the scenes that have ended, the newest first.
   * @param at where the page is read, as the one before named it; null for the newest.
   */
  soFar(
    chat: ChatId,
    {
      of,
      at,
      page,
    }: { readonly of: EntityId | null; readonly at: NodeId | null; readonly page: number },
    view: Viewpoint,
  ): SoFarTab {
    const { known, eyes } = this.#look(chat, view);
    const story = at === null || !known.isOnLine(at) ? known.story : known.stateAt(at);
    // Where a character's are as many as are held, there may be older ones.
    const oldest = Object.entries(story.summaries)
      .filter(([owner, held]) => (of === null || owner === of) && held.length >= KEPT_SUMMARIES)
      .flatMap(([, [first]]) => (first === undefined ? [] : known.tree.node(first.scene)))
      .sort((a, b) => b.position - a.position)[0];
    const positionOf = ({ scene }: SummarySeen) => known.tree.node(scene).position;
    const all = summariesView(story, eyes, of)
      // Whoever began anew looks back on nothing from before.
      .filter((each) => positionOf(each) >= resetPosition(known, each.owner))
      .sort((a, b) => positionOf(b) - positionOf(a));
    const first = Math.max(0, page) * PER_PAGE.summaries;
    const items = all.slice(first, first + PER_PAGE.summaries);
    const hasMore = all.length > first + PER_PAGE.summaries;
    return { items, page: Math.max(0, page), hasMore, older: oldest?.parent ?? null };
  }

  lore(chat: ChatId, view: Viewpoint): LoreTab {
    const { known } = this.#look(chat, view);
    const { story, frame } = known;
    const books = [
      ...Object.values(story.cast).flatMap(({ name, sheet }) =>
        sheet?.book ? [{ book: sheet.book, of: name }] : [],
      ),
      ...booksOf(this.#needs.homes.read(frame.home), frame.settings).map((book) => ({
        book,
        of: null,
      })),
    ];
    return {
      books: books.map(({ book, of }) => ({
        name: book.name,
        of,
        entries: book.entries.length,
        held:
          view.kind === 'full' ? book.entries.map(({ name, content }) => ({ name, content })) : [],
      })),
    };
  }

  settings(chat: ChatId, view: Viewpoint): SettingsTab {
    const { name, settings } = this.#needs.chats.read(chat).frame;
    const isFull = view.kind === 'full';
    const hidden = { authorsNote: null, instructions: null, frame: null };
    return { name, settings: isFull ? settings : { ...settings, ...hidden }, isFull };
  }

  /** What people changed by hand, the newest first. */
  history(chat: ChatId, view: Viewpoint, page: number): Page<EditDone> {
    const { known } = this.#look(chat, view);
    const at = Math.max(0, page);
    const offset = at * PER_PAGE.edits;
    const found = editHistory(this.#needs.store, known, view, {
      offset,
      limit: PER_PAGE.edits + 1,
    });
    const items = found.slice(0, PER_PAGE.edits);
    return { items, page: at, hasMore: found.length > PER_PAGE.edits };
  }

  #look(chat: ChatId, view: Viewpoint): { readonly known: Chat; readonly eyes: Eyes } {
    const known = this.#needs.chats.read(chat);
    return { known, eyes: eyesOf(known.story, view) };
  }

  #memoriesOf(
    known: Chat,
    owner: EntityId,
    eyes: Eyes,
    words: string | null,
    page: number,
  ): Remembered[] {
    // Nobody is there to have witnessed anything.
    if (eyes.kind !== 'full' && eyes.of.length === 0) return [];
    return this.#needs.store.memoryPage(known.id, owner, {
      words: words === null ? null : wordsIn(words),
      after: resetPosition(known, owner),
      viewers: eyes.of,
      offset: page * PER_PAGE.memories,
      limit: PER_PAGE.memories + 1,
    });
  }

  #memorySeen(known: Chat, found: Remembered): MemorySeen {
    const { memory, text, significance } = found;
    const written = writtenAt(known, memory);
    const source = written?.payload.source ?? 'direct';
    const pin = (known.story.pins[memory.owner] ?? []).find(
      (each) => each.memory.node === memory.node,
    );
    const from = written?.sources.at(-1)?.node ?? memory.node;
    return {
      ...found,
      kind: written?.payload.kind ?? 'event',
      toldBy:
        source === 'direct' ? null : (known.story.cast[source.slice(TOLD_BY.length)]?.name ?? ''),
      reliability: written?.payload.reliability ?? 100,
      storyTime: written?.payload.storyTime ?? 0,
      pin: pin ?? null,
      place: placeOfMessage(this.#needs, known, from),
      mark: markOf({ text, significance, byHand: pin?.byHand ?? null }),
    };
  }

  /** The text of a memory as these eyes may read it; null for what they did not witness. */
  #textFor(known: Chat, key: MemoryKey, eyes: Eyes): string | null {
    const written = known.has(key.node) ? writtenAt(known, key) : null;
    if (written === null || !eyes.knows(written.payload.witnesses)) return null;
    const after = resetPosition(known, key.owner);
    return this.#needs.store.memory(known.id, key, after)?.text ?? null;
  }
}

const TOLD_BY = 'told_by:';

/** How a memory was written, as it counts. */
function writtenAt(known: Chat, { node, owner }: MemoryKey) {
  const found = known.tree
    .counting(known.tree.node(node))
    .findLast((event) => event.type === 'MemoryWritten' && event.payload.owner === owner);
  return found?.type === 'MemoryWritten' ? found : null;
}

/** The words that somebody typed to search by. */
const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu)?.slice(0, 12) ?? [];
