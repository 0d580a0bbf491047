import { LRUCache } from 'lru-cache';
import { Chat } from '../engine/chat.ts';
import type { DomainEvent, NewEvent } from '../engine/event.ts';
import { type Actor, type ChatId, chatStream } from '../engine/ids.ts';
import { KeyedQueue } from './keyedQueue.ts';
import { type Clock, ConcurrencyError, type JobChange, type Row, type Store } from './ports.ts';

/** Chats kept in memory; one that is needed again is folded anew from its log. */
const KEPT_CHATS = 200;

export interface Command {
  readonly chat: ChatId;
  /** The Discord message or interaction that asks; the same id again writes nothing. */
  readonly id: string;
  readonly actor: Actor;
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

/** The one writer of every chat: commands of a chat run one at a time, in the order in which they came. */
export class Chats {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #queue = new KeyedQueue<ChatId>();
  readonly #loaded = new LRUCache<ChatId, Chat>({ max: KEPT_CHATS });

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Decides and commits; a lost race is decided again on what the log holds by then. */
  execute(command: Command): Promise<Executed> {
    return this.#queue.run(command.chat, () => {
      try {
        return this.#execute(command);
      } catch (error) {
        if (!(error instanceof ConcurrencyError)) throw error;
        this.#loaded.delete(command.chat);
        return this.#execute(command);
      }
    });
  }

  /** The chat as it stands now. */
  read(id: ChatId): Chat {
    let chat = this.#loaded.get(id);
    if (chat === undefined) {
      chat = new Chat(id, this.#store.load(chatStream(id)));
      this.#loaded.set(id, chat);
    }
    return chat;
  }

  #execute({ chat: id, id: command, actor, decide, also }: Command): Executed {
    const stream = chatStream(id);
    const chat = this.read(id);
    // Asked before deciding: a command that came twice must not be decided on what it did the first time.
    const before = this.#store.recorded(stream, command);
    if (before !== null) return { chat, events: before, repeated: true };
    const events = decide(chat);
    if (events.length === 0) return { chat, events: [], repeated: false };
    const committed = this.#store.commit({
      stream,
      expected: chat.version,
      command,
      actor,
      at: new Date(this.#clock.now()).toISOString(),
      events,
      ...also?.(events),
    });
    for (const event of committed.events) chat.apply(event);
    return { chat, ...committed };
  }
}
