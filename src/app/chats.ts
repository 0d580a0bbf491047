import { LRUCache } from 'lru-cache';
import { Chat } from '../engine/chat.ts';
import { type Owed, owedBy } from '../engine/digest/owed.ts';
import { type DomainEvent, evolve, type NewEvent, record } from '../engine/event.ts';
import { type Actor, type ChatId, chatStream, type NodeId } from '../engine/ids.ts';
import type { Move } from '../engine/state/frame.ts';
import { StoryTree } from '../engine/storyTree.ts';
import { KeyedQueue } from './keyedQueue.ts';
import type { Clock } from './ports/clock.ts';
import type { JobChange } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';
import { ConcurrencyError, type Row } from './ports/unitOfWork.ts';
import { project } from './project.ts';
import { Refolding } from './refolding.ts';

/** Stories kept in memory, each with its branches; one that is needed again is loaded from the store. */
const KEPT_STORIES = 200;
/** A state is kept in the store after so many events, or so many milliseconds. */
const KEEP_EVERY = 100;
const KEEP_AFTER = 30 * 60_000;

const pause = () => new Promise((resolve) => setImmediate(resolve));

export interface Command {
  readonly chat: ChatId;
  /**
   * The Discord message or interaction that asks; for a button its message, its custom id and the
   * version that it was drawn at. The same id again writes nothing.
   */
  readonly id: string;
  readonly actor: Actor;
  /** For the first command of a branch: the chat whose story it shares. */
  readonly branchOf?: ChatId;
  decide(chat: Chat): readonly NewEvent[];
  /** What goes into the same transaction as the events. Nothing is written when there are no events. */
  also?(events: readonly NewEvent[]): {
    readonly rows?: readonly Row[];
    readonly jobs?: readonly JobChange[];
  };
}

export interface Executed {
  readonly chat: Chat;
  readonly events: readonly DomainEvent[];
  readonly repeated: boolean;
}

/** A story with its branches: they share one tree. */
interface Story {
  readonly root: ChatId;
  readonly tree: StoryTree;
  readonly chats: Map<ChatId, Chat>;
}

interface Kept {
  readonly version: number;
  readonly at: number;
}

/** The one writer of every chat: commands of a chat run one at a time, in the order in which they came. */
export class Chats {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #queue = new KeyedQueue<ChatId>();
  readonly #stories = new LRUCache<ChatId, Story>({ max: KEPT_STORIES });
  readonly #roots = new Map<ChatId, ChatId>();
  /** A story that somebody still holds a chat of is not read a second time: it would fall behind. */
  readonly #held = new Map<ChatId, WeakRef<Story>>();
  readonly #kept = new LRUCache<ChatId, Kept>({ max: KEPT_STORIES });
  readonly #refolding: Refolding;
  /** By root: the stories that are being written over. */
  readonly #rewriting = new Map<ChatId, Promise<void>>();
  /** Told when events leave something to be derived, once that is owed; nothing is owed where it is null. */
  onOwed: (() => void) | null = null;
  /** Told when something is remembered, or remembered otherwise. */
  onRemembered: (() => void) | null = null;
  /** Told when the head went elsewhere, or on from where it went: what the channel shows is owed. */
  onMove: ((chat: ChatId) => void) | null = null;
  /** Told when a story is about to be written over: what was read of it is of no use any more. */
  onRewrite: ((root: ChatId) => void) | null = null;
  /** Told when anything was written to a chat. */
  onChange: ((chat: ChatId) => void) | null = null;

  constructor(store: Store, clock: Clock, log: Pick<Log, 'error'> | null = null) {
    this.#store = store;
    this.#clock = clock;
    this.#refolding = new Refolding(store, log);
  }

  /** Resolves when nothing is being folded anew. */
  get refolded(): Promise<void> {
    return this.#refolding.settled();
  }

  /**
   * Resolves when nothing of a chat's story is being folded anew: who looks far back and can wait keeps
   * nobody else waiting.
   */
  async settled(id: ChatId): Promise<void> {
    for (let busy = this.refolding(id); busy !== null; busy = this.refolding(id)) await busy;
  }

