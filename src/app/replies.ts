import type { Chat } from '../engine/chat.ts';
import { continueReply } from '../engine/deciders/continueReply.ts';
import { type Regenerate, regenerate } from '../engine/deciders/regenerate.ts';
import { startReply } from '../engine/deciders/startReply.ts';
import type { NewEvent } from '../engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Chats } from './chats.ts';
import { Debts } from './debts.ts';
import { type Performance, type Performer, STOPPED } from './perform.ts';
import type { InTurn } from './ports/inTurn.ts';
import type { Job } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';
import type { NewId } from './ports/newId.ts';
import type { ReplyAddress, ReplySink, Stage } from './ports/stage.ts';
import type { Store } from './ports/store.ts';
import { addressOf, offersOf } from './replyAddress.ts';

interface Running {
  readonly done: Promise<void>;
  /** The reply that is being given; null between two. */
  node: NodeId | null;
  /** Something happened since the last look: look again before going idle. */
  again: boolean;
  /** People wait for an answer. */
  asked: boolean;
  /** A reply is being given, or about to be. */
  busy: boolean;
  /** The head went elsewhere, which ends the round. */
  moved: boolean;
  stop: AbortController;
}

export interface RepliesNeeds {
  readonly chats: Chats;
  readonly store: Store;
  readonly stage: Stage;
  readonly perform: Performer;
  /** Resolves when what was said before a reply has sunk in, or does not by the time that a reply waits. */
  readonly sunkIn: (chat: ChatId) => Promise<void>;
  readonly inTurn: InTurn;
  readonly newId: NewId;
  readonly log: Log;
}

/**
 * Characters answering: at most one reply at a time in a chat. What is said meanwhile is stored at once
 * by its own command and answered together in the next reply.
 */
export class Replies {
  readonly #needs: RepliesNeeds;
  readonly #running = new Map<ChatId, Running>();
  readonly #debts: Debts;
  /** Replies that have begun and wait for their turn. */
  readonly #begun = new Map<ChatId, NodeId[]>();
  #closing = false;

  constructor(needs: RepliesNeeds) {
    this.#needs = needs;
    this.#debts = new Debts(needs);
    needs.chats.onMove = (chat) => this.moved(chat);
  }

  /** Answers whatever is unanswered in a chat, now or after the reply that is running. */
  answer(chat: ChatId): void {
    this.#wake(chat, true);
  }

