import type { Chat } from '../../engine/chat.ts';
import type { DomainEvent } from '../../engine/event.ts';
import type { ChatId, EntityId, HomeId, NodeId, Stream } from '../../engine/ids.ts';
import type { Unseen } from '../../engine/mending.ts';
import type { Archive } from '../../engine/node.ts';
import type { Found } from '../../engine/retrieval/rank.ts';
import type { FrameState } from '../../engine/state/frame.ts';
import type { StoryState } from '../../engine/state/story.ts';
import type { MemoryKey } from '../../engine/world.ts';
import type { ClassifierFailure, NotedFailure } from '../classifier.ts';
import type { PanelLog } from '../panels.ts';
import type { DeliveryLog } from './deliveryLog.ts';
import type { Drafts } from './drafts.ts';
import type { Erasures } from './erasures.ts';
import type { ClaimedJob, Job, OwedJob } from './jobs.ts';
import type { Meaning, MemoryVectors } from './memoryVectors.ts';
import type { Rebuilding } from './rebuilding.ts';
import type { ReceiptLog } from './receiptLog.ts';
import type { SeenLog } from './seenLog.ts';
import type { ShownLine } from './shownLine.ts';
import type { Committed, UnitOfWork } from './unitOfWork.ts';

/** Messages that a person wrote into stories, and tokens of the replies to them. */
export interface Spent {
  readonly turns: number;
  readonly tokens: number;
}

/** A memory as it reads on a line. */
export interface Remembered {
  readonly memory: MemoryKey;
  readonly text: string;
  readonly significance: number;
}

/** A chat as the store keeps it, to be loaded without its story. */
export interface StoredChat {
  /** The chat that the story began in. */
  readonly root: ChatId;
  readonly version: number;
  readonly head: NodeId | null;
  /** The newest frame that was kept, and its version; null where none is usable. */
  readonly frame: { readonly version: number; readonly state: FrameState } | null;
}

/** A story as a list shows it. */
export interface Storyline extends Pick<FrameState, 'name' | 'owner' | 'archived'> {
  readonly chat: ChatId;
  /** Where it is played; null for one that waits. */
  readonly channel: string | null;
  /** Everyone who ever took part, characters and people. */
  readonly participants: readonly { readonly entity: EntityId; readonly name: string }[];
  /** When something was last said in it; ISO 8601, UTC. */
  readonly playedAt: string;
}

/** Another story of the same home, by one of its chats. */
export interface OtherStory {
  readonly chat: ChatId;
  /** The chat that the story began in. */
  readonly root: ChatId;
  readonly name: string;
  /** Every channel that its line was ever played in; none for one that was played nowhere. */
  readonly rooms: readonly string[];
}

/** A memory as it reads on another chat's line; where it stands there is of no use here. */
export interface ToldElsewhere extends Found {
  readonly chat: ChatId;
}

/** A snapshot that is not right any more, and why. */
export interface Outdated {
  readonly node: NodeId;
  readonly state: StoryState;
  readonly unseen: Unseen;
}

