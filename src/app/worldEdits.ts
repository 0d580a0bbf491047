import type { Chat } from '../engine/chat.ts';
import { type Edit, editStory, editTogether, takeBackEdit } from '../engine/deciders/editStory.ts';
import type { ChatId, EntityId, NodeId, PlaceId } from '../engine/ids.ts';
import { isCharacter } from '../engine/ids.ts';
import { isAwake } from '../engine/presence.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { StoryState } from '../engine/state/story.ts';
import { type MemoryKey, namedPlace } from '../engine/world.ts';
import type { Chats } from './chats.ts';
import type { HomeRules } from './homeRules.ts';
import type { Homes } from './homes.ts';
import type { NewId } from './ports/newId.ts';
import type { Remembered, Store } from './ports/store.ts';
import type { Rights } from './rights.ts';
import type { Asked } from './storylines.ts';

interface Needs {
  readonly store: Store;
  readonly chats: Chats;
  readonly homes: Homes;
  readonly rules: HomeRules;
  readonly rights: Rights;
  readonly newId: NewId;
}

/** Someone comes or goes, falls asleep or wakes. */
export type Presence = 'comes' | 'goes' | 'sleeps' | 'wakes' | 'away';

/** What was changed: the step that it is, so that it can be taken back. */
export interface Changed {
  readonly node: NodeId;
  readonly story: StoryState;
}

/** Who asks, and what has to stand yet for it to be done. */
export interface AskedAt extends Asked {
  /** @throws {Refusal} where it does not. */
  readonly unchanged?: (known: Chat) => void;
}

/** Memories that are read at once for a list. */
const LISTED = 1_000;

/** What people change about a story's world by hand: each is one step of the story, by whom it was. */
export class WorldEdits {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** The story as it stands. */
  storyOf(chat: ChatId): StoryState {
    return this.#needs.chats.read(chat).story;
  }

  /**
   * Opens a scene in a place, made where nobody has named it before; everyone present is there.
   * @throws {Refusal} `scene-open`.
   */
  openScene(
    chat: ChatId,
    scene: { readonly place: string; readonly time: string; readonly opening: string },
    asked: AskedAt,
  ): Promise<Changed> {
    const made: PlaceId = `place:${this.#needs.newId()}`;
    return this.edit(chat, asked, ({ story }) => {
      const [place, edits] = placeNamed(story, scene.place, made);
      const participants = Object.keys(story.cast).filter((entity) => isAwake(story, entity));
      const { time, opening } = scene;
      return [...edits, { type: 'SceneOpened', payload: { place, time, opening, participants } }];
    });
  }

  /** @throws {Refusal} `no-scene`. */
  closeScene(chat: ChatId, significance: number, asked: AskedAt): Promise<Changed> {
    return this.edit(chat, asked, () => [{ type: 'SceneClosed', payload: { significance } }]);
  }

  /**
   * Someone goes to another place of the story, made where nobody has named it before.
   * @throws {Refusal} `unknown-entity`.
   */
  move(chat: ChatId, entity: EntityId, to: string, asked: AskedAt): Promise<Changed> {
    const made: PlaceId = `place:${this.#needs.newId()}`;
    return this.edit(chat, asked, ({ story }) => {
      const [place, edits] = placeNamed(story, to, made);
      return [...edits, { type: 'ActivityChanged', payload: { entity, changes: { place } } }];
    });
  }

