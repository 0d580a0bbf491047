import type { Chat } from '../engine/chat.ts';
import { chooseVariant } from '../engine/deciders/moveHead.ts';
import { rewordTurn } from '../engine/deciders/rewordTurn.ts';
import { type ChatId, chatStream, type EntityId, type NodeId } from '../engine/ids.ts';
import { turnOf } from '../engine/node.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Standing } from '../engine/rights.ts';
import type { Chats } from './chats.ts';
import type { NewId } from './ports/newId.ts';
import type { Store } from './ports/store.ts';
import type { Replies } from './replies.ts';
import type { Rights } from './rights.ts';

interface Needs {
  readonly chats: Chats;
  readonly store: Store;
  readonly replies: Replies;
  readonly rights: Rights;
  readonly newId: NewId;
}

interface Asked {
  readonly channel: string;
  /** The interaction, or the button with the version that it was drawn at; again, it does nothing. */
  readonly command: string;
  readonly by: Standing;
}

export interface Regenerating extends Asked {
  /** A reply, or with `text` also a person's turn; null for the newest. */
  readonly node: NodeId | null;
  /** Only while the node holds the newest words: the button stands under those. */
  readonly newest?: boolean;
  /** What is wanted of this attempt, which nobody in the story hears of. */
  readonly note: string | null;
  /** Other words for what the person said before it: the story goes on from them. */
  readonly text: string | null;
}

export interface Choosing extends Asked {
  /** The attempt that is shown, where the button stands under it; null for a choice made elsewhere. */
  readonly from: NodeId | null;
  readonly variant: NodeId;
}

export interface Attempts {
  readonly chat: ChatId;
  /** Of the chat. */
  readonly version: number;
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly node: NodeId;
  readonly text: string;
  readonly current: boolean;
}

/** Several attempts at the same reply: asking for one more, and choosing among them. */
export class Variants {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Has a reply told anew, in its place; one that is running ends. Resolves when the story stands there.
   * @throws {Refusal} `no-story-here`, `not-allowed`, `nothing-to-regenerate`, `only-opening`,
   *   `not-a-reply`, `not-a-turn`, `not-your-words`, `out-of-date`.
   */
  async regenerate({ node, newest, note, text, ...asked }: Regenerating): Promise<void> {
    const { chats, replies } = this.#needs;
    const chat = this.#enter(asked);
    if (chat === null) return;
    const known = chats.read(chat);
    const last = known.story.turns.at(-1);
    if (newest && last?.node !== node) throw new Refusal('out-of-date');
    if (text !== null) return await this.#reword(known, asked, node, text);
    const reply = node ?? (last?.kind === 'reply' ? last.node : null);
    if (reply === null) throw new Refusal('nothing-to-regenerate');
    // What was whispered was shown to one person alone, and is told anew to nobody else.
    if (known.has(reply) && !isOpenReply(known, reply)) throw new Refusal('not-a-reply');
    await replies.regenerate(chat, asked.command, asked.by.person, { reply, note });
  }

  /** The person's turn that a reply answers, for them to change its words; null where it is none of theirs. */
  wordsBefore(
    channel: string,
    person: EntityId,
    node: NodeId | null,
  ): { readonly node: NodeId; readonly text: string } | null {
    const chat = this.#needs.store.chatIn(channel);
    if (chat === null) return null;
    const known = this.#needs.chats.read(chat);
    const turn = turnBefore(known, person, node);
    if (turn === null) return null;
    const spoken = known.tree.node(turn).own.find((event) => event.type === 'UserSpoke');
    if (spoken?.type !== 'UserSpoke') return null;
    return { node: turn, text: known.tree.wordsOf(turn)?.text?.raw ?? spoken.payload.text };
  }

