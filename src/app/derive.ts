import { askDigest } from '../engine/digest/askDigest.ts';
import { askSummary, type SummaryQuestion, unsummarized } from '../engine/digest/askSummary.ts';
import { covered, groupsOf } from '../engine/digest/covered.ts';
import {
  digestOutcome,
  isStale,
  isUpToDate,
  nextRun,
  storyFor,
} from '../engine/digest/digestOutcome.ts';
import { type Owed, unsettledCloses } from '../engine/digest/owed.ts';
import { type ScenePlayed, scenePlayed } from '../engine/digest/scenePlayed.ts';
import { isOutdated, summaryOutcome } from '../engine/digest/summaryOutcome.ts';
import type { ChatId, NodeId } from '../engine/ids.ts';
import type { StoryNode } from '../engine/node.ts';
import type { Chats } from './chats.ts';
import type { Classifier } from './classifier.ts';
import type { Job } from './ports/jobs.ts';
import type { Store } from './ports/store.ts';

export interface DeriveNeeds {
  readonly chats: Chats;
  readonly store: Store;
  readonly classifier: Classifier;
  /** Per cent; what is less sure is not remembered. */
  readonly leastConfidence: number;
}

/** Steps of a walk after which others get their turn. */
const STEPS = 20;
const pause = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Makes what a job owes, and makes it again while people change the words that it reads. The job ends in
 * the same step in which all is seen to be up to date, so that no change in between is lost; what the log
 * holds by then is neither asked for nor written again.
 *
 * @throws {ModelError} for what may go away by itself.
 */
export async function derive(needs: DeriveNeeds, job: Job, signal: AbortSignal): Promise<void> {
  const { chats, store } = needs;
  const { chat, node } = job;
  // What was erased, or was of a chat that is gone, owes nothing.
  if (node === null || chats.read(chat).tree.find(node)?.chat !== chat) return store.finish(job);
  const derivation =
    job.kind === 'digest' ? new Digest(needs, chat, node) : new Summaries(needs, chat, node);
  for (;;) {
    await chats.settled(chat);
    while (!derivation.isDone()) {
      await derivation.go(signal);
      await chats.settled(chat);
    }
    const unsettled = await walk(chats, chat, derivation.from());
    if (!derivation.isDone()) continue;
    store.enqueue(unsettled);
    return store.finish(job);
  }
}

/** The summaries that do not stand any more: theirs follows when this one is done. */
async function walk(chats: Chats, chat: ChatId, from: readonly StoryNode[]): Promise<Owed[]> {
  const found: Owed[] = [];
  let steps = 0;
  for (const close of unsettledCloses(chats.read(chat), from)) {
    if (close !== null) found.push(close);
    else steps += 1;
    if (steps % STEPS !== STEPS - 1) continue;
    await pause();
    await chats.settled(chat);
  }
  return found;
}

class Digest {
  readonly #needs: DeriveNeeds;
  readonly #chat: ChatId;
  readonly #node: NodeId;

  constructor(needs: DeriveNeeds, chat: ChatId, node: NodeId) {
    this.#needs = needs;
    this.#chat = chat;
    this.#node = node;
  }

  isDone(): boolean {
    return isUpToDate(this.#needs.chats.read(this.#chat), this.#node);
  }

  from(): StoryNode[] {
    return [this.#needs.chats.read(this.#chat).tree.node(this.#node)];
  }

  /** Asks once about each group, and writes it all at once. */
  async go(signal: AbortSignal): Promise<void> {
    const { chats, classifier, leastConfidence } = this.#needs;
    const [id, node] = [this.#chat, this.#node];
    const chat = chats.read(id);
    const reads = covered(chat, node);
    const story = storyFor(chat, node);
    const run = nextRun(chat, node, 'digest', null);
    const answers = await Promise.all(
      groupsOf(reads).map(async (group, index) => {
        const { handles, ...asked } = askDigest(story, group, index === 0);
        const question = { kind: 'digest', chat: id, node, ...asked } as const;
        return { group, handles, answer: await classifier.ask(question, signal) };
      }),
    );
    await chats.execute({
      chat: id,
      id: `digest:${node}:${run.number}`,
      actor: 'troupe',
      decide: (known) =>
        isStale(known, reads)
          ? []
          : digestOutcome(known, { node, reads }, answers, leastConfidence),
    });
  }
}

class Summaries {
  readonly #needs: DeriveNeeds;
  readonly #chat: ChatId;
  readonly #close: NodeId;
  /** What was asked, by what it was made from: a witness without a summary is not asked again. */
  readonly #asked = new Set<string>();

  constructor(needs: DeriveNeeds, chat: ChatId, close: NodeId) {
    this.#needs = needs;
    this.#chat = chat;
    this.#close = close;
  }

  isDone(): boolean {
    return this.#next() === null;
  }

  from(): StoryNode[] {
    return this.#needs.chats.read(this.#chat).tree.children(this.#close);
  }

  /** Asks one witness. */
  async go(signal: AbortSignal): Promise<void> {
    const { chats, classifier } = this.#needs;
    const [id, node] = [this.#chat, this.#close];
    const next = this.#next();
    if (next === null) return;
    const { played, question } = next;
    this.#asked.add(keyOf(question));
    const { owner, instructions, material, parts } = question;
    const { number } = nextRun(chats.read(id), node, 'summary', owner);
    const asked = { kind: 'scene-summary', chat: id, node, instructions, material, parts } as const;
    const answer = await classifier.ask(asked, signal);
    await chats.execute({
      chat: id,
      id: `summary:${node}:${owner}:${number}`,
      actor: 'troupe',
      decide: (known) =>
        isOutdated(known, node, question)
          ? []
          : summaryOutcome(known, node, played, question, answer),
    });
  }

  #next(): { readonly played: ScenePlayed; readonly question: SummaryQuestion } | null {
    const chat = this.#needs.chats.read(this.#chat);
    const played = scenePlayed(chat, this.#close);
    if (played === null) return null;
    for (const owner of unsummarized(this.#close, played)) {
      const question = askSummary(chat, this.#close, played, owner);
      if (!this.#asked.has(keyOf(question))) return { played, question };
    }
    return null;
  }
}

const keyOf = ({ owner, reads, standsOn }: SummaryQuestion): string =>
  JSON.stringify([owner, standsOn, reads.map(({ revision }) => revision)]);