  /**
   * Someone comes, goes, falls asleep or wakes. A character of the home who is not in the story yet
   * comes with its newest sheet.
   * @throws {Refusal} `unknown-entity`, `unknown-character`, `already-there`, `only-age-restricted`,
   *   `no-adults`.
   */
  async presence(chat: ChatId, entity: EntityId, how: Presence, asked: AskedAt): Promise<Changed> {
    if (how === 'comes') await this.#admit(chat, entity);
    return await this.edit(chat, asked, ({ story, frame }) => {
      const member = story.cast[entity];
      if (how === 'comes') {
        if (member?.present) throw new Refusal('already-there');
        if (member !== undefined) {
          const { name, sheet, revision } = member;
          return [{ type: 'EntityEntered', payload: { entity, name, sheet, revision } }];
        }
        if (!isCharacter(entity)) throw new Refusal('unknown-entity');
        const { sheet, revision } = this.#needs.homes.character(frame.home, entity);
        return [{ type: 'EntityEntered', payload: { entity, name: sheet.name, sheet, revision } }];
      }
      if (how === 'goes') {
        if (member?.present === false) throw new Refusal('already-there');
        return [{ type: 'EntityLeft', payload: { entity } }];
      }
      const status = ({ sleeps: 'asleep', wakes: 'awake', away: 'away' } as const)[how];
      return [{ type: 'ActivityChanged', payload: { entity, changes: { status } } }];
    });
  }

  /** Whether a character plays here by an older sheet than its newest. */
  playsOlder(chat: ChatId, character: EntityId): boolean {
    const { story, frame } = this.#needs.chats.read(chat);
    const playing = story.cast[character]?.revision ?? null;
    const newest = this.#needs.homes.read(frame.home).characters[character]?.revision;
    return playing !== null && newest !== undefined && playing < newest;
  }

  /**
   * A character plays by its newest sheet from here on.
   * @throws {Refusal} `unknown-character`, `unknown-entity`, `already-there`.
   */
  newSheet(chat: ChatId, entity: EntityId, asked: Asked): Promise<Changed> {
    return this.edit(chat, asked, ({ story, frame }) => {
      const { sheet, revision } = this.#needs.homes.character(frame.home, entity);
      if (story.cast[entity]?.revision === revision) throw new Refusal('already-there');
      return [{ type: 'SheetUpdated', payload: { entity, sheet, revision } }];
    });
  }

  weather(chat: ChatId, weather: string | null, asked: AskedAt): Promise<Changed> {
    return this.edit(chat, asked, () => [{ type: 'WeatherChanged', payload: { weather } }]);
  }

  /** @param clock minutes that pass, and what days count from where that is said anew. */
  time(
    chat: ChatId,
    clock: { readonly minutes: number; readonly anchor: string | null },
    asked: AskedAt,
  ): Promise<Changed> {
    return this.edit(chat, asked, () => [{ type: 'ClockAdvanced', payload: clock }]);
  }

  /**
   * What a character remembers, oldest first, or the best matches of some words: as far as whoever asks
   * witnessed it too; the story's owner, and whoever moderates, may read everything.
   * @throws {Refusal} `unknown-entity`.
   */
  memories(
    chat: ChatId,
    owner: EntityId,
    words: readonly string[] | null,
    by: Standing,
  ): Remembered[] {
    const viewer = this.#needs.rights.may('edit-state', by, chat) ? null : by.person;
    const known = this.#needs.chats.read(chat);
    const member = known.story.cast[owner];
    if (!member?.sheet) throw new Refusal('unknown-entity');
    const after = member.resetAt === null ? -1 : known.tree.node(member.resetAt).position;
    return this.#needs.store
      .memories(chat, owner, { words, after, limit: LISTED })
      .filter(({ memory }) => viewer === null || isWitness(known, memory, viewer));
  }

  /** A memory that someone writes into a character's mind; they know of it themselves. */
  remember(
    chat: ChatId,
    memory: { readonly owner: EntityId; readonly text: string; readonly significance: number },
    asked: Asked,
  ): Promise<Changed> {
    return this.edit(chat, asked, ({ story }) => {
      if (!story.cast[memory.owner]?.sheet) throw new Refusal('unknown-entity');
      const here = {
        witnesses: [memory.owner, asked.by.person],
        scene: story.scene?.id ?? null,
        storyTime: story.clock.minutes,
      };
      const payload = { ...memory, ...here, kind: 'fact', source: 'direct', reliability: 100 };
      return [{ type: 'MemoryWritten', payload } as Edit];
    });
  }