  /** The same as it goes on now; null where nothing does. Never rejects. */
  refolding(id: ChatId): Promise<void> | null {
    const root = this.rootOf(id);
    return this.#rewriting.get(root) ?? this.#refolding.of(root);
  }

  /**
   * Has what a story stands on written over, in steps that let everything else go on; commands to any of
   * its chats wait, and what they find is read anew.
   */
  rewrite(root: ChatId, steps: () => Iterable<void>): Promise<void> {
    const held = new Set<ChatId>();
    const hold = (): Promise<void> => {
      // A branch may have begun meanwhile.
      const next = this.#store.family(root).find((chat) => !held.has(chat));
      if (next === undefined) return this.#rewrite(root, steps);
      held.add(next);
      return this.#queue.run(next, hold);
    };
    return hold();
  }

  async #rewrite(root: ChatId, steps: () => Iterable<void>): Promise<void> {
    const over = Promise.withResolvers<void>();
    await this.#refolding.of(root);
    this.#rewriting.set(root, over.promise);
    try {
      this.onRewrite?.(root);
      for (const _ of steps()) await pause();
    } finally {
      this.#forget(root);
      this.#rewriting.delete(root);
      over.resolve();
    }
    for (const chat of this.#store.family(root)) this.onChange?.(chat);
    this.onOwed?.();
  }

