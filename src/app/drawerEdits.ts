import type { Chat } from '../engine/chat.ts';
import { configureChat } from '../engine/deciders/changeChat.ts';
import { type Edit, editStory, takeBackEdit } from '../engine/deciders/editStory.ts';
import {
  type Doing,
  demandUnchanged,
  type EditTarget,
  factEdit,
  type Standing as Place,
  scoreEdit,
  valueAt,
} from '../engine/drawer/drawerEdit.ts';
import { inverseOf } from '../engine/drawer/inverseOf.ts';
import { markOf } from '../engine/drawer/mark.ts';
import { evolve } from '../engine/event.ts';
import { type ChatId, chatStream, type EntityId, type NodeId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import { emptyFrame } from '../engine/state/frame.ts';
import { isSame } from '../engine/state/pins.ts';
import { type MemoryKey, type Settings, settings as settingsShape } from '../engine/world.ts';
import { isSo } from './alreadySo.ts';
import type { Chats } from './chats.ts';
import type { NewId } from './ports/newId.ts';
import type { Remembered, Store } from './ports/store.ts';
import { resetPosition } from './recall.ts';
import type { Rights } from './rights.ts';
import type { Asked } from './storylines.ts';
import {
  type AskedAt,
  type Changed,
  memoryEdit,
  type Presence,
  type WorldEdits,
} from './worldEdits.ts';

export interface DrawerEditNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly rights: Rights;
  readonly world: WorldEdits;
  readonly newId: NewId;
}

type Target<K extends EditTarget['kind']> = Extract<EditTarget, { kind: K }>;

/** What someone changes in the drawer: what it is about, and what becomes of it. */
export type DrawerEdit =
  | { readonly kind: 'activity'; readonly entity: EntityId; readonly doing: Doing }
  | { readonly kind: 'place'; readonly entity: EntityId; readonly place: string }
  | { readonly kind: 'presence'; readonly entity: EntityId; readonly how: Presence }
  | { readonly kind: 'clock'; readonly minutes: number; readonly anchor: string | null }
  | { readonly kind: 'weather'; readonly weather: string | null }
  | {
      readonly kind: 'scene';
      readonly open: { readonly place: string; readonly time: string; readonly opening: string };
    }
  | { readonly kind: 'scene'; readonly close: { readonly significance: number } }
  | (Target<'score'> & { readonly change: { readonly by: number } | { readonly to: number } })
  | (Target<'relationship-summary'> & { readonly text: string })
  /** Null takes the fact away. */
  | (Target<'fact'> & { readonly text: string | null })
  | (Target<'scene-summary'> & { readonly text: string })
  | (Target<'memory'> & { readonly change: MemoryChange })
  | { readonly kind: 'setting'; readonly setting: keyof Settings; readonly value: unknown };

export type MemoryChange =
  | 'pin'
  | 'unpin'
  | 'forget'
  | { readonly text: string }
  | { readonly significance: number };

/** What was changed: null for a setting, which is no step of the story. */
export interface DrawerChanged extends Omit<Changed, 'node'> {
  readonly node: NodeId | null;
  /** Of the log, after it: names a setting's change. */
  readonly version: number;
}

/**
 * What people change in the drawer. Every edit names the value that it was drawn at: where another
 * stands there by now, it is refused with that one, and nothing is overwritten.
 */
export class DrawerEdits {
  readonly #needs: DrawerEditNeeds;

  constructor(needs: DrawerEditNeeds) {
    this.#needs = needs;
  }

  /** Of the log. */
  version(chat: ChatId): number {
    return this.#needs.chats.read(chat).version;
  }

  /** Whether a command was taken before: what it took away is not there for it to be pressed again. */
  isDone(chat: ChatId, command: string): boolean {
    return this.#needs.store.recorded(chatStream(chat), command) !== null;
  }