  /**
   * The head of a chat went elsewhere: a reply that is left behind ends, and its round with it; the
   * channel follows.
   */
  moved(chat: ChatId): void {
    const running = this.#running.get(chat);
    if (running !== undefined) {
      running.asked = false;
      running.moved = true;
      const { node, stop } = running;
      if (node !== null && !this.#needs.chats.read(chat).isOnLine(node)) stop.abort(STOPPED.byMove);
    }
    this.#wake(chat, false);
  }

  /**
   * The character whose words are the newest goes on with them. Resolves when it has begun.
   * @param command the interaction that asks.
   * @throws {Refusal} `nothing-to-continue`, also while a reply is being given.
   */
  async goOn(chat: ChatId, command: string, actor: EntityId): Promise<void> {
    if (this.#closing || this.#speaks(chat)) throw new Refusal('nothing-to-continue');
    await this.#debts.payUp(chat);
    const node = this.#needs.newId();
    await this.#queue(chat, node, command, actor, (known) => continueReply({ node }, known));
  }

  /**
   * Another reply in the place of one, whose turn comes when the one that is running has ended, which it
   * does at once. Resolves when the story stands there.
   * @param command what asks: the same one again does nothing.
   * @throws {Refusal} as the decider does.
   */
  async regenerate(
    chat: ChatId,
    command: string,
    actor: EntityId,
    asked: Omit<Regenerate, 'node'>,
  ): Promise<void> {
    const node = this.#needs.newId();
    await this.#queue(chat, node, command, actor, (known) => regenerate({ ...asked, node }, known));
  }

  /** Writes that a reply begins, and has it given. */
  async #queue(
    chat: ChatId,
    node: NodeId,
    command: string,
    actor: EntityId,
    decide: (known: Chat) => readonly NewEvent[],
  ): Promise<void> {
    this.#debts.take(node);
    try {
      if (!(await this.#write(chat, node, command, actor, decide))) return this.#debts.leave(node);
    } catch (error) {
      this.#debts.leave(node);
      throw error;
    }
    this.#begun.set(chat, [...(this.#begun.get(chat) ?? []), node]);
    this.#wake(chat, false);
  }

  /** Asks again for a reply that failed; nothing happens while one is being given. */
  retry(chat: ChatId): void {
    if (!this.#running.has(chat)) this.answer(chat);
  }

  /**
   * Stops the running reply, keeping what it said. False when there is none.
   * @param node stops this reply only, and not the one after it.
   */
  stop(chat: ChatId, node: NodeId | null = null): boolean {
    const running = this.#running.get(chat);
    if (!running || !this.#speaks(chat) || (node !== null && running.node !== node)) return false;
    running.stop.abort(STOPPED.byPerson);
    return true;
  }

  /** Whether a character speaks, or is about to. */
  #speaks(chat: ChatId): boolean {
    const running = this.#running.get(chat);
    const begun = this.#begun.get(chat) ?? [];
    return running?.asked === true || running?.busy === true || begun.length > 0;
  }

  /** Whether a reply is running in any chat. */
  get isBusy(): boolean {
    return this.#running.size > 0;
  }

  /** Resolves when no reply is running in the chat. */
  async settled(chat: ChatId): Promise<void> {
    while (this.#running.has(chat)) await this.#running.get(chat)?.done;
  }

  /** Shows a reply whose words are in the log already, unless it is shown by now. */
  deliver(chat: ChatId, node: NodeId): Promise<void> {
    return this.#debts.deliver(chat, node);
  }

  /**
   * Takes up what a process that ended left undone: replies that were cut off, and people waiting.
   * @param heard resolves when everything that was said in a chat is in its story.
   */
  async resume(heard: (chat: ChatId) => Promise<void>): Promise<void> {
    const byChat = Map.groupBy(this.#needs.store.jobs(), (job) => job.chat);
    await Promise.all(
      [...byChat].map(async ([chat, jobs]) => {
        try {
          await this.#debts.payUp(chat);
        } catch (error) {
          this.#debts.keep(chat, error);
        }
        if (jobs.some((job) => job.kind === 'answer')) {
          void heard(chat).then(() => this.answer(chat));
        }
      }),
    );
  }

  /** Ends every running reply as truncated and waits until that is shown and stored. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    for (const each of running) each.stop.abort(STOPPED.byShutdown);
    await Promise.all(running.map((each) => each.done));
  }

  #wake(chat: ChatId, asked: boolean): void {
    if (this.#closing) return;
    const running = this.#running.get(chat);
    if (running === undefined) this.#run(chat, asked);
    else {
      running.again = true;
      running.asked ||= asked;
    }
  }

  #run(chat: ChatId, asked: boolean): void {
    const begun: Running = {
      again: false,
      asked,
      busy: false,
      moved: false,
      node: null,
      stop: new AbortController(),
      // Starts a step later, so that `begun` is known to what runs in it.
      done: Promise.resolve()
        .then(() => this.#work(chat, begun))
        .catch((error) => {
          this.#debts.keep(chat, error);
          // What could not be given is owed like anything that a process left undone.
          for (const node of this.#begun.get(chat) ?? []) this.#debts.leave(node);
          this.#begun.delete(chat);
        })
        .finally(() => {
          this.#running.delete(chat);
          if (begun.again) this.#wake(chat, begun.asked);
        }),
    };
    this.#running.set(chat, begun);
  }

  async #work(chat: ChatId, running: Running): Promise<void> {
    let answered = false;
    do {
      running.again = false;
      // What the channel lacks comes first; while it cannot be shown, nothing new can.
      await this.#debts.payUp(chat);
      const [node, ...later] = this.#begun.get(chat) ?? [];
      if (node !== undefined) {
        this.#begun.set(chat, later);
        running.busy = true;
        await this.#needs.sunkIn(chat);
        await this.#give(chat, node, running);
        running.again = true;
      } else if (running.asked) {
        answered = true;
        running.asked = false;
        running.moved = false;
        running.busy = true;
        if ((await this.#answerOnce(chat, running)) && !running.moved) {
          running.asked = true;
          running.again = true;
        }
      }
      running.node = null;
      running.busy = false;
      running.stop = new AbortController();
    } while (running.again && !this.#closing);
    if (answered && !this.#closing) {
      this.#needs.store.finish({ kind: 'answer', chat, node: null });
    }
  }

  /** True when a reply was given, and there may be more to answer. */
  async #answerOnce(chat: ChatId, running: Running): Promise<boolean> {
    const node = this.#needs.newId();
    const decide = (known: Chat) => (running.moved ? [] : startReply({ node }, known));
    if (decide(this.#needs.chats.read(chat)).length === 0) return false;
    await this.#needs.sunkIn(chat);
    this.#debts.take(node);
    if (await this.#write(chat, node, `answer:${node}`, 'troupe', decide)) {
      return await this.#give(chat, node, running);
    }
    this.#debts.leave(node);
    return false;
  }

  /** Writes that a reply begins, and that it is owed to the channel. False when nothing was written. */
  async #write(
    chat: ChatId,
    node: NodeId,
    id: string,
    actor: EntityId | 'troupe',
    decide: (known: Chat) => readonly NewEvent[],
  ): Promise<boolean> {
    const job: Job = { kind: 'deliver', chat, node };
    const command = { chat, id, actor, decide, also: () => ({ jobs: [{ add: job }] }) };
    const { events, repeated } = await this.#needs.chats.execute(command);
    return events.length > 0 && !repeated;
  }

  /** Asks the model for a reply that has begun, and shows it. True when it has words. */
  #give(id: ChatId, node: NodeId, running: Running): Promise<boolean> {
    return this.#needs.inTurn(node, () => this.#giveInTurn(id, node, running));
  }

  async #giveInTurn(id: ChatId, node: NodeId, running: Running): Promise<boolean> {
    const { chats, stage, perform, store } = this.#needs;
    const chat = chats.read(id);
    const job: Job = { kind: 'deliver', chat: id, node };
    const address = addressOf(chat, node);
    try {
      if (address === null) return false;
      // Another was asked for before this one's turn came.
      if (!chat.isOnLine(node)) {
        await this.#debts.fail(id, node, STOPPED.byMove);
        store.finish(job);
        return false;
      }
      running.node = node;
      const sink = stage.open(address);
      // A reply is written from the story before it, with everything that waits for an answer.
      const before = chat.stateAt(chat.parentOf(node));
      const performance = await perform(before, address, sink, running.stop.signal);
      return await this.#settle(address, performance, sink);
    } finally {
      this.#debts.leave(node);
    }
  }

  async #settle(
    address: ReplyAddress,
    performance: Performance,
    sink: ReplySink,
  ): Promise<boolean> {
    const { chats, stage, store } = this.#needs;
    const { chat, node } = address;
    let given = false;
    try {
      if (performance.kind === 'spoken') {
        const { text, finish, model, usage, cut } = performance;
        await this.#debts.complete(chat, node, { text, finish, model, usage });
        given = true;
        const ending = cut
          ? ({ kind: 'cut', failure: cut } as const)
          : this.#debts.endingAfter(finish);
        await sink.finish(text, ending, offersOf(chats.read(chat), node));
        if (sink.removed.aborted) await this.#debts.remove(chat, address);
      } else {
        const { failure, quiet } = performance;
        await this.#debts.fail(chat, node, failure.kind);
        if (chats.read(chat).isOnLine(node)) await sink.withdraw();
        else {
          // What it had been shown in the place of was deleted with it, and is said anew.
          await (sink.removed.aborted ? sink.withdraw() : sink.close());
          await this.#debts.follow(chat);
        }
        if (!quiet) await stage.tell(address, failure);
      }
      store.finish({ kind: 'deliver', chat, node });
    } catch (error) {
      this.#debts.keep(chat, error);
    }
    return given;
  }
}
