import { isUnfinished } from '../engine/digest/owed.ts';
import type { ChatId } from '../engine/ids.ts';
import { type DeriveNeeds, derive } from './derive.ts';
import type { Clock } from './ports/clock.ts';
import type { ClaimedJob, Job, OwedJob } from './ports/jobs.ts';
import type { Log } from './ports/log.ts';
import { ModelError } from './ports/model.ts';

export interface DerivationSettings {
  /** Milliseconds that a reply waits for the digest of what was said before it. */
  readonly wait: number;
  /** Jobs at once, over all stories. */
  readonly atOnce: number;
  /** Per cent; what is less sure is not remembered. */
  readonly leastConfidence: number;
}

interface Needs extends Omit<DeriveNeeds, 'leastConfidence'> {
  readonly clock: Clock;
  readonly log: Log;
  readonly derivations: DerivationSettings;
}

const KINDS = ['digest', 'summary'] as const;
/** Longer than any question takes, its retries and other models included. */
const LEASE = 5 * 60_000;

interface Running {
  readonly job: Job;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/**
 * Digests and summaries, as jobs that outlive the process: those of a story in the order of its lines,
 * digests before the summaries that look back on them, different stories side by side. No message and no
 * reply waits for them, but for {@link settled}.
 */
export class Derivations {
  readonly #needs: Needs;
  /** By story and kind: one at a time. */
  readonly #running = new Map<string, Running>();
  readonly #closing = new AbortController();
  #moved = Promise.withResolvers<void>();
  #alarm = new AbortController();
  #started = false;
  #woken = false;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Takes up what the last process left. */
  start(): void {
    this.#needs.store.release(KINDS);
    this.#started = true;
    this.wake();
  }

  /** There may be something new to do. Never waits. */
  wake(): void {
    if (this.#woken || !this.#started || this.#closing.signal.aborted) return;
    this.#woken = true;
    // A step later: whoever woke it is in the middle of a command.
    setImmediate(() => {
      this.#woken = false;
      if (!this.#closing.signal.aborted) this.#takeUp();
    });
  }

  /**
   * Resolves when all that was said on a chat's line is digested, and at the latest after the wait.
   * @param waits called where there is anything to wait for.
   */
  async settled(chat: ChatId, waits: () => void = () => {}): Promise<void> {
    if (!this.#isPending(chat)) return;
    waits();
    const { clock, derivations } = this.#needs;
    const over = new AbortController();
    let late = false;
    const limit = clock.sleep(derivations.wait, over.signal).then(
      () => {
        late = true;
      },
      () => {},
    );
    while (!late && this.#isPending(chat)) await Promise.race([limit, this.#moved.promise]);
    over.abort();
  }

  /** Breaks off what is made of a story: it reads otherwise from now on, and is asked about anew. */
  breakOff(root: ChatId): void {
    for (const kind of KINDS) this.#running.get(laneOf(kind, root))?.stop.abort();
  }

  /** Stops where it is; what was not written yet is made when the next process starts. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#alarm.abort();
    this.#moved.resolve();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Whether a digest of a chat's line is being made, or could be. One that failed waits for its time. */
  #isPending(chat: ChatId): boolean {
    if (this.#closing.signal.aborted) return false;
    const { chats, store, clock } = this.#needs;
    const [known, root, now] = [chats.read(chat), chats.rootOf(chat), clock.now()];
    const current = this.#running.get(laneOf('digest', root))?.job.node;
    return store
      .owed(['digest'])
      .some(
        ({ node, chat: owner, due }) =>
          node !== null &&
          (node === current || due <= now) &&
          chats.rootOf(owner) === root &&
          known.isOnLine(node),
      );
  }

  #takeUp(): void {
    const { chats, store, clock, derivations } = this.#needs;
    const now = clock.now();
    const byStory = Map.groupBy(store.owed(KINDS), ({ chat }) => chats.rootOf(chat));
    let next = Infinity;
    for (const [root, jobs] of byStory) {
      const busy = chats.refolding(root);
      // To look for what is next there would do all of the folding at once.
      if (busy !== null) {
        busy.then(() => this.wake());
        continue;
      }
      for (const kind of KINDS) {
        const lane = laneOf(kind, root);
        if (this.#running.has(lane) || this.#running.size >= derivations.atOnce) continue;
        const job = this.#firstOf(kind, jobs);
        if (job === null) continue;
        const claimed = store.take(job, now, LEASE);
        if (claimed === null) next = Math.min(next, job.due);
        else this.#run(lane, claimed);
      }
    }
    this.#wakeAt(next, now);
  }

  /** The one nearest to the root; a summary waits for the digests before it, and for a reply's last words. */
  #firstOf(kind: Job['kind'], jobs: readonly OwedJob[]): OwedJob | null {
    const { chats } = this.#needs;
    const placed = jobs.map((job) => {
      const node = job.node === null ? null : chats.read(job.chat).tree.find(job.node);
      return { job, at: node?.position ?? -1 };
    });
    const nearest = (of: Job['kind']) =>
      placed
        .filter(({ job }) => job.kind === of)
        .reduce<(typeof placed)[number] | null>(
          (found, each) => (found === null || each.at < found.at ? each : found),
          null,
        );
    const first = nearest(kind);
    if (first === null || kind === 'digest' || first.at < 0) return first?.job ?? null;
    if ((nearest('digest')?.at ?? Infinity) <= first.at) return null;
    const { chat, node } = first.job;
    return node === null || isUnfinished(chats.read(chat), node) ? null : first.job;
  }

  #run(lane: string, job: ClaimedJob): void {
    const stop = new AbortController();
    const done = this.#attempt(job, stop.signal).finally(() => {
      this.#running.delete(lane);
      this.#moved.resolve();
      this.#moved = Promise.withResolvers();
      this.wake();
    });
    this.#running.set(lane, { job, stop, done });
  }

  async #attempt(job: ClaimedJob, broken: AbortSignal): Promise<void> {
    const { store, clock, log, derivations } = this.#needs;
    const { leastConfidence } = derivations;
    const { kind, chat, node, attempt } = job;
    try {
      await derive(
        { ...this.#needs, leastConfidence },
        job,
        AbortSignal.any([this.#closing.signal, broken]),
      );
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      if (broken.aborted) return store.putBack(job, clock.now(), 'broken off');
      const reason = error instanceof Error ? error.message : String(error);
      store.putBack(job, clock.now(), reason);
      const told = { kind, chat, node, attempt, err: error };
      if (error instanceof ModelError) log.warn(told, 'a derivation is put off');
      else log.error(told, 'a derivation failed');
    }
  }

  /** Looks again when the next job that was put off is due. */
  #wakeAt(due: number, now: number): void {
    this.#alarm.abort();
    this.#alarm = new AbortController();
    if (due === Infinity) return;
    this.#needs.clock.sleep(Math.max(0, due - now), this.#alarm.signal).then(
      () => this.wake(),
      () => {},
    );
  }
}

const laneOf = (kind: Job['kind'], root: ChatId): string => `${kind} ${root}`;
