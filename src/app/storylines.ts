import { z } from 'zod';
import type { Chat } from '../engine/chat.ts';
import { archiveChat, bindChat, parkChat } from '../engine/deciders/archiveChat.ts';
import { branchChat } from '../engine/deciders/branchChat.ts';
import { configureChat, renameChat } from '../engine/deciders/changeChat.ts';
import type { Actor, ChatId, HomeId, NodeId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { Binding } from '../engine/state/frame.ts';
import type { Settings } from '../engine/world.ts';
import type { Chats } from './chats.ts';
import type { HomeRules } from './homeRules.ts';
import type { Clock } from './ports/clock.ts';
import type { Job, JobChange } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';
import type { Room, Rooms } from './ports/rooms.ts';
import type { Store, Storyline } from './ports/store.ts';
import type { Replies } from './replies.ts';
import type { Rights } from './rights.ts';
import type { StoryReading } from './storyReading.ts';

export interface StorylinesNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly replies: Replies;
  readonly rights: Rights;
  readonly rules: HomeRules;
  readonly reading: StoryReading;
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly log: Log;
}

/** Who looks at the stories of a home: those who moderate its channels see every one. */
export interface Viewer {
  readonly standing: Standing;
  /** Whether they can see a channel. */
  sees(channel: string): boolean;
}

export interface Asked {
  /** The interaction that asks. */
  readonly command: string;
  readonly by: Standing;
}

export interface Branch {
  /** The interaction that asks: it is the new story's id too, so that the same click never makes two. */
  readonly command: string;
  /** The story that one is in, or has in view. */
  readonly chat: ChatId;
  /** The last node to be shared, of this story or another branch of it; null for where it stands. */
  readonly at: NodeId | null;
  readonly viewer: Viewer;
  /** Where to play it; null to have it wait. */
  readonly room: Pick<Room, 'kind' | 'from'> | null;
}

export interface Opened {
  readonly chat: ChatId;
  readonly name: string;
  /** Null for a story that waits. */
  readonly channel: string | null;
}

const NAME = 100;
const wanted = z.object({ kind: z.enum(['thread', 'private', 'channel']), from: z.string() });
const draftOf = (chat: ChatId): string => `room:${chat}`;

/** The stories of a home: which there are, and where they are played. */
export class Storylines {
  readonly #needs: StorylinesNeeds;
  readonly #housing = new Map<ChatId, Promise<Binding | null>>();

  constructor(needs: StorylinesNeeds) {
    this.#needs = needs;
  }

  /**
   * The stories that someone may know of, the last played first: their own, those that they took part
   * in, and those that are played where they can read along.
   */
  list(home: HomeId, viewer: Viewer): Storyline[] {
    return this.#needs.store.storylines(home).filter((each) => isSeen(each, viewer));
  }

  /** @throws {Refusal} `unknown-story`, also for one that the viewer may not know of. */
  find(home: HomeId, viewer: Viewer, chat: ChatId): Storyline {
    const found = this.list(home, viewer).find((each) => each.chat === chat);
    if (found === undefined) throw new Refusal('unknown-story');
    return found;
  }

  /**
   * A story that shares another's up to a point, and nothing after it.
   * @throws {Refusal} `not-allowed`; `out-of-date` for a point that is none of the story's or its branches';
   *   `may-not-open`, `nowhere-to-open`.
   */
  async branch({ chat, at, viewer, command, room }: Branch): Promise<Opened> {
    const { chats, store, rooms, rights } = this.#needs;
    rights.demand('branch', viewer.standing, chat);
    const { person: by } = viewer.standing;
    const here = chats.read(chat);
    const after = at ?? here.head;
    if (after === null) throw new Refusal('out-of-date');
    const parent = here.has(after) ? here : this.#branchWith(here, after, viewer);
    if (room !== null) await rooms.check(room);
    const name = this.#nameFor(parent);
    if (room !== null) this.#want(command, room);
    const asked = { name, owner: by, after, channel: null, guild: null };
    const done = await chats.execute({
      chat: command,
      id: command,
      actor: by,
      branchOf: parent.id,
      decide: () => branchChat(asked, chats.read(parent.id)),
      also: () => ({ jobs: room === null ? [] : [{ add: roomJob(command) }] }),
    });
    const binding = room === null ? null : await this.#house(command);
    store.finish(roomJob(command));
    return { chat: command, name: done.chat.frame.name, channel: binding?.channel ?? null };
  }

