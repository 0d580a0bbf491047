import type { Chat } from '../engine/chat.ts';
import { continueReply } from '../engine/deciders/continueReply.ts';
import { completeReply, failReply } from '../engine/deciders/settleReply.ts';
import { startReply } from '../engine/deciders/startReply.ts';
import type { NewEvent, PayloadFor } from '../engine/event.ts';
import { type ChatId, chatStream, type EntityId, type NodeId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import type { Chats } from './chats.ts';
import { isQuiet, type Performance, type Performer, STOPPED } from './perform.ts';
import {
  type Ending,
  type Failure,
  type Job,
  type Log,
  type NewId,
  OutOfReach,
  type ReplyAddress,
  type Stage,
  type Store,
} from './ports.ts';

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
  readonly #delivering = new Map<string, Promise<void>>();
  #closing = false;

  constructor(needs: RepliesNeeds) {
    this.#needs = needs;
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
        await this.#payUp(chat);
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
  async deliver(chat: ChatId, node: NodeId): Promise<void> {
    if (this.#owed(chat).some((job) => job.node === node)) {
      await this.#once({ kind: 'deliver', chat, node });
    }
  }

  /** Takes up what a process that ended left undone: replies that were cut off, and people waiting. */
  async resume(): Promise<void> {
    const byChat = Map.groupBy(this.#needs.store.jobs(), (job) => job.chat);
    await Promise.all(
      [...byChat].map(async ([chat, jobs]) => {
        try {
          await this.#payUp(chat);
        } catch (error) {
          this.#owes(chat, error);
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
        .catch((error) => this.#owes(chat, error))
        .finally(() => {
          this.#running.delete(chat);
          if (begun.again) this.answer(chat);
        }),
    };
    this.#running.set(chat, begun);
  }

  async #answerAll(chat: ChatId, running: Running): Promise<void> {
    // What the channel lacks comes first; while it cannot be shown, nothing new can.
    await this.#payUp(chat);
    do {
      running.again = false;
      while (!this.#closing && (await this.#answerOnce(chat, running))) {
        running.stop = new AbortController();
      }
      running.stop = new AbortController();
    } while (running.again && !this.#closing);
    if (!this.#closing) this.#needs.store.finish({ kind: 'answer', chat, node: null });
  }

  #owed(chat: ChatId): Job[] {
    const jobs = this.#needs.store.jobs();
    return jobs.filter((job) => job.kind === 'deliver' && job.chat === chat);
  }

  async #payUp(chat: ChatId): Promise<void> {
    for (const job of this.#owed(chat)) await this.#once(job);
  }

  /** Whoever asks for the same delivery while it goes on waits for it. */
  #once(job: Job): Promise<void> {
    const key = `${job.chat} ${job.node}`;
    const going = this.#delivering.get(key) ?? this.#recover(job);
    this.#delivering.set(key, going);
    return going.finally(() => this.#delivering.delete(key));
  }

  /** The log holds what happened; what the channel lacks is shown when it can be reached again. */
  #owes(chat: ChatId, error: unknown): void {
    const { log } = this.#needs;
    if (error instanceof OutOfReach) log.warn({ chat }, 'a channel cannot be reached');
    else log.error({ chat, err: error }, 'a reply could not be shown');
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
    const job: Job = { kind: 'deliver', chat, node };
    const command = { chat, id, actor, decide, also: () => ({ jobs: [{ add: job }] }) };
    const { events, repeated } = await this.#needs.chats.execute(command);
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
        await this.#complete(chat, node, { text, finish, model, usage });
        given = true;
        await sink.finish(text, cut ? { kind: 'cut', failure: cut } : this.#endingAfter(finish));
      } else {
        await this.#fail(chat, node, performance.failure.kind);
        if (performance.quiet) await sink.withdraw();
        else await sink.fail(performance.failure);
      }
      this.#needs.store.finish(job);
    } catch (error) {
      this.#owes(chat, error);
    }
    return given;
  }

  /** Makes a reply's channel show what became of it, whoever left it undone. */
  async #recover(job: Job): Promise<void> {
    const { chats, stage, log } = this.#needs;
    const { chat, node } = job;
    const known = chats.read(chat);
    const address = addressOf(known, node);
    if (node !== null && address !== null && replyAt(known, node)?.status === 'streaming') {
      const text = await stage.shownOf(address);
      if (text === '') await this.#fail(chat, node, 'lost');
      else await this.#complete(chat, node, { text, finish: 'lost', model: null, usage: null });
      log.info({ chat, node, characters: text.length }, 'a reply is kept as it was shown');
    }
    await this.#show(job);
  }

  async #show(job: Job): Promise<void> {
    const { chats, stage, store } = this.#needs;
    const { chat, node } = job;
    const address = addressOf(chats.read(chat), node);
    // A story that was put away owes nothing to the channel it had.
    if (address === null) return store.finish(job);
    const result = this.#resultOf(address);
    if (result?.type === 'ReplyCompleted') {
      const { text, finish } = result.payload;
      await stage.open(address).finish(text, this.#endingAfter(finish));
    } else if (result?.type === 'ReplyFailed') {
      const { failure } = result.payload;
      const sink = stage.open(address);
      if (isQuiet(failure)) await sink.withdraw();
      else await sink.fail(this.#plain(failure));
    }
    store.finish(job);
  }

  /** What the log says became of a reply; the state keeps less of it. */
  #resultOf({ chat, node }: ReplyAddress) {
    return this.#needs.store
      .load(chatStream(chat))
      .findLast(
        (event) =>
          event.node === node && (event.type === 'ReplyCompleted' || event.type === 'ReplyFailed'),
      );
  }

  #endingAfter(finish: PayloadFor<'ReplyCompleted'>['finish']): Ending {
    if (finish === 'lost' || finish === 'filter')
      return { kind: 'cut', failure: this.#plain(finish) };
    if (finish === 'shutdown') return { kind: 'cut', failure: this.#plain('restart') };
    return { kind: finish === 'stop' || finish === 'authored' ? 'whole' : 'stopped' };
  }

  /** A failure of which no more is known than its kind. */
  #plain(kind: string): Failure {
    return { kind, details: { id: this.#needs.newId().slice(-8), retryAt: null, facts: {} } };
  }

  #complete(
    chat: ChatId,
    node: NodeId,
    result: Omit<PayloadFor<'ReplyCompleted'>, 'by' | 'truncated'>,
  ): Promise<unknown> {
    return this.#needs.chats.execute({
      chat,
      id: `complete:${node}`,
      actor: 'troupe',
      decide: (known) => completeReply({ node, ...result }, known),
    });
  }

  #fail(chat: ChatId, node: NodeId, failure: string): Promise<unknown> {
    return this.#needs.chats.execute({
      chat,
      id: `fail:${node}`,
      actor: 'troupe',
      decide: (known) => failReply({ node, failure }, known),
    });
  }
}

function replyAt(chat: Chat, node: NodeId | null) {
  if (node === null || !chat.has(node)) return null;
  const turn = chat.stateAt(node).turns.findLast((each) => each.node === node);
  return turn?.kind === 'reply' ? turn : null;
}

function addressOf(chat: Chat, node: NodeId | null): ReplyAddress | null {
  const reply = replyAt(chat, node);
  const { binding } = chat.frame;
  const sheet = reply && chat.stateAt(reply.node).cast[reply.by]?.sheet;
  if (!reply || !sheet || binding === null) return null;
  let root = reply;
  const before: string[] = [];
  for (let at = reply.continues; at !== null; at = root.continues) {
    const continued = replyAt(chat, at);
    if (continued === null) break;
    root = continued;
    before.unshift(root.text);
  }
  return {
    chat: chat.id,
    node: reply.node,
    binding,
    character: reply.by,
    sheet,
    root: root.node,
    before: before.join(' '),
  };
}
