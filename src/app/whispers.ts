import { completeReply, failReply } from '../engine/deciders/settleReply.ts';
import { whisper } from '../engine/deciders/whisper.ts';
import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import type { Standing } from '../engine/rights.ts';
import type { Chats } from './chats.ts';
import type { HomeRules } from './homeRules.ts';
import type { Homes } from './homes.ts';
import { type Performer, STOPPED } from './perform.ts';
import type { InTurn } from './ports/inTurn.ts';
import type { Job } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';
import type { NewId } from './ports/newId.ts';
import type { Failure, ReplySink } from './ports/stage.ts';
import type { Store } from './ports/store.ts';
import type { Replies } from './replies.ts';
import { addressOf, replyAt } from './replyAddress.ts';
import type { Rights } from './rights.ts';

export interface WhispersNeeds {
  readonly store: Store;
  readonly chats: Chats;
  readonly replies: Replies;
  readonly rights: Rights;
  readonly rules: HomeRules;
  readonly homes: Homes;
  readonly perform: Performer;
  readonly inTurn: InTurn;
  readonly newId: NewId;
  readonly log: Log;
}

export interface Whispering {
  readonly chat: ChatId;
  /** The interaction that asks. */
  readonly command: string;
  readonly by: Standing;
  /** What they go by. */
  readonly name: string;
  readonly to: EntityId;
  readonly text: string;
}

/** What a character whispered back; null for one that could not answer, and why. */
export interface Whispered {
  readonly node: NodeId;
  readonly name: string;
  readonly text: string;
  readonly failure: Failure | null;
}

/**
 * What passes between one person and one character alone. It is in the story and in no channel: the
 * answer goes to whoever whispered, and waits for them where it could not be shown.
 */
export class Whispers {
  readonly #needs: WhispersNeeds;
  readonly #giving = new Map<NodeId, Promise<Whispered>>();
  readonly #closing = new AbortController();

  constructor(needs: WhispersNeeds) {
    this.#needs = needs;
  }

  /**
   * Whispers, and resolves with the answer. It is owed until {@link told}.
   * @throws {Refusal} `not-allowed`, `only-characters`, `limit-reached`.
   */
  async whisper({ chat, command, by, to, text, ...said }: Whispering): Promise<Whispered> {
    const { chats, newId, rights, homes, rules } = this.#needs;
    rights.demand('speak', by, chat);
    const { home } = chats.read(chat).frame;
    rules.demandAllowance(home, by.person);
    const person = homes.appearance(home, by.person, chat, said.name);
    const [node, reply] = [newId(), newId()];
    const words = { text, readable: text, quote: null, attachments: [], message: command };
    const { events } = await chats.execute({
      chat,
      id: command,
      actor: by.person,
      decide: (known) => whisper({ ...person, ...words, by: by.person, to, node, reply }, known),
      also: () => ({ jobs: [{ add: jobOf(chat, reply) }] }),
    });
    const begun = events.find((event) => event.type === 'ReplyStarted')?.node;
    return this.#once(chat, begun ?? reply);
  }

  /** Answers that are owed to someone: given while they could not be shown. */
  owed(chat: ChatId, person: EntityId): Whispered[] {
    const known = this.#needs.chats.read(chat);
    return this.#jobs(chat).flatMap(({ node }) => {
      const reply = replyAt(known, node);
      if (reply?.to !== person || reply.status !== 'complete') return [];
      const name = known.story.cast[reply.by]?.name ?? '';
      return [{ node: reply.node, name, text: reply.text, failure: null }];
    });
  }

  /** An answer was shown to whom it was for. */
  told(chat: ChatId, node: NodeId): void {
    this.#needs.store.finish(jobOf(chat, node));
  }

  /** Has those answered whose whispers the last process left; nobody waits for it. */
  resume(): void {
    for (const { chat, node } of this.#jobs(null)) {
      const status = node === null ? null : replyAt(this.#needs.chats.read(chat), node)?.status;
      if (node === null || status !== 'streaming') continue;
      this.#once(chat, node).catch((error) =>
        this.#needs.log.error({ chat, err: error }, 'a whisper could not be answered'),
      );
    }
  }

  /** Ends what is being whispered; what is there by then is kept. */
  async close(): Promise<void> {
    this.#closing.abort(STOPPED.byShutdown);
    await Promise.allSettled(this.#giving.values());
  }

  #jobs(chat: ChatId | null): Job[] {
    const jobs = this.#needs.store.jobs();
    return jobs.filter((job) => job.kind === 'whisper' && (chat === null || job.chat === chat));
  }

  #once(chat: ChatId, node: NodeId): Promise<Whispered> {
    const { inTurn } = this.#needs;
    const going = this.#giving.get(node) ?? inTurn(node, () => this.#give(chat, node));
    this.#giving.set(node, going);
    return going.finally(() => this.#giving.delete(node));
  }

  async #give(id: ChatId, node: NodeId): Promise<Whispered> {
    const { chats, perform, store, replies } = this.#needs;
    const chat = chats.read(id);
    const reply = replyAt(chat, node);
    const address = addressOf(chat, node);
    const name = (reply && chat.story.cast[reply.by]?.name) ?? '';
    const none = { node, name, text: '', failure: null };
    // The same whisper again, or its story was put away meanwhile.
    if (reply?.status === 'complete') return { ...none, text: reply.text };
    if (reply?.status !== 'streaming' || address === null) {
      store.finish(jobOf(id, node));
      return none;
    }
    const before = chat.stateAt(chat.parentOf(node));
    const given = await perform(before, address, UNSEEN, this.#closing.signal);
    const asked = { chat: id, actor: 'troupe' } as const;
    if (given.kind === 'silent') {
      // The next process asks again.
      if (this.#closing.signal.aborted) return { ...none, failure: given.failure };
      const failure = given.failure.kind;
      const decide = (known: typeof chat) => failReply({ node, failure }, known);
      await chats.execute({ ...asked, id: `fail:${node}`, decide });
      store.finish(jobOf(id, node));
      replies.answer(id);
      return { ...none, failure: given.failure };
    }
    const { text, finish, model, usage } = given;
    const decide = (known: typeof chat) =>
      completeReply({ node, text, finish, model, usage }, known);
    await chats.execute({ ...asked, id: `complete:${node}`, decide });
    // Whoever spoke meanwhile has waited for it.
    replies.answer(id);
    return { ...none, text };
  }
}

const jobOf = (chat: ChatId, node: NodeId): Job => ({ kind: 'whisper', chat, node });

/** Shows nothing: the whole answer is shown at once, to one person. */
const UNSEEN: ReplySink = {
  show: () => {},
  finish: async () => {},
  withdraw: async () => {},
  close: async () => {},
  removed: new AbortController().signal,
  kept: () => '',
};
