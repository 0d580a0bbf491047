import { z } from 'zod';
import { removeTurn, reviseTurn } from '../engine/deciders/changeWords.ts';
import { editStory } from '../engine/deciders/editStory.ts';
import { replyIn } from '../engine/deciders/moveHead.ts';
import { type Actor, type ChatId, chatId, isCharacter, nodeId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import { mayDo, type Standing } from '../engine/rights.ts';
import type { OocMarkers } from '../engine/segments.ts';
import type { Chats } from './chats.ts';
import { KeyedQueue } from './keyedQueue.ts';
import { wordsOf } from './lastLines.ts';
import { pointAfter, shownTogether, turnIn } from './messagePoint.ts';
import type { Clock } from './ports/clock.ts';
import type { NewId } from './ports/newId.ts';
import type { Store } from './ports/store.ts';
import { type ReadReceipt, readReceipt } from './readReceipt.ts';
import type { Replies } from './replies.ts';
import { replyAt } from './replyAddress.ts';
import type { Rights } from './rights.ts';

export interface WordsNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly rights: Rights;
  readonly replies: Pick<Replies, 'deliver'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly ooc: OocMarkers;
}

/** A message as its author left it. */
export interface EditedMessage {
  readonly message: string;
  readonly by: Actor;
  /** When, as Discord says: the same edit may come twice. */
  readonly editedAt: number;
  readonly text: string;
  readonly readable: string;
}

/** What the owner of a story is asked after a bulk deletion. */
export interface Purge {
  readonly id: string;
  readonly chat: ChatId;
  readonly owner: Actor;
  readonly turns: number;
}

const purge = z.object({ chat: chatId, turns: z.array(z.object({ chat: chatId, node: nodeId })) });

/** What is said of a memory by hand: it happened, and it matters. */
const BY_HAND = { kind: 'event', source: 'direct', reliability: 100, significance: 2 } as const;

/** What people do to their messages after they were said. */
export class Words {
  readonly #needs: WordsNeeds;
  readonly #order = new KeyedQueue<string>();

  constructor(needs: WordsNeeds) {
    this.#needs = needs;
  }

  /**
   * Does what came of a channel's messages one after the other: what is deleted or rewritten in the
   * moment after it was said is in the story by then.
   */
  inOrder<T>(channel: string, work: () => T | Promise<T>): Promise<T> {
    return this.#order.run(channel, work);
  }

  /** True where a message is a turn of somebody's. */
  isTurn(message: string): boolean {
    return this.#needs.store.turnOfMessage(message) !== null;
  }

