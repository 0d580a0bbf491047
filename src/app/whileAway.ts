import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import type { Chats } from './chats.ts';
import type { Erasure, ErasureLedger } from './ports/erasures.ts';
import type { Seen } from './ports/seenLog.ts';
import type { Store } from './ports/store.ts';

/** How much is made good of what happened while nobody listened. */
export interface AwayBounds {
  /** Of what came into a channel, so many messages are looked at, the newest. */
  readonly messages: number;
  /** What is older than so many milliseconds is not taken. */
  readonly age: number;
  /** So many of the newest messages of a story are looked for, whether they still stand. */
  readonly compare: number;
}

/** A message as it stands in its channel. */
export interface Posted {
  readonly id: string;
  readonly by: EntityId;
  /** Words of a person, which may become a turn. */
  readonly spoken: boolean;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null for one that nobody edited. */
  readonly editedAt: number | null;
}

/** What a story's channel is known to show. */
export interface Remembered {
  readonly chat: ChatId;
  /** The server that the channel is in; null for direct messages. */
  readonly guild: string | null;
  readonly seen: Seen;
  /** The newest messages of its line. */
  readonly shown: readonly { readonly message: string; readonly node: NodeId }[];
}

/** What a channel shows, as far back as it was read. */
export interface Read {
  /** Oldest first. */
  readonly posted: readonly Posted[];
  /** Everything from this id on was read. */
  readonly from: string;
}

/** What happened in a channel that its story does not know of. */
export interface Happened {
  /** Messages that are to become turns, oldest first. */
  readonly come: readonly string[];
  /** Where some words are passed over, up to where nothing is looked for again; null where none are. */
  readonly skipped: string | null;
  /** Turns that read otherwise by now. */
  readonly edited: readonly string[];
  /** Messages that are gone, and how many turns they showed. */
  readonly missing: readonly string[];
  readonly turnsMissing: number;
}

/** Nodes of a line that are looked through for those that messages show. */
const MOST_NODES = 1_000;
const STEP = 200;

interface Needs {
  readonly store: Store;
  readonly chats: Chats;
  readonly ledger: ErasureLedger;
}

/** What a channel shows beside what its story holds. */
export class WhileAway {
  readonly #store: Store;
  readonly #chats: Chats;
  readonly #ledger: ErasureLedger;

  constructor({ store, chats, ledger }: Needs) {
    this.#store = store;
    this.#chats = chats;
    this.#ledger = ledger;
  }

  /** Channels that a story is played in. */
  channels(): string[] {
    return this.#store.seen.channels();
  }

  /**
   * What a channel is known to show: asked before the channel is, so that nothing is missing there that
   * only came meanwhile. Null where no story is played.
   * @param most messages
   */
  remembered(channel: string, most: number): Remembered | null {
    const chat = this.#store.chatIn(channel);
    const seen = this.#store.seen.of(channel);
    if (chat === null || seen === null) return null;
    const { binding } = this.#chats.read(chat).frame;
    const shown = this.#shown(chat, seen, most);
    return { chat, guild: binding?.guild ?? null, seen, shown };
  }

  /** A person's turn as it last read in its channel; null for no turn, and for one that was taken away. */
  lastText(message: string): string | null {
    const turn = this.#store.turnOfMessage(message);
    if (turn === null) return null;
    const { tree } = this.#chats.read(turn.chat);
    const words = tree.wordsOf(turn.node);
    if (words !== undefined) return words.text?.raw ?? null;
    const spoken = tree.node(turn.node).own.find((event) => event.type === 'UserSpoke');
    return spoken?.type === 'UserSpoke' ? spoken.payload.text : null;
  }

  /** What is to be made good, decided from the log and the channel alone. */
  compare(known: Remembered, read: Read, bounds: AwayBounds, now: number): Happened {
    const { turnOfMessage } = this.#store;
    return compare(known, read, {
      ...bounds,
      since: now - bounds.age,
      isTurn: (message) => turnOfMessage(message) !== null,
      lastText: (message) => this.lastText(message),
      isErased: this.#erasedIn(known.chat),
    });
  }

  /** Messages up to this one are not looked for again. */
  passOver(channel: string, message: string): void {
    this.#store.seen.note(channel, message);
  }

  /** Whether words were erased before: what an older copy of the database has not heard is not heard again. */
  #erasedIn(chat: ChatId): Grounds['isErased'] {
    const { home } = this.#chats.read(chat).frame;
    let erasures: readonly Erasure[] | null = null;
    return ({ by, at }) => {
      erasures ??= this.#ledger.all().filter((each) => each.home === null || each.home === home);
      return erasures.some((each) => each.person === by && at <= Date.parse(each.at));
    };
  }

  #shown(id: ChatId, { since }: Seen, most: number): Remembered['shown'] {
    const { shown } = this.#store;
    const chat = this.#chats.read(id);
    const leaving = new Set(shown.leaving(id).map(({ message }) => message));
    const found: { message: string; node: NodeId }[] = [];
    let looked = 0;
    for (const { id: stretch, first, last } of chat.stretches().reverse()) {
      // What is shared with another story stands in the channel of that one.
      if (chat.tree.node(stretch).chat !== id) break;
      for (let to = last; to >= first && looked < MOST_NODES; to -= STEP, looked += STEP) {
        const part = { id: stretch, first: Math.max(first, to - STEP + 1), last: to };
        for (const { node, messages } of shown.turns(part).reverse()) {
          if (chat.tree.wordsOf(node)?.text === null) continue;
          // What was said again is shown by the bot from then on, and what its author wrote is gone.
          const again = messages.some(({ by }) => by !== 'user');
          for (const { message, by } of messages) {
            const own = BigInt(message) >= BigInt(since) && !leaving.has(message);
            if (own && !(again && by === 'user')) found.push({ message, node });
          }
        }
        if (found.length >= most) return newest(found).slice(0, most);
      }
    }
    return newest(found);
  }
}

const newest = <T extends { readonly message: string }>(found: readonly T[]): T[] =>
  found.toSorted((a, b) => (BigInt(a.message) < BigInt(b.message) ? 1 : -1));

interface Grounds {
  readonly messages: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  isTurn(message: string): boolean;
  lastText(message: string): string | null;
  isErased(message: Posted): boolean;
}

/** See {@link WhileAway.compare}. */
export function compare(
  { seen, shown }: Pick<Remembered, 'seen' | 'shown'>,
  { posted, from }: Read,
  { messages, since, isTurn, lastText, isErased }: Grounds,
): Happened {
  const newer = posted.filter(({ id }) => BigInt(id) > BigInt(seen.message));
  const far = newer.length - messages;
  const words = newer
    .map((message, at) => ({ ...message, passed: at < far || message.at < since }))
    .filter((each) => each.spoken && !isTurn(each.id) && !isErased(each));
  // Where reading ended early, nobody knows what is before.
  const cut = BigInt(from) > BigInt(seen.message);
  const skips = cut || words.some(({ passed }) => passed);
  const standing = new Set(posted.map(({ id }) => id));
  const missing = shown.filter(
    ({ message }) => BigInt(message) >= BigInt(from) && !standing.has(message),
  );
  return {
    come: words.filter(({ passed }) => !passed).map(({ id }) => id),
    skipped: skips ? (newer.at(-1)?.id ?? null) : null,
    edited: posted
      .filter(({ id, text, editedAt }) => {
        if (editedAt === null) return false;
        const before = lastText(id);
        return before !== null && before !== text;
      })
      .map(({ id }) => id),
    missing: missing.map(({ message }) => message),
    turnsMissing: new Set(missing.map(({ node }) => node)).size,
  };
}
