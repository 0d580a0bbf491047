import type { Chat } from '../engine/chat.ts';
import { continueReply } from '../engine/deciders/continueReply.ts';
import { startReply } from '../engine/deciders/startReply.ts';
import type { NewEvent } from '../engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Chats } from './chats.ts';
import { Debts } from './debts.ts';
import { type Performance, type Performer, STOPPED } from './perform.ts';
import type { Job, Log, NewId, Stage, Store } from './ports.ts';
import { addressOf } from './replyAddress.ts';

interface Running {
  readonly done: Promise<void>;
  /** The reply that is being given; null between two. */
  node: NodeId | null;
  /** Someone spoke since the last look: look again before going idle. */
  again: boolean;
  stop: AbortController;
}

export interface RepliesNeeds {
  readonly chats: Chats;
  readonly store: Store;
  readonly stage: Stage;
  readonly perform: Performer;
  /** Resolves when what was said before a reply has sunk in, or does not by the time that a reply waits. */
  readonly sunkIn: (chat: ChatId) => Promise<void>;
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
  #closing = false;

  constructor(needs: RepliesNeeds) {
    this.#needs = needs;
    this.#debts = new Debts(needs);
  }

  /** Answers whatever is unanswered in a chat, now or after the reply that is running. */
  answer(chat: ChatId): void {
    if (this.#closing) return;
    const running = this.#running.get(chat);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    this.#run(chat, (begun) => this.#answerAll(chat, begun));
  }

  /**
   * The character whose words are the newest goes on with them. Resolves when it has begun.
   * @param command the interaction that asks.
   * @throws {Refusal} `nothing-to-continue`, also while a reply is being given.
   */
  goOn(chat: ChatId, command: string, actor: EntityId): Promise<void> {
    if (this.#closing || this.#running.has(chat)) throw new Refusal('nothing-to-continue');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#run(chat, async (running) => {
      try {
        await this.#debts.payUp(chat);
        const node = this.#needs.newId();
        const begun = await this.#begin(chat, node, command, actor, (known) =>
          continueReply({ node }, known),
        );
        resolve();
        if (begun) await this.#give(chat, node, running);
      } catch (error) {
        reject(error);
      }
    });
    return promise;
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
    if (running === undefined || (node !== null && running.node !== node)) return false;
    running.stop.abort(STOPPED.byPerson);
    return true;
  }

  /** Resolves when no reply is running in the chat. */
  async settled(chat: ChatId): Promise<void> {
    while (this.#running.has(chat)) await this.#running.get(chat)?.done;
  }

  /** Shows a reply whose words are in the log already, unless it is shown by now. */
  deliver(chat: ChatId, node: NodeId): Promise<void> {
    return this.#debts.deliver(chat, node);
  }

  /** Takes up what a process that ended left undone: replies that were cut off, and people waiting. */
  async resume(): Promise<void> {
    const byChat = Map.groupBy(this.#needs.store.jobs(), (job) => job.chat);
    await Promise.all(
      [...byChat].map(async ([chat, jobs]) => {
        try {
          await this.#debts.payUp(chat);
        } catch (error) {
          this.#debts.keep(chat, error);
        }
        if (jobs.some((job) => job.kind === 'answer')) this.answer(chat);
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

  #run(chat: ChatId, work: (running: Running) => Promise<void>): void {
    const begun: Running = {
      again: false,
      node: null,
      stop: new AbortController(),
      // Starts a step later, so that `begun` is known to what runs in it.
      done: Promise.resolve()
        .then(() => work(begun))
        .catch((error) => this.#debts.keep(chat, error))
        .finally(() => {
          this.#running.delete(chat);
          if (begun.again) this.answer(chat);
        }),
    };
    this.#running.set(chat, begun);
  }

  async #answerAll(chat: ChatId, running: Running): Promise<void> {
    // What the channel lacks comes first; while it cannot be shown, nothing new can.
    await this.#debts.payUp(chat);
    do {
      running.again = false;
      while (!this.#closing && (await this.#answerOnce(chat, running))) {
        running.stop = new AbortController();
      }
      running.stop = new AbortController();
    } while (running.again && !this.#closing);
    if (!this.#closing) this.#needs.store.finish({ kind: 'answer', chat, node: null });
  }

  /** True when a reply was given, and there may be more to answer. */
  async #answerOnce(chat: ChatId, running: Running): Promise<boolean> {
    const node = this.#needs.newId();
    const begun = await this.#begin(chat, node, `answer:${node}`, 'troupe', (known) =>
      startReply({ node }, known),
    );
    return begun && (await this.#give(chat, node, running));
  }

  /** Writes that a reply begins, and that it is owed to the channel. False when nothing was written. */
  async #begin(
    chat: ChatId,
    node: NodeId,
    id: string,
    actor: EntityId | 'troupe',
    decide: (known: Chat) => readonly NewEvent[],
  ): Promise<boolean> {
    const { chats, sunkIn } = this.#needs;
    if (decide(chats.read(chat)).length === 0) return false;
    await sunkIn(chat);
    const job: Job = { kind: 'deliver', chat, node };
    const command = { chat, id, actor, decide, also: () => ({ jobs: [{ add: job }] }) };
    const { events, repeated } = await chats.execute(command);
    return events.length > 0 && !repeated;
  }

  /** Asks the model for a reply that has begun, and shows it. True when it has words. */
  async #give(id: ChatId, node: NodeId, running: Running): Promise<boolean> {
    const { chats, stage, perform } = this.#needs;
    const chat = chats.read(id);
    const address = addressOf(chat, node);
    if (address === null) return false;
    running.node = node;
    const sink = stage.open(address);
    // A reply is written from the story before it, with everything that waits for an answer.
    const before = chat.stateAt(chat.parentOf(node));
    const performance = await perform(before, address, sink, running.stop.signal);
    return await this.#settle({ kind: 'deliver', chat: id, node }, performance, sink);
  }

  async #settle(
    job: Job,
    performance: Performance,
    sink: ReturnType<Stage['open']>,
  ): Promise<boolean> {
    const { chat, node } = job;
    if (node === null) throw new Error('a delivery names its reply');
    let given = false;
    try {
      if (performance.kind === 'spoken') {
        const { text, finish, model, usage, cut } = performance;
        await this.#debts.complete(chat, node, { text, finish, model, usage });
        given = true;
        await sink.finish(
          text,
          cut ? { kind: 'cut', failure: cut } : this.#debts.endingAfter(finish),
        );
      } else {
        await this.#debts.fail(chat, node, performance.failure.kind);
        if (performance.quiet) await sink.withdraw();
        else await sink.fail(performance.failure);
      }
      this.#needs.store.finish(job);
    } catch (error) {
      this.#debts.keep(chat, error);
    }
    return given;
  }
}
