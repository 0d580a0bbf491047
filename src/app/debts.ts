import { removeTurn } from '../engine/deciders/changeWords.ts';
import { completeReply, failReply } from '../engine/deciders/settleReply.ts';
import type { PayloadFor } from '../engine/event.ts';
import type { ChatId, NodeId } from '../engine/ids.ts';
import type { Chats } from './chats.ts';
import { KeyedQueue } from './keyedQueue.ts';
import { isQuiet } from './perform.ts';
import type { Job } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';
import type { NewId } from './ports/newId.ts';
import {
  type Ending,
  type Failure,
  OutOfReach,
  type ReplyAddress,
  type Stage,
} from './ports/stage.ts';
import type { Store } from './ports/store.ts';
import { addressOf, offersOf, replyAt } from './replyAddress.ts';
import { ShowLine } from './showLine.ts';

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
  readonly #line: ShowLine;
  /** Whoever finds a channel behind its story brings it up to date, and nobody else meanwhile. */
  readonly #showing = new KeyedQueue<ChatId>();
  /** Replies that this process is about to give, or gives: they are not lost. */
  readonly #ours = new Set<NodeId>();

  constructor(needs: DebtsNeeds) {
    this.#needs = needs;
    const settle = (chat: ChatId, node: NodeId) => this.#show(chat, node);
    this.#line = new ShowLine({ ...needs, settle });
  }

  /** Whoever gives a reply shows it, too: it is owed by nobody else until then. */
  take(node: NodeId): void {
    this.#ours.add(node);
  }

  leave(node: NodeId): void {
    this.#ours.delete(node);
  }

  /**
   * Makes a chat's channel follow its head.
   * @throws {OutOfReach}
   */
  follow(chat: ChatId): Promise<void> {
    return this.#showing.run(chat, () => this.#line.show(chat));
  }

  /** Shows a reply whose words are in the log already, unless it is shown by now. */
  async deliver(chat: ChatId, node: NodeId): Promise<void> {
    if (this.#owed(chat).some((job) => job.node === node)) {
      await this.#once({ kind: 'deliver', chat, node });
    }
  }

  #owed(chat: ChatId): Job[] {
    const jobs = this.#needs.store.jobs();
    return jobs.filter(
      ({ kind, node, ...job }) =>
        kind === 'deliver' && job.chat === chat && !this.#ours.has(node ?? ''),
    );
  }

  /**
   * Shows everything that a chat's channel lacks.
   * @throws {OutOfReach}
   */
  async payUp(chat: ChatId): Promise<void> {
    for (const { node } of this.#owed(chat)) await this.#recover(chat, node);
    await this.follow(chat);
    for (const job of this.#owed(chat)) await this.#once(job);
  }

  /** Whoever asks for the same delivery while it goes on waits for it. */
  #once(job: Job): Promise<void> {
    const key = `${job.chat} ${job.node}`;
    const going = this.#delivering.get(key) ?? this.#deliver(job);
    this.#delivering.set(key, going);
    return going.finally(() => this.#delivering.delete(key));
  }

  /** The log holds what happened; what the channel lacks is shown when it can be reached again. */
  keep(chat: ChatId, error: unknown): void {
    const { log } = this.#needs;
    if (error instanceof OutOfReach) log.warn({ chat }, 'a channel cannot be reached');
    else log.error({ chat, err: error }, 'a reply could not be shown');
  }

  /** Gives a reply that was cut off with its process the words that its channel shows. */
  async #recover(chat: ChatId, node: NodeId | null): Promise<void> {
    const { chats, stage, log } = this.#needs;
    const known = chats.read(chat);
    const address = addressOf(known, node);
    if (node === null || address === null || replyAt(known, node)?.status !== 'streaming') return;
    const text = await stage.shownOf(address);
    if (text === '') await this.fail(chat, node, 'lost');
    else await this.complete(chat, node, { text, finish: 'lost', model: null, usage: null });
    log.info({ chat, node, characters: text.length }, 'a reply is kept as it was shown');
  }

  async #deliver(job: Job): Promise<void> {
    const { chat, node } = job;
    if (node !== null) {
      await this.#recover(chat, node);
      if (this.#isDeleted(chat, node)) await this.#takeAway(chat, node);
      else {
        await this.follow(chat);
        await this.#showing.run(chat, () => this.#show(chat, node));
      }
    }
    this.#needs.store.finish(job);
  }

  /** Makes a reply's channel show what became of it, whoever left it undone. */
  async #show(chat: ChatId, node: NodeId): Promise<void> {
    const { chats, stage, store } = this.#needs;
    const known = chats.read(chat);
    const address = addressOf(known, node);
    // A story that was put away owes nothing to the channel it had.
    if (address === null) return;
    // Whoever deleted it does not want to see it again, wherever the story goes.
    if (this.#isDeleted(chat, node)) return;
    const result = this.#resultOf(address);
    const isOn = known.isOnLine(node);
    if (result?.type === 'ReplyCompleted') {
      // What left the story before it was ever shown is not shown now.
      if (!isOn && store.deliveries.parts(address.root).length === 0) return;
      const { text, finish } = result.payload;
      await stage.open(address).finish(text, this.endingAfter(finish), offersOf(known, node));
    } else if (result?.type === 'ReplyFailed') {
      const { failure } = result.payload;
      if (isOn) await stage.open(address).withdraw();
      if (!isQuiet(failure)) await stage.tell(address, this.#plain(failure));
    }
  }

  #isDeleted(chat: ChatId, node: NodeId): boolean {
    return this.#needs.chats.read(chat).tree.wordsOf(node)?.text === null;
  }

  /** With one of the messages that show a turn go all of them. */
  async #takeAway(chat: ChatId, node: NodeId): Promise<void> {
    const { chats, store, stage } = this.#needs;
    const { binding } = chats.read(chat).frame;
    const left = store.deliveries
      .parts(node)
      .flatMap(({ message, by }) => (message === null ? [] : [{ message, node, by }]));
    if (binding === null || left.length === 0) return;
    await stage.remove(binding, chat, left, (gone) => store.shown.forget(gone));
  }

  /** What the log says became of a reply; the state keeps less of it. */
  #resultOf({ chat, node }: ReplyAddress) {
    return this.#needs.chats
      .read(chat)
      .tree.node(node)
      .results.findLast((event) => event.type === 'ReplyCompleted' || event.type === 'ReplyFailed');
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

  /** A person deleted what shows a reply: it was not said, with everything that the message showed. */
  async remove(chat: ChatId, { node, root }: ReplyAddress): Promise<void> {
    for (let at: NodeId | null = node; at !== null; ) {
      const turn: NodeId = at;
      // What a branch inherited is its parent's: it is gone on from here, and stands there.
      if (this.#needs.chats.read(chat).tree.node(turn).chat !== chat) return;
      const { continues } = replyAt(this.#needs.chats.read(chat), turn) ?? { continues: null };
      await this.#needs.chats.execute({
        chat,
        id: `removed:${turn}`,
        actor: 'troupe',
        decide: (known) => removeTurn({ turn }, known),
      });
      at = turn === root ? null : continues;
    }
  }
}