export interface Store {
  /** @throws {ConcurrencyError} when the stream is not at the expected version; nothing is written. */
  commit(unit: UnitOfWork): Committed;
  /** The events of a stream, oldest first. */
  load(stream: Stream): DomainEvent[];
  /** The events that a command wrote; null when the stream has not recorded it. */
  recorded(stream: Stream, command: string): DomainEvent[] | null;
  /** Frame events of a chat after a version: few, however long its story is. */
  frameEvents(chat: ChatId, after: number): DomainEvent[];
  /** Null for a chat that does not exist. */
  chat(chat: ChatId): StoredChat | null;
  /** The chats of a story, its root first. */
  family(root: ChatId): ChatId[];
  /** The stories of a home, the last played first. */
  storylines(home: HomeId): Storyline[];
  readonly archive: Archive;
  readonly erasures: Erasures;
  readonly rebuilding: Rebuilding;
  /** Keeps a state, and the frame with it. */
  keep(chat: Chat, node: NodeId): void;
  /** Nodes with a snapshot at or after a position, in all chats of a story. */
  snapshotsFrom(root: ChatId, position: number): NodeId[];
  /** The earliest snapshot of a story that is not right any more; null when all are. */
  outdated(root: ChatId): Outdated | null;
  /** Puts a snapshot right. */
  mend(node: NodeId, state: StoryState): void;
  /** The node at a position of a stretch. */
  nodeAt(stretch: NodeId, position: number): NodeId | null;
  /** Where a name stands in a story and its branches; null for an unknown name. */
  saveOf(root: ChatId, name: string): NodeId | null;
  /** The last turns of a chat's line, oldest first. */
  transcript(chat: ChatId, limit: number): { readonly node: NodeId; readonly text: string }[];
  /**
   * What `owner` remembers on a chat's line, the best matches first; without words, all of it in the
   * order of the line.
   * @param after only what was witnessed after this position (a reset); -1 for all.
   */
  memories(
    chat: ChatId,
    owner: EntityId,
    search: {
      readonly words: readonly string[] | null;
      readonly after: number;
      readonly limit: number;
    },
  ): Remembered[];
  /**
   * What `owner` remembers on a chat's line by words, and what it remembers beside that, in the order of
   * the line. Words that match more than can be weighed give way to the rarer ones, then to the newest.
   * @param after only what was witnessed after this position (a reset); -1 for all.
   */
  nearMemories(
    chat: ChatId,
    owner: EntityId,
    search: { readonly words: readonly string[]; readonly after: number },
  ): Found[];
  /**
   * What `owner` remembers on a chat's line that means nearly the same as something else, the nearest
   * first; only what has a vector of the same model by now, and of that the newest 4,000.
   * @param after only what was witnessed after this position (a reset); -1 for all.
   */
  alikeMemories(
    chat: ChatId,
    owner: EntityId,
    search: { readonly meaning: Meaning; readonly after: number },
  ): Found[];
  /**
   * The other stories of a chat's home that `owner` took part in, the last changed first; none that
   * shares a root with it.
   * @param limit chats
   */
  otherStories(chat: ChatId, owner: EntityId, limit: number): OtherStory[];
  /**
   * What `owner` remembers on the lines of some chats by words, as far as other stories may hear of it
   * and since its last reset there, the best first; at most 12.
   * @param chats of different stories.
   */
  memoriesElsewhere(
    chats: readonly ChatId[],
    owner: EntityId,
    words: readonly string[],
  ): ToldElsewhere[];
  readonly vectors: MemoryVectors;
  /** A memory as it reads on a chat's line; null where it is not there, or not after a position. */
  memory(chat: ChatId, key: MemoryKey, after: number): Remembered | null;
  /**
   * What `owner` remembers on a chat's line and all of some people witnessed, too: the last written
   * first, or the best matches of some words.
   * @param after only what was witnessed after this position (a reset); -1 for all.
   */
  memoryPage(
    chat: ChatId,
    owner: EntityId,
    page: {
      readonly words: readonly string[] | null;
      readonly after: number;
      readonly viewers: readonly EntityId[];
      readonly offset: number;
      readonly limit: number;
    },
  ): Remembered[];
  /** The steps of a chat's line that people made by hand, the newest first. */
  edits(chat: ChatId, page: { readonly offset: number; readonly limit: number }): NodeId[];
  chatIn(channel: string): ChatId | null;
  /** Whose home a story is of; null for a chat that does not exist. */
  homeOf(chat: ChatId): HomeId | null;
  /** What was played in a home on a day, by one person or by everyone. @param day see the row `usage` */
  spent(home: HomeId, person: EntityId | null, day: string): Spent;
  /** The turn that a person's message was, however old; null for one that is in no story. */
  turnOfMessage(message: string): { readonly chat: ChatId; readonly node: NodeId } | null;
  jobs(): Job[];
  finish(job: Job): void;
  /** The oldest job of a kind that is due, for `lease` milliseconds; null when there is none. */
  claim(kind: Job['kind'], now: number, lease: number): ClaimedJob | null;
  /** Adds jobs that no unit of work causes; one that is there already stays as it is. */
  enqueue(jobs: readonly Job[]): void;
  /** What is owed of some kinds, in the order in which it was added. */
  owed(kinds: readonly Job['kind'][]): OwedJob[];
  /** Takes one job for `lease` milliseconds; null when it is not due, or gone. */
  take(job: Job, now: number, lease: number): ClaimedJob | null;
  /**
   * Nobody works on jobs of these kinds any more: whoever did has ended. All of them are due, and those
   * that were given up get another chance.
   */
  release(kinds: readonly Job['kind'][]): void;
  /** A job failed: it is due again later, and later each time, until it is given up. */
  putBack(job: Job, now: number, error: string): void;
  /** Jobs that were given up. */
  deadJobs(): (Job & { readonly error: string })[];
  asset(hash: string): { readonly type: string; readonly bytes: Uint8Array } | null;
  /** True the first time that it is asked about a notice, ever. */
  firstTime(notice: string): boolean;
  /** Keeps the newest 200 failures of the classifier. */
  noteClassifierFailure(failure: ClassifierFailure): void;
  /** The newest first. */
  classifierFailures(limit: number): NotedFailure[];
  readonly deliveries: DeliveryLog;
  readonly shown: ShownLine;
  readonly seen: SeenLog;
  readonly panels: PanelLog;
  readonly drafts: Drafts;
  readonly receipts: ReceiptLog;
  /** Whether anything can be read. */
  answers(): boolean;
  close(): void;
}