  #forget(root: ChatId): void {
    this.#stories.delete(root);
    this.#held.delete(root);
  }

  /** Decides and commits; a lost race is decided again on what the log holds by then. */
  execute(command: Command): Promise<Executed> {
    const { chat, branchOf = chat } = command;
    return this.#queue.run(chat, async () => {
      this.#read(chat, branchOf);
      // What is decided, and what is prompted with it, stands on a story that is right again.
      await this.settled(chat);
      try {
        return this.#execute(command);
      } catch (error) {
        if (!(error instanceof ConcurrencyError)) throw error;
        return this.#execute(command);
      }
    });
  }

  /** The chat as it stands now. */
  read(id: ChatId): Chat {
    return this.#read(id).chats.get(id) ?? this.#load(id);
  }

  /** The chat that a story began in; its own id for a chat that is no branch. */
  rootOf(id: ChatId): ChatId {
    return this.#rootOf(id, id);
  }

  #rootOf(id: ChatId, branchOf: ChatId): ChatId {
    let root = this.#roots.get(id) ?? this.#store.chat(id)?.root;
    if (root === undefined) root = branchOf === id ? id : this.rootOf(branchOf);
    this.#roots.set(id, root);
    return root;
  }

  #read(id: ChatId, branchOf: ChatId = id): Story {
    const root = this.#rootOf(id, branchOf);
    const known = this.#stories.get(root) ?? this.#held.get(root)?.deref();
    if (known !== undefined) {
      this.#stories.set(root, known);
      return known;
    }
    const { archive } = this.#store;
    const story: Story = {
      root,
      tree: new StoryTree({
        ...archive,
        snapshot: (stretch, upTo) => {
          this.#refolding.finish(story.root);
          return archive.snapshot(stretch, upTo);
        },
      }),
      chats: new Map(),
    };
    this.#stories.set(root, story);
    this.#held.set(root, new WeakRef(story));
    // A process ended before everything was right again.
    if (this.#store.outdated(root) !== null) this.#refold(story);
    return story;
  }

  #refold({ root, tree }: Story): void {
    // Words count on every line: those of all chats of the story must be known.
    for (const id of this.#store.family(root)) this.read(id);
    this.#refolding.begin(root, tree);
  }

  /** Takes up a chat by its frame alone: its story is read as far as it is needed. */
  #load(id: ChatId, branchOf: ChatId = id): Chat {
    const story = this.#read(id, branchOf);
    const stored = this.#store.chat(id);
    let chat = new Chat(id, [], story.tree);
    let parent = branchOf === id ? null : branchOf;
    if (stored !== null) {
      const events = this.#store.frameEvents(id, stored.frame?.version ?? 0);
      const folded = events.reduce(evolve<'frame'>, stored.frame?.state ?? chat.frame);
      chat = Chat.restored(id, story.tree, stored.version, { ...folded, head: stored.head });
      parent = folded.parent;
    }
    // A branch reads its parent's words as they were last left.
    if (parent !== null && !story.chats.has(parent)) this.#load(parent);
    story.chats.set(id, chat);
    return chat;
  }

  #execute(command: Command): Executed {
    const { chat: id, branchOf = id } = command;
    const stream = chatStream(id);
    const story = this.#read(id, branchOf);
    const chat = story.chats.get(id) ?? this.#load(id, branchOf);
    // Asked before deciding: a command that came twice must not be decided on what it did the first time.
    const before = this.#store.recorded(stream, command.id);
    if (before !== null) return { chat, events: before, repeated: true };
    const decided = command.decide(chat);
    if (decided.length === 0) return { chat, events: [], repeated: false };
    try {
      return this.#commit(command, story, chat, decided);
    } catch (error) {
      // What was applied is not in the log: the story is read from there again.
      this.#forget(story.root);
      throw error;
    }
  }

  #commit(
    { id: command, actor, also }: Command,
    story: Story,
    chat: Chat,
    decided: readonly NewEvent[],
  ): Executed {
    const stream = chatStream(chat.id);
    const at = new Date(this.#clock.now()).toISOString();
    const { version, head, frame } = chat;
    const events = record(decided, { stream, after: version, at, actor, command });
    for (const event of events) chat.apply(event);
    const asked = also?.(decided);
    const rows = project(chat, events, head, story.root, this.#store);
    rows.push(...(asked?.rows ?? []));
    const unit = { stream, expected: version, command, actor, at, events, rows };
    const owed = this.onOwed === null ? [] : owedBy(chat, events);
    const shows = showsAnew(chat, events, head, frame.lastMove);
    const jobs = [...shows, ...(asked?.jobs ?? []), ...owed.map((job: Owed) => ({ add: job }))];
    const committed = this.#store.commit({ ...unit, jobs });
    if (shows.length > 0) this.onMove?.(chat.id);
    if (owed.length > 0) this.onOwed?.();
    if (rows.some((row) => row.table === 'memories')) this.onRemembered?.();
    this.onChange?.(chat.id);
    if (rows.some((row) => row.table === 'outdate')) this.#refold(story);
    else this.#keep(chat);
    return { chat, ...committed };
  }

  /** Keeps the state where the head stands, now and then. */
  #keep(chat: Chat): void {
    const now = this.#clock.now();
    // The frame is kept with each state, so that many short visits to a story count together.
    const kept = this.#kept.get(chat.id) ?? {
      version: this.#store.chat(chat.id)?.frame?.version ?? 0,
      at: now,
    };
    this.#kept.set(chat.id, kept);
    const due = chat.version - kept.version >= KEEP_EVERY || now - kept.at >= KEEP_AFTER;
    if (!due || chat.head === null) return;
    this.#store.keep(chat, chat.head);
    this.#kept.set(chat.id, { version: chat.version, at: now });
  }
}

/**
 * What is owed to the channel when the head moves: the line, and nothing to whoever waited for an answer
 * on the old one. When the story goes on from there, what left can come back no more.
 */
function showsAnew(
  { id, head }: Chat,
  events: readonly DomainEvent[],
  before: NodeId | null,
  lastMove: Move | null,
): JobChange[] {
  if (head === before) return [];
  const show: JobChange = { add: { kind: 'show', chat: id, node: before } };
  const moves = events.filter((event) => event.type === 'HeadMoved');
  // A story that begins is shown by its greeting.
  if (moves.length > 0 && before !== null) {
    const failed = moves.some(({ payload }) => payload.why === 'reply-failed');
    return failed ? [show] : [show, { done: { kind: 'answer', chat: id, node: null } }];
  }
  return lastMove !== null && lastMove.to === before ? [show] : [];
}
