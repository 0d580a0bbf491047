import type { SceneView } from '../engine/drawer/sceneView.ts';
import type { ChatId, EntityId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Chats } from './chats.ts';
import { KeyedQueue } from './keyedQueue.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';
import type { Rights } from './rights.ts';
import type { Asked } from './storylines.ts';

/** A message that shows the state of a channel's story to everyone who reads along. */
export interface Panel {
  readonly channel: string;
  readonly chat: ChatId;
  readonly message: string;
  /** The message that showed it before, until it is taken away. */
  readonly old: string | null;
  /** Who put it there. */
  readonly by: EntityId;
  /** Milliseconds since 1970. */
  readonly posted: number;
}

/** Panels outlive the process that put them up. */
export interface PanelLog {
  put(panel: Panel): void;
  in(channel: string): Panel | null;
  all(): Panel[];
  remove(channel: string): void;
}

/**
 * What became of a change to a message: `gone` was deleted, `old` takes no more for now, and `passing`
 * may work in a moment.
 */
export type Outcome = 'shown' | 'gone' | 'old' | 'passing' | 'unreachable';

/** What everyone present knows of a story, and its name. */
export interface PanelView {
  readonly story: string;
  readonly scene: SceneView;
}

/** Where panels are shown: Discord, to the engine. */
export interface Board {
  /** @throws {Refusal} `may-not-speak` with the missing permission. */
  post(chat: ChatId, channel: string, view: PanelView, by: EntityId): Promise<string>;
  edit(panel: Panel, view: PanelView): Promise<Outcome>;
  /** Never throws: what cannot be taken away stays. */
  remove(channel: string, message: string): Promise<void>;
}

export interface PanelsNeeds {
  readonly store: Pick<Store, 'panels' | 'chatIn'>;
  readonly chats: Chats;
  readonly rights: Rights;
  readonly board: Board;
  /** What everyone present knows. */
  view(chat: ChatId): PanelView;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds between two changes of a panel, at the least. */
const EVERY = 5_000;
/** Discord limits edits of messages older than an hour: a panel is put up anew before. */
const OLD = 50 * 60_000;

interface Live {
  due: boolean;
  /** What the message shows, as JSON; null where that is not known. */
  shown: string | null;
  at: number;
  following: Promise<void> | null;
}

/** The live panels: each follows its story, at most once in 5 s. */
export class Panels {
  readonly #needs: PanelsNeeds;
  readonly #panels = new Map<string, Panel>();
  readonly #live = new Map<string, Live>();
  readonly #queue = new KeyedQueue<string>();
  readonly #closing = new AbortController();

  constructor(needs: PanelsNeeds) {
    this.#needs = needs;
  }

  /** The panel in a channel; null where there is none. */
  in(channel: string): Panel | null {
    return this.#panels.get(channel) ?? null;
  }