  async #reword(known: Chat, asked: Asked, node: NodeId | null, text: string): Promise<void> {
    const { chats, replies, rights, newId } = this.#needs;
    const { command: message, by } = asked;
    // New words are said, in whichever form.
    rights.demand('speak', by, known.id);
    const turn = turnBefore(known, by.person, node);
    if (turn === null) throw new Refusal('not-your-words');
    await chats.execute({
      chat: known.id,
      id: message,
      actor: by.person,
      decide: (chat) => rewordTurn({ turn, by: by.person, text, message, node: newId() }, chat),
      also: () => ({
        // No message of theirs holds these words: the bot says them in quotation.
        rows: [{ table: 'message', message, node: null }],
        jobs: [{ add: { kind: 'answer', chat: known.id, node: null } }],
      }),
    });
    replies.answer(known.id);
  }

  /**
   * The story goes to where the line of another attempt last stood.
   * @throws {Refusal} `no-story-here`, `not-allowed`, `out-of-date`, `already-there`.
   */
  async choose({ from, variant, ...asked }: Choosing): Promise<void> {
    const { chats } = this.#needs;
    const chat = this.#enter(asked);
    if (chat === null) return;
    await chats.execute({
      chat,
      id: asked.command,
      actor: asked.by.person,
      decide: (known) => {
        const shown = known.story.turns.at(-1)?.node;
        if (from !== null && from !== shown) throw new Refusal('out-of-date');
        return chooseVariant({ variant }, known);
      },
    });
  }

  /**
   * The attempts at a reply, oldest first.
   * @param node null for the newest reply.
   * @throws {Refusal} `no-story-here`, `not-a-reply`, `nothing-to-regenerate`.
   */
  list(channel: string, node: NodeId | null): Attempts {
    const chat = this.#needs.store.chatIn(channel);
    if (chat === null) throw new Refusal('no-story-here');
    const known = this.#needs.chats.read(chat);
    const offered = (each: NodeId) => known.variantsOf(each).length > 0;
    const newest = () =>
      known.story.turns.findLast(({ kind, to, node: each }) => {
        return kind === 'reply' && to === null && offered(each);
      })?.node;
    const reply = node ?? newest();
    if (reply === undefined) throw new Refusal('nothing-to-regenerate');
    // What was whispered is nobody's to look at.
    const isOpen = known.has(reply) && isOpenReply(known, reply);
    if (!isOpen || !offered(reply)) throw new Refusal('not-a-reply');
    const variants = known.variantsOf(reply).map((each) => ({
      node: each,
      text: textOf(known, each),
      current: known.isOnLine(each),
    }));
    return { chat, version: known.version, variants };
  }

  /** As {@link list}, by a message that shows the reply. @throws {Refusal} as there. */
  listAt(channel: string, message: string | null): Attempts {
    if (message === null) return this.list(channel, null);
    const shown = this.#needs.store.deliveries.replyOf(message);
    if (shown === null) throw new Refusal('not-a-reply');
    return this.list(channel, shown.node);
  }

  /** The chat to act in; null where the same command was done before. */
  #enter({ channel, command, by }: Asked): ChatId | null {
    const { store, rights } = this.#needs;
    const chat = store.chatIn(channel);
    if (chat === null) throw new Refusal('no-story-here');
    if (store.recorded(chatStream(chat), command) !== null) return null;
    rights.demand('regenerate', by, chat);
    return chat;
  }
}

/** The turn of a person's own: this one, the newest that a reply answers, or their newest. */
function turnBefore(chat: Chat, person: EntityId, node: NodeId | null): NodeId | null {
  const own = (id: NodeId): boolean => {
    const turn = chat.has(id) ? turnOf(chat.tree.node(id)) : null;
    return turn?.kind === 'user' && turn.by === person;
  };
  if (node === null) {
    const newest = chat.story.turns.findLast(({ kind, to, node: id }) => {
      return kind === 'user' && to === null && own(id);
    });
    return newest?.node ?? null;
  }
  if (!chat.has(node)) return null;
  const opening = chat.tree.node(node).own.find((event) => event.type === 'ReplyStarted');
  const said = opening?.type === 'ReplyStarted' ? opening.payload.answers : [node];
  return said.findLast(own) ?? null;
}

function isOpenReply(chat: Chat, node: NodeId): boolean {
  if (turnOf(chat.tree.node(node))?.kind !== 'reply') return false;
  return chat.stateAt(node).turns.findLast((each) => each.node === node)?.to === null;
}

const textOf = (chat: Chat, node: NodeId): string => {
  for (const event of chat.tree.node(node).results) {
    if (event.type === 'ReplyCompleted') return event.payload.text;
  }
  return '';
};
