import { completeReply, failReply } from '../engine/deciders/settleReply.ts';
import type { PayloadFor } from '../engine/event.ts';
import { type ChatId, chatStream, type NodeId } from '../engine/ids.ts';
import type { Chats } from './chats.ts';
import { isQuiet } from './perform.ts';
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
import { addressOf, replyAt } from './replyAddress.ts';

interface DebtsNeeds {
  readonly chats: Chats;
  readonly store: Store;
  readonly stage: Stage;
  readonly newId: NewId;
  readonly log: Log;
}

/** What channels lack of what their logs hold: owed from the event on, and shown once. */
export class Debts {
  readonly #needs: DebtsNeeds;
  readonly #delivering = new Map<string, Promise<void>>();

  constructor(needs: DebtsNeeds) {
    this.#needs = needs;
  }

  /** Shows a reply whose words are in the log already, unless it is shown by now. */
  async deliver(chat: ChatId, node: NodeId): Promise<void> {
    if (this.#owed(chat).some((job) => job.node === node)) {
      await this.#once({ kind: 'deliver', chat, node });
    }
  }

  #owed(chat: ChatId): Job[] {
    const jobs = this.#needs.store.jobs();
    return jobs.filter((job) => job.kind === 'deliver' && job.chat === chat);
  }

  /**
   * Shows everything that a chat's channel lacks.
   * @throws {OutOfReach}
   */
  async payUp(chat: ChatId): Promise<void> {
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
  keep(chat: ChatId, error: unknown): void {
    const { log } = this.#needs;
    if (error instanceof OutOfReach) log.warn({ chat }, 'a channel cannot be reached');
    else log.error({ chat, err: error }, 'a reply could not be shown');
  }

  /** Makes a reply's channel show what became of it, whoever left it undone. */
  async #recover(job: Job): Promise<void> {
    const { chats, stage, log } = this.#needs;
    const { chat, node } = job;
    const known = chats.read(chat);
    const address = addressOf(known, node);
    if (node !== null && address !== null && replyAt(known, node)?.status === 'streaming') {
      const text = await stage.shownOf(address);
      if (text === '') await this.fail(chat, node, 'lost');
      else await this.complete(chat, node, { text, finish: 'lost', model: null, usage: null });
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
      await stage.open(address).finish(text, this.endingAfter(finish));
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

  /** How a reply ended that is whole or that somebody stopped, or of whose cut nothing more is known. */
  endingAfter(finish: PayloadFor<'ReplyCompleted'>['finish']): Ending {
    if (finish === 'lost' || finish === 'filter')
      return { kind: 'cut', failure: this.#plain(finish) };
    if (finish === 'shutdown') return { kind: 'cut', failure: this.#plain('restart') };
    return { kind: finish === 'stop' || finish === 'authored' ? 'whole' : 'stopped' };
  }

  /** A failure of which no more is known than its kind. */
  #plain(kind: string): Failure {
    return { kind, details: { id: this.#needs.newId().slice(-8), retryAt: null, facts: {} } };
  }

  complete(
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

  fail(chat: ChatId, node: NodeId, failure: string): Promise<unknown> {
    return this.#needs.chats.execute({
      chat,
      id: `fail:${node}`,
      actor: 'troupe',
      decide: (known) => failReply({ node, failure }, known),
    });
  }
}