  /** Whether a message shows a reply that is being given: deleting it stops that, and no more. */
  isStreaming(message: string): boolean {
    const turn = turnIn(this.#needs.store, message);
    return turn !== null && this.#isGiven(turn);
  }

  /**
   * An author rewrote a message. Nothing happens for one in no story, or with the words that it had; true
   * where the story reads otherwise for it.
   */
  async edited({ message, by, editedAt, text, readable }: EditedMessage): Promise<boolean> {
    const { store, chats, ooc } = this.#needs;
    const turn = store.turnOfMessage(message);
    if (turn === null) return false;
    const { events, repeated } = await chats.execute({
      chat: turn.chat,
      id: `${message}@${editedAt}`,
      actor: by,
      decide: (owner) =>
        owner.frame.words[turn.node]?.text === null
          ? []
          : reviseTurn({ turn: turn.node, text, readable, ooc }, owner),
    });
    return events.length > 0 && !repeated;
  }

  /**
   * Somebody deleted a message: its turn is out of the story, and with a part of a reply goes all of it.
   * False for a message of no story.
   */
  async deleted(message: string): Promise<boolean> {
    const turn = turnIn(this.#needs.store, message);
    if (turn === null) return false;
    await this.#remove(turn, `${message}:deleted`, 'troupe', [message]);
    return true;
  }

  /**
   * Many messages were deleted at once. The story stays as it is; what its owner may be asked is kept.
   * @param id names the deletion: the first of its messages.
   */
  purged(messages: readonly string[]): Purge[] {
    const { store, chats, clock } = this.#needs;
    const found = messages.flatMap((message) => {
      const turn = turnIn(store, message);
      return turn === null ? [] : [{ ...turn, message }];
    });
    return [...Map.groupBy(found, ({ chat }) => chat)].map(([chat, all]) => {
      const turns = [...new Map(all.map(({ node }) => [node, { chat, node }])).values()];
      const id = all[0]?.message ?? '';
      store.drafts.put(`purge:${id}`, { chat, turns }, clock.now());
      return { id, chat, owner: chats.read(chat).frame.owner, turns: turns.length };
    });
  }

  /**
   * Messages are gone whose turns stay in the story, and its owner was asked: nothing shows them from
   * now on, and nobody misses them again.
   */
  gone(messages: readonly string[]): void {
    const { store } = this.#needs;
    for (const message of messages) {
      const spoken = store.turnOfMessage(message);
      if (spoken === null) store.shown.forget([{ message, node: '', by: 'bot' }]);
      else {
        const left = [{ message, node: spoken.node, by: 'user' as const }];
        store.shown.leave(spoken.chat, left);
        store.shown.remain(left);
      }
    }
  }

  /**
   * The owner's answer to a bulk deletion. Gives how many turns it was about.
   * @throws {Refusal} `not-allowed`; `out-of-date` when it was answered, or is too long ago.
   */
  async settlePurge(id: string, by: Standing, remove: boolean): Promise<number> {
    const { store, chats } = this.#needs;
    const asked = purge.safeParse(store.drafts.get(`purge:${id}`));
    if (!asked.success) throw new Refusal('out-of-date');
    const { chat, turns } = asked.data;
    // Roles that may reset may not decide this: whose story it is does, or who moderates the channel.
    const ground = { owner: chats.read(chat).frame.owner, settings: {} };
    if (!mayDo('reset', by, ground)) {
      throw new Refusal('not-allowed', { right: 'reset', by: 'owner', owner: ground.owner });
    }
    if (remove) {
      for (const turn of turns) await this.#remove(turn, `purge:${id}:${turn.node}`, by.person, []);
    }
    store.drafts.remove(`purge:${id}`);
    return turns.length;
  }

  /**
   * What the reply that a message shows was written from; null where no prompt was kept for it.
   * @throws {Refusal} `not-a-turn`; `not-a-reply` for a person's words.
   */
  why(chat: ChatId, message: string, by: Standing): ReadReceipt | null {
    const { store, chats } = this.#needs;
    const known = chats.read(chat);
    const node = pointAfter(store, known, message);
    const { by: speaker } = replyIn(known, node);
    const receipt = store.receipts.of(node);
    if (receipt === null) return null;
    const memories = readReceipt(this.#needs, known, receipt, by);
    return { name: known.stateAt(node).cast[speaker]?.name ?? '', receipt, memories };
  }

  /** The words of the turn that a message shows, to be remembered. @throws {Refusal} `not-a-turn`. */
  quote(chat: ChatId, message: string): string {
    const { store, chats } = this.#needs;
    const known = chats.read(chat);
    const node = pointAfter(store, known, message);
    const turn = known.stateAt(node).turns.findLast((each) => each.node === node);
    return turn === undefined || turn.to !== null ? '' : wordsOf(turn);
  }

  /**
   * Writes a memory by hand, for every character who witnessed a turn; gives their names.
   * @throws {Refusal} `not-allowed`, `not-a-turn`; `out-of-date` where it is not on the line any more.
   */
  async remember(
    { chat, message, text, command }: Record<'chat' | 'message' | 'text' | 'command', string>,
    by: Standing,
  ): Promise<string[]> {
    const { store, chats, rights, newId } = this.#needs;
    rights.demand('edit-state', by, chat);
    const known = chats.read(chat);
    const at = pointAfter(store, known, message);
    if (!known.isOnLine(at)) throw new Refusal('out-of-date');
    const then = known.stateAt(at);
    const turn = then.turns.findLast((each) => each.node === at);
    const owners = (turn?.witnesses ?? []).filter(
      (each) => isCharacter(each) && !turn?.hiddenFrom?.includes(each),
    );
    if (turn === undefined || owners.length === 0) throw new Refusal('not-a-turn');
    const node = newId();
    await chats.execute({
      chat,
      id: command,
      actor: by.person,
      decide: (current) =>
        owners
          .filter((owner) => current.story.cast[owner] !== undefined)
          .flatMap((owner) => {
            const witnesses = [...turn.witnesses];
            const about = { scene: then.scene?.id ?? null, storyTime: then.clock.minutes };
            const payload = { owner, text, witnesses, ...about, ...BY_HAND };
            return editStory({ node, edit: { type: 'MemoryWritten', payload } }, current);
          }),
    });
    return owners.map((owner) => then.cast[owner]?.name ?? '');
  }

  #isGiven({ chat, node }: { readonly chat: ChatId; readonly node: string }): boolean {
    return replyAt(this.#needs.chats.read(chat), node)?.status === 'streaming';
  }

  /** @param gone messages that are deleted already. */
  async #remove(
    turn: { readonly chat: ChatId; readonly node: string },
    id: string,
    actor: Actor,
    gone: readonly string[],
  ): Promise<void> {
    const { chats, store, replies } = this.#needs;
    const { chat, node } = turn;
    await chats.execute({
      chat,
      id,
      actor,
      decide: (owner) =>
        shownTogether(owner, node)
          // What a branch went on with stands elsewhere, and in it.
          .filter((each) => owner.tree.node(each).chat === chat)
          .flatMap((each) => removeTurn({ turn: each }, owner)),
      // What else shows it is taken away by whoever lives to see it.
      also: () => ({ jobs: [{ add: { kind: 'deliver', chat, node } }] }),
    });
    store.shown.forget(gone.map((message) => ({ message, node, by: 'bot' })));
    await replies.deliver(chat, node);
  }
}