  /**
   * Begins a story in a room of its own.
   * @param begin writes the story without a channel; `jobs` goes into the same transaction.
   * @throws {Refusal} `may-not-open`, `nowhere-to-open`.
   */
  async beginIn(
    chat: ChatId,
    room: Pick<Room, 'kind' | 'from'>,
    begin: (jobs: readonly JobChange[]) => Promise<unknown>,
  ): Promise<Opened> {
    await this.#needs.rooms.check(room);
    this.#want(chat, room);
    await begin([{ add: roomJob(chat) }]);
    const binding = await this.#house(chat);
    const { name } = this.#needs.chats.read(chat).frame;
    return { chat, name, channel: binding?.channel ?? null };
  }

  /**
   * Plays a story that waits, or was put away, in a channel; the one that was there waits from then on.
   * @throws {Refusal} `unknown-story`, `already-there`, `played-elsewhere`, `story-already-here`,
   *   `only-age-restricted`, `no-adults`.
   */
  async switchTo(
    chat: ChatId,
    binding: Binding,
    asked: { readonly home: HomeId; readonly viewer: Viewer; readonly command: string },
  ): Promise<string> {
    const { store, chats, rights } = this.#needs;
    const { home, viewer, command } = asked;
    const { person: by } = viewer.standing;
    rights.demandAt(home, 'start', viewer.standing);
    const { channel } = this.find(home, viewer, chat);
    if (channel === binding.channel) throw new Refusal('already-there');
    if (channel !== null) throw new Refusal('played-elsewhere');
    for (const { sheet } of Object.values(chats.read(chat).story.cast)) {
      if (sheet !== null) await this.#needs.rules.admit(home, binding.channel, sheet);
    }
    const here = store.chatIn(binding.channel);
    if (here !== null) {
      rights.demand('reset', viewer.standing, here);
      await this.#leave(here, `${command}:park`, by, parkChat);
    }
    const { chat: bound } = await chats.execute({
      chat,
      id: command,
      actor: by,
      decide: (known) => {
        // Asked in the step that writes: two people may switch in the same moment.
        if (store.chatIn(binding.channel) !== null) throw new Refusal('story-already-here');
        return bindChat(binding, known);
      },
    });
    return bound.frame.name;
  }

  /** Puts a story away: its channel is free, and it can be switched to again. */
  async archive(chat: ChatId, { command, by }: Asked): Promise<void> {
    this.#needs.rights.demand('reset', by, chat);
    await this.#leave(chat, command, by.person, (known) => archiveChat('archived', known));
  }

  async rename(chat: ChatId, name: string, { command, by }: Asked): Promise<void> {
    this.#needs.rights.demand('edit-state', by, chat);
    const decide = (known: Chat) => renameChat({ name }, known);
    await this.#needs.chats.execute({ chat, id: command, actor: by.person, decide });
  }

  async configure(chat: ChatId, settings: Partial<Settings>, { command, by }: Asked) {
    this.#needs.rights.demand('edit-state', by, chat);
    const decide = (known: Chat) => configureChat({ settings }, known);
    await this.#needs.chats.execute({ chat, id: command, actor: by.person, decide });
  }

  /** Opens the rooms, and shows the openings, that the last process did not come to. */
  async resume(): Promise<void> {
    const owed = this.#needs.store.jobs().filter((job) => job.kind === 'room');
    for (const { chat } of owed) {
      try {
        await this.#house(chat, true);
      } catch (error) {
        this.#needs.log.warn({ chat, err: error }, 'a room could not be opened');
        // The story waits, and can be switched to.
        if (error instanceof Refusal) this.#needs.store.finish(roomJob(chat));
      }
    }
  }