  /**
   * Pins, unpins, rewrites or forgets a memory.
   * @throws {Refusal} `not-allowed`, `unknown-memory`, `pins-full`.
   */
  async changeMemory(
    chat: ChatId,
    memory: MemoryKey,
    change: 'pin' | 'unpin' | 'forget' | { readonly text: string },
    asked: Asked,
  ): Promise<Changed> {
    this.#needs.rights.demand('edit-state', asked.by, chat);
    const found = this.memories(chat, memory.owner, null, asked.by).find(
      (each) => each.memory.node === memory.node,
    );
    if (found === undefined) throw new Refusal('unknown-memory');
    const edit = memoryEdit(found, change);
    const node = this.#needs.newId();
    const done = await this.#needs.chats.execute({
      chat,
      id: asked.command,
      actor: asked.by.person,
      decide: (known) => editStory({ node, edit, shown: found.text }, known),
    });
    return { node: done.events[0]?.node ?? node, story: done.chat.story };
  }

  /** @throws {Refusal} `nothing-to-undo` once the story has moved on. */
  async takeBack(chat: ChatId, node: NodeId, { command, by }: Asked): Promise<void> {
    this.#needs.rights.demand('edit-state', by, chat);
    const decide = (known: Chat) => takeBackEdit({ node }, known);
    await this.#needs.chats.execute({ chat, id: command, actor: by.person, decide });
  }

  /** Whether a character may come into the story where it is played. */
  async #admit(chat: ChatId, entity: EntityId): Promise<void> {
    const { chats, homes, rules } = this.#needs;
    const { story, frame } = chats.read(chat);
    if (!isCharacter(entity)) return;
    const sheet = story.cast[entity]?.sheet ?? homes.character(frame.home, entity).sheet;
    await rules.admit(frame.home, frame.binding?.channel ?? null, sheet);
  }

  /** Changes the story in one step. @throws {Refusal} `not-allowed`, and as {@link editTogether}. */
  async edit(
    chat: ChatId,
    { command, by, unchanged }: AskedAt,
    edits: (known: Chat) => readonly Edit[],
  ): Promise<Changed> {
    this.#needs.rights.demand('edit-state', by, chat);
    const node = this.#needs.newId();
    const { events, chat: known } = await this.#needs.chats.execute({
      chat,
      id: command,
      actor: by.person,
      decide: (before) => {
        unchanged?.(before);
        return editTogether({ node, edits: edits(before) }, before);
      },
    });
    return { node: events[0]?.node ?? node, story: known.story };
  }
}

/** A place of the story by its name or id, made where there is none of that name. */
function placeNamed(story: StoryState, named: string, made: PlaceId): [PlaceId, Edit[]] {
  const name = named.trim().toLowerCase();
  const known = Object.entries(story.places).find(
    ([id, place]) => id === named || place.name.toLowerCase() === name,
  );
  if (known !== undefined) return [known[0], []];
  const place = namedPlace(named.trim());
  return [made, [{ type: 'PlaceCreated', payload: { id: made, place } }]];
}

export function memoryEdit(
  { memory, significance }: Remembered,
  change: 'pin' | 'unpin' | 'forget' | { readonly text: string },
): Edit {
  if (change === 'pin') return { type: 'MemoryPinned', payload: { memory, significance } };
  if (change === 'unpin') return { type: 'MemoryUnpinned', payload: { memory } };
  if (change === 'forget') return { type: 'MemoryForgotten', payload: { memory } };
  return { type: 'MemoryRevised', payload: { memory, text: change.text } };
}

function isWitness(chat: Chat, { node, owner }: MemoryKey, viewer: EntityId): boolean {
  return chat.tree
    .counting(chat.tree.node(node))
    .some(
      (event) =>
        event.type === 'MemoryWritten' &&
        event.payload.owner === owner &&
        event.payload.witnesses.includes(viewer),
    );
}
