import type { DomainEvent } from '../../../src/engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../../../src/engine/ids.ts';
import { chatsOf } from '../../bench/story.ts';
import { canariesIn } from './canaries.ts';
import type { WanderHouse } from './wanderHouse.ts';

/** A turn, read from the log alone. */
export interface RecordedTurn {
  readonly node: NodeId;
  readonly chat: ChatId;
  readonly kind: 'user' | 'reply';
  readonly by: EntityId;
  readonly to: EntityId | null;
  readonly continues: NodeId | null;
  readonly startedAt: string;
  /** Its words in the order in which they were written; null for words that were taken away. */
  readonly words: { readonly at: string; readonly text: string | null }[];
}

/** What all logs hold, read without what the engine makes of it; the shape of the trees apart. */
export interface StoryRecord {
  readonly turns: ReadonlyMap<NodeId, RecordedTurn>;
  readonly events: readonly DomainEvent[];
  /** The events in which a canary stands. */
  readonly holding: (word: string) => readonly DomainEvent[];
  /** What owns the story that an event is of. */
  readonly homeOf: (event: DomainEvent) => string;
  /** The first chat of the story and all its branches. */
  readonly rootOf: (chat: ChatId) => ChatId;
  readonly chats: readonly ChatId[];
  /** The nodes from the root up to one. */
  readonly lineTo: (chat: ChatId, node: NodeId | null) => NodeId[];
  readonly headOf: (chat: ChatId) => NodeId | null;
}

export function readRecord({ store, people, places }: WanderHouse): StoryRecord {
  const homes = [
    ...new Set(places.flatMap(({ guild }) => guild ?? [])),
    ...people.map(({ id }) => `dm-${id}`),
  ];
  const home = new Map<ChatId, string>();
  for (const each of homes) {
    for (const { chat } of store.storylines(each)) home.set(chat, each);
  }
  const events = [
    ...homes.flatMap((each) => store.load(`home:${each}`)),
    ...[...home.keys()].flatMap((chat) => store.load(`chat:${chat}`)),
  ];
  const turns = new Map<NodeId, RecordedTurn>();
  const holding = new Map<string, DomainEvent[]>();
  // Words may be changed from a branch, whose log is read later or earlier than the turn's.
  const changes: DomainEvent[] = [];
  for (const event of events) {
    for (const word of canariesIn(event.payload)) {
      const known = holding.get(word) ?? [];
      known.push(event);
      holding.set(word, known);
    }
    if (event.type === 'TurnRevised' || event.type === 'TurnRemoved') changes.push(event);
    else record(event, turns);
  }
  for (const event of changes.sort((a, b) => a.at.localeCompare(b.at))) {
    if (event.type === 'TurnRevised') {
      const { turn, text } = event.payload;
      turns.get(turn)?.words.push({ at: event.at, text });
    } else if (event.type === 'TurnRemoved') {
      turns.get(event.payload.turn)?.words.push({ at: event.at, text: null });
    }
  }
  const chats = chatsOf(store);
  const homeOf = ({ stream }: DomainEvent) =>
    stream.startsWith('home:') ? stream.slice(5) : (home.get(stream.slice(5)) ?? stream);
  return {
    turns,
    events,
    homeOf,
    holding: (word) => holding.get(word) ?? [],
    rootOf: (chat) => chats.rootOf(chat),
    chats: [...home.keys()],
    headOf: (chat) => chats.read(chat).head,
    lineTo(chat, node) {
      const known = chats.read(chat);
      const line: NodeId[] = [];
      for (let at = node; at !== null; at = known.parentOf(at)) line.push(at);
      return line.reverse();
    },
  };
}

function record(event: DomainEvent, turns: Map<NodeId, RecordedTurn>): void {
  const { node, at: startedAt } = event;
  if (node === null) return;
  const chat = event.stream.slice(5);
  const words: RecordedTurn['words'] = [];
  const common = { node, chat, startedAt, words };
  switch (event.type) {
    case 'UserSpoke': {
      const { by, to, text } = event.payload;
      words.push({ at: startedAt, text });
      turns.set(node, { ...common, kind: 'user', by, to, continues: null });
      return;
    }
    case 'ReplyStarted':
    case 'ReplyContinued': {
      const { by, to } = event.payload;
      const continues = event.type === 'ReplyContinued' ? event.payload.continues : null;
      turns.set(node, { ...common, kind: 'reply', by, to, continues });
      return;
    }
    case 'ReplyCompleted':
      turns.get(node)?.words.push({ at: startedAt, text: event.payload.text });
  }
}

/** The words of a turn as they stand now; null where there are none. */
export const wordsNow = ({ words }: RecordedTurn): string | null => words.at(-1)?.text ?? null;