  /**
   * Puts a panel up in the channel of a story; one that stands there stays.
   * @throws {Refusal} `not-allowed`, `may-not-speak`.
   */
  pin(chat: ChatId, channel: string, { by }: Pick<Asked, 'by'>): Promise<Panel> {
    const { rights, board, clock } = this.#needs;
    rights.demand('edit-state', by, chat);
    return this.#queue.run(channel, async () => {
      const standing = this.#panels.get(channel);
      if (standing?.chat === chat) return standing;
      if (standing !== undefined) await this.#takeDown(standing);
      const view = this.#needs.view(chat);
      const message = await board.post(chat, channel, view, by.person);
      const panel: Panel = {
        channel,
        chat,
        message,
        old: null,
        by: by.person,
        posted: clock.now(),
      };
      this.#put(panel);
      const shown = JSON.stringify(view);
      this.#live.set(channel, { due: false, shown, at: clock.now(), following: null });
      return panel;
    });
  }

  /** Takes the panel of a channel away. @throws {Refusal} `not-allowed`. */
  unpin(chat: ChatId, channel: string, { by }: Pick<Asked, 'by'>): Promise<void> {
    this.#needs.rights.demand('edit-state', by, chat);
    return this.#queue.run(channel, async () => {
      const panel = this.#panels.get(channel);
      if (panel !== undefined) await this.#takeDown(panel);
    });
  }

  /** Something about a story changed, and with it perhaps what its branches know. */
  changed(chat: ChatId): void {
    if (this.#panels.size === 0) return;
    const { chats } = this.#needs;
    const root = chats.rootOf(chat);
    for (const panel of this.#panels.values()) {
      if (chats.rootOf(panel.chat) === root) this.#touch(panel.channel);
    }
  }

  /** Somebody deleted a message: a panel that is deleted is not put up again. */
  messageGone(channel: string, message: string): void {
    if (this.#panels.get(channel)?.message === message) this.#forget(channel);
  }

  /** Takes up the panels of the last process, each brought up to date. */
  resume(): void {
    for (const panel of this.#needs.store.panels.all()) {
      this.#panels.set(panel.channel, panel);
      this.#touch(panel.channel);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#live.values()].map(({ following }) => following));
  }

  #touch(channel: string): void {
    const live = this.#live.get(channel) ?? { due: false, shown: null, at: 0, following: null };
    this.#live.set(channel, live);
    live.due = true;
    live.following ??= this.#follow(channel, live)
      .catch((error) => {
        if (this.#closing.signal.aborted) return;
        const level = error instanceof Refusal ? 'warn' : 'error';
        this.#needs.log[level]({ channel, err: error }, 'a panel could not follow its story');
      })
      .finally(() => {
        live.following = null;
      });
  }

  async #follow(channel: string, live: Live): Promise<void> {
    const { clock } = this.#needs;
    const { signal } = this.#closing;
    // What comes at once is one change.
    await Promise.resolve();
    while (live.due && !signal.aborted) {
      const wait = live.at + EVERY - clock.now();
      if (wait > 0) await clock.sleep(wait, signal);
      live.due = false;
      await this.#queue.run(channel, () => this.#refresh(channel, live));
    }
  }

  async #refresh(channel: string, live: Live): Promise<void> {
    const { store, board, clock } = this.#needs;
    const panel = this.#panels.get(channel);
    if (panel === undefined) return;
    if (store.chatIn(channel) !== panel.chat) return await this.#takeDown(panel);
    if (panel.old !== null) await this.#takeOldAway(panel, panel.old);
    const view = this.#needs.view(panel.chat);
    const shown = JSON.stringify(view);
    if (shown === live.shown) return;
    const outcome =
      clock.now() - panel.posted >= OLD ? 'old' : await board.edit(this.in(channel) ?? panel, view);
    live.at = clock.now();
    if (outcome === 'gone') return this.#forget(channel);
    if (outcome === 'passing') live.due = true;
    if (outcome === 'old') await this.#putUpAnew(this.in(channel) ?? panel, view);
    if (outcome === 'shown' || outcome === 'old') live.shown = shown;
  }

  async #putUpAnew(panel: Panel, view: PanelView): Promise<void> {
    const { board, clock } = this.#needs;
    const message = await board.post(panel.chat, panel.channel, view, panel.by);
    const anew = { ...panel, message, old: panel.message, posted: clock.now() };
    this.#put(anew);
    await this.#takeOldAway(anew, panel.message);
  }

  async #takeOldAway(panel: Panel, old: string): Promise<void> {
    await this.#needs.board.remove(panel.channel, old);
    // A process that dies before takes it away at the next start.
    this.#put({ ...panel, old: null });
  }

  async #takeDown({ channel, message, old }: Panel): Promise<void> {
    this.#forget(channel);
    for (const each of [message, old]) {
      if (each !== null) await this.#needs.board.remove(channel, each);
    }
  }

  #put(panel: Panel): void {
    this.#needs.store.panels.put(panel);
    this.#panels.set(panel.channel, panel);
  }

  #forget(channel: string): void {
    this.#needs.store.panels.remove(channel);
    this.#panels.delete(channel);
    this.#live.delete(channel);
  }
}