  /** The other branch of a story that a point lies in. */
  #branchWith(here: Chat, node: NodeId, viewer: Viewer): Chat {
    const { chats, store } = this.#needs;
    const other = here.tree.find(node)?.chat;
    const related = other !== undefined && store.family(chats.rootOf(here.id)).includes(other);
    if (!related) throw new Refusal('out-of-date');
    this.find(here.frame.home, viewer, other);
    return chats.read(other);
  }

  /** Branches are numbered within their story: "The Drowned Bell · 2". */
  #nameFor(parent: Chat): string {
    const { chats, store } = this.#needs;
    const root = chats.read(chats.rootOf(parent.id));
    const number = ` · ${store.family(root.id).length + 1}`;
    return `${root.frame.name.slice(0, NAME - number.length)}${number}`;
  }

  #want(chat: ChatId, room: Pick<Room, 'kind' | 'from'>): void {
    this.#needs.store.drafts.put(draftOf(chat), room, this.#needs.clock.now());
  }

  /** Opens the room that a story waits for and plays it there; whoever asks meanwhile waits for it. */
  #house(chat: ChatId, again = false): Promise<Binding | null> {
    const going =
      this.#housing.get(chat) ??
      this.#open(chat, again).catch((error) => {
        // Discord may have opened it and the answer been lost: what is there is found.
        if (error instanceof Refusal) throw error;
        return this.#open(chat, true);
      });
    this.#housing.set(chat, going);
    return going.finally(() => this.#housing.delete(chat));
  }

  async #open(chat: ChatId, again: boolean): Promise<Binding | null> {
    const { store, chats, rooms, replies } = this.#needs;
    const { frame, story } = chats.read(chat);
    const room = wanted.safeParse(store.drafts.get(draftOf(chat)));
    const welcome = this.#needs.reading.welcomeTo(chat);
    const opened = { chat, name: frame.name, person: frame.owner, welcome };
    if (frame.binding !== null || !room.success) {
      // Of a story that is played where it was asked for, the opening was not known to be shown.
      if (again && frame.binding !== null && welcome.kind === 'opening') {
        await rooms.welcome(opened, frame.binding);
      }
      store.finish(roomJob(chat));
      return frame.binding;
    }
    const binding = await rooms.open({ ...room.data, ...opened, again });
    const isNew = welcome.kind === 'opening';
    const first = isNew ? (story.turns[0]?.node ?? null) : null;
    // Without a greeting, the character finds its own first words.
    const speaks: Job = { kind: first === null ? 'answer' : 'deliver', chat, node: first };
    await chats.execute({
      chat,
      id: `room:${chat}`,
      actor: 'troupe',
      decide: (known) => bindChat(binding, known),
      also: () => ({
        jobs: [{ done: roomJob(chat) }, ...(isNew ? [{ add: speaks }] : [])],
      }),
    });
    store.drafts.remove(draftOf(chat));
    if (isNew && first === null) replies.answer(chat);
    if (first !== null) {
      // The story has begun whatever becomes of the showing: what is owed is shown at the next start.
      await replies
        .deliver(chat, first)
        .catch((error) => this.#needs.log.error({ chat, err: error }, 'a greeting is owed'));
    }
    return binding;
  }

  /** Takes a story out of its channel, when what is being said there is said. */
  async #leave(
    chat: ChatId,
    id: string,
    actor: Actor,
    decide: (known: Chat) => ReturnType<typeof parkChat>,
  ): Promise<void> {
    const { replies, chats } = this.#needs;
    replies.stop(chat);
    await replies.settled(chat);
    const done: Job = { kind: 'answer', chat, node: null };
    await chats.execute({ chat, id, actor, decide, also: () => ({ jobs: [{ done }] }) });
  }
}

/** A story is to have a room, or the opening of one that has none is to be shown. */
export const roomJob = (chat: ChatId): Job => ({ kind: 'room', chat, node: null });

const isSeen = ({ owner, participants, channel }: Storyline, viewer: Viewer): boolean =>
  viewer.standing.managesChannels ||
  viewer.standing.managesServer ||
  owner === viewer.standing.person ||
  participants.some(({ entity }) => entity === viewer.standing.person) ||
  (channel !== null && viewer.sees(channel));