  /** What stands there now, to be filled into a form; an edit names it by its mark. @throws {Refusal} `not-allowed`. */
  value(chat: ChatId, target: EditTarget, { by }: Pick<Asked, 'by'>): unknown {
    this.#needs.rights.demand('edit-state', by, chat);
    return valueAt(this.#placeOf(this.#needs.chats.read(chat), target), target);
  }

  /**
   * @param drawn the mark of the value that was shown.
   * @throws {Refusal} `not-allowed`; `changed-meanwhile` with the value by `now`; what the edit itself
   * throws: `already-so` where that would change nothing; `unknown-entity`, `unknown-memory`, `pins-full`, `scene-open`, `no-scene`, `already-there`,
   * `bad-setting`.
   */
  async change(
    chat: ChatId,
    edit: DrawerEdit,
    drawn: string,
    { command, by }: Asked,
  ): Promise<DrawerChanged> {
    const { world, rights, chats } = this.#needs;
    rights.demand('edit-state', by, chat);
    const unchanged = (known: Chat) => {
      const place = this.#placeOf(known, edit);
      demandUnchanged(place, edit, drawn);
      if (isSo(edit, valueAt(place, edit), known.story)) throw new Refusal('already-so');
    };
    const asked: AskedAt = { command, by, unchanged };
    const done = async (work: Promise<Changed>): Promise<DrawerChanged> => ({
      ...(await work),
      version: chats.read(chat).version,
    });
    switch (edit.kind) {
      case 'place':
        return done(world.move(chat, edit.entity, edit.place, asked));
      case 'presence':
        return done(world.presence(chat, edit.entity, edit.how, asked));
      case 'clock':
        return done(world.time(chat, edit, asked));
      case 'weather':
        return done(world.weather(chat, edit.weather, asked));
      case 'scene':
        return done(
          'open' in edit
            ? world.openScene(chat, edit.open, asked)
            : world.closeScene(chat, edit.close.significance, asked),
        );
      case 'memory':
        return done(this.#changeMemory(chat, edit, asked));
      case 'setting':
        return this.#set(chat, edit, asked);
      default:
        return done(world.edit(chat, asked, (known) => [editOf(edit, known)]));
    }
  }

  /**
   * Takes an edit back: as long as the story stands where it left it, by going back before it; after
   * that by its other way round, as a step of its own.
   * @throws {Refusal} `not-allowed`, `nothing-to-undo`; `changed-meanwhile` where it was changed again.
   */
  async undo(chat: ChatId, node: NodeId, asked: Asked): Promise<void> {
    const { rights, chats, newId } = this.#needs;
    rights.demand('edit-state', asked.by, chat);
    const own = newId();
    await chats.execute({
      chat,
      id: asked.command,
      actor: asked.by.person,
      decide: (known) => {
        if (known.head === node) return takeBackEdit({ node }, known);
        if (!known.isOnLine(node)) throw new Refusal('nothing-to-undo');
        return inverseOf(known, node, (key) => this.#read(known, key)).flatMap((edit) => {
          const shown = 'memory' in edit.payload ? this.#read(known, edit.payload.memory) : null;
          const before = shown === null ? {} : { shown: shown.text };
          return editStory({ node: own, edit, ...before }, known);
        });
      },
    });
  }

  /**
   * Sets a setting back to what it was before it was changed.
   * @param version of the change, as the history names it.
   * @throws {Refusal} `not-allowed`, `nothing-to-undo`; `changed-meanwhile` where it was changed again.
   */
  async undoSetting(chat: ChatId, version: number, asked: Asked): Promise<void> {
    const { rights, chats, store } = this.#needs;
    rights.demand('edit-state', asked.by, chat);
    await chats.execute({
      chat,
      id: asked.command,
      actor: asked.by.person,
      decide: (known) => {
        const events = store.frameEvents(chat, 0);
        const change = events.find((event) => event.version === version);
        if (change?.type !== 'ChatConfigured') throw new Refusal('nothing-to-undo');
        const { settings: was } = events
          .filter((event) => event.version < version)
          .reduce(evolve<'frame'>, emptyFrame);
        const back = Object.entries(change.payload.settings).map(([setting, value]) => {
          const target = { kind: 'setting', setting: setting as keyof Settings } as const;
          demandUnchanged(this.#placeOf(known, target), target, markOf(value));
          return [setting, was[target.setting]];
        });
        return configureChat({ settings: Object.fromEntries(back) }, known);
      },
    });
  }

  async #changeMemory(
    chat: ChatId,
    { memory, change }: Extract<DrawerEdit, { kind: 'memory' }>,
    { command, by, unchanged }: AskedAt,
  ): Promise<Changed> {
    const { chats, newId } = this.#needs;
    const node = newId();
    const done = await chats.execute({
      chat,
      id: command,
      actor: by.person,
      decide: (known) => {
        const found = this.#read(known, memory);
        if (found === null) throw new Refusal('unknown-memory');
        unchanged?.(known);
        const edit = ratedOr(found, change);
        return [...editStory({ node, edit, shown: found.text }, known)];
      },
    });
    return { node: done.events[0]?.node ?? node, story: done.chat.story };
  }

  async #set(
    chat: ChatId,
    { setting, value }: Extract<DrawerEdit, { kind: 'setting' }>,
    { command, by, unchanged }: AskedAt,
  ): Promise<DrawerChanged> {
    const parsed = settingsShape.partial().safeParse({ [setting]: value });
    if (!parsed.success) throw new Refusal('bad-setting', { field: setting });
    const done = await this.#needs.chats.execute({
      chat,
      id: command,
      actor: by.person,
      decide: (known) => {
        unchanged?.(known);
        return configureChat({ settings: parsed.data }, known);
      },
    });
    const version = done.events[0]?.version ?? done.chat.version;
    return { node: null, version, story: done.chat.story };
  }

  #placeOf(known: Chat, target: EditTarget): Place {
    const { story, frame } = known;
    const found = target.kind === 'memory' ? this.#read(known, target.memory) : null;
    const pin =
      target.kind === 'memory'
        ? story.pins[target.memory.owner]?.find((each) => isSame(each.memory, target.memory))
        : undefined;
    const memory = found && {
      text: found.text,
      significance: found.significance,
      byHand: pin?.byHand ?? null,
    };
    return { story, settings: frame.settings, memory };
  }

  #read(known: Chat, key: MemoryKey): Remembered | null {
    return this.#needs.store.memory(known.id, key, resetPosition(known, key.owner));
  }
}

function ratedOr(found: Remembered, change: MemoryChange): Edit {
  const { memory, significance } = found;
  if (typeof change === 'string' || 'text' in change) return memoryEdit(found, change);
  const rated = { memory, significance: change.significance, before: significance };
  return { type: 'MemoryRated', payload: rated };
}

function editOf(
  edit: Exclude<
    DrawerEdit,
    { kind: 'place' | 'presence' | 'clock' | 'weather' | 'scene' | 'memory' | 'setting' }
  >,
  { story }: Chat,
): Edit {
  switch (edit.kind) {
    case 'activity':
      return {
        type: 'ActivityChanged',
        payload: { entity: edit.entity, changes: edit.doing },
      };
    case 'score':
      return scoreEdit(edit, edit.change);
    case 'relationship-summary': {
      const { from, to, text } = edit;
      return { type: 'RelationshipSummarized', payload: { from, to, summary: text } };
    }
    case 'fact':
      return factEdit(story, edit, edit.text);
    case 'scene-summary': {
      const { owner, scene, text } = edit;
      const known = story.summaries[owner]?.find((each) => each.scene === scene);
      const significance = known?.significance ?? 1;
      return { type: 'SceneSummarized', payload: { owner, scene, text, significance } };
    }
  }
}
