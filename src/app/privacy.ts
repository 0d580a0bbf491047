import { isUpToDate } from '../engine/digest/digestOutcome.ts';
import { digestsOver } from '../engine/digest/owed.ts';
import type { ChatId, EntityId, HomeId } from '../engine/ids.ts';
import type { Chats } from './chats.ts';
import type { Derivations } from './derivations.ts';
import { eraseHome, eraseStory, isIn, madeBy } from './erasing.ts';
import type { Homes } from './homes.ts';
import { personalExport } from './personalExport.ts';
import type { Clock } from './ports/clock.ts';
import type { Erasure, ErasureLedger } from './ports/erasures.ts';
import type { Log } from './ports/log.ts';
import type { NewId } from './ports/newId.ts';
import type { Store } from './ports/store.ts';
import type { Replies } from './replies.ts';

interface Needs {
  readonly store: Store;
  readonly ledger: ErasureLedger;
  readonly chats: Chats;
  readonly homes: Homes;
  readonly replies: Pick<Replies, 'stop' | 'settled' | 'isBusy'>;
  readonly derivations: Pick<Derivations, 'breakOff' | 'wake'>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/** Milliseconds until it is tried again what has to wait for others. */
const AGAIN = 1_000;
/** How often that is done for replies that run, which would stand still while the file is written anew. */
const MOST_WAITS = 60;
/** Digests that are owed at once: everything that is said meanwhile is digested among them. */
const OWED = 20;
/** Turns that are looked at in one step. */
const STEP = 20;
const pause = () => new Promise((resolve) => setImmediate(resolve));

/** What is stored about a person: given to them, and erased. */
export class Privacy {
  readonly #needs: Needs;
  readonly #closing = new AbortController();
  #running: Promise<unknown> = Promise.resolve();
  readonly #digesting = new Map<ChatId, Promise<void>>();

  constructor(needs: Needs) {
    this.#needs = needs;
    needs.chats.onRewrite = (root) => needs.derivations.breakOff(root);
  }

  /** See {@link personalExport}. */
  export(person: EntityId, home: HomeId | null, limit: number): Promise<string[]> {
    return personalExport(person, home, limit, this.#needs);
  }

  /**
   * Erases what is a person's in a home, or everywhere. It stands in the ledger when this returns, and is
   * done whatever happens to the process. One at a time; resolves once nothing is left, with false where
   * the process ends before and the next one does the rest.
   * @param home null for every home.
   * @param works whether the characters and lorebooks that they wrote go, too.
   */
  erase(person: EntityId, home: HomeId | null, works: boolean): Promise<boolean> {
    const { ledger, clock, newId } = this.#needs;
    const at = new Date(clock.now()).toISOString();
    const erasure = { id: newId(), person, home, works, at };
    ledger.add(erasure);
    const done = this.#running.then(() => this.#erase(erasure));
    this.#running = done.catch(() => {});
    return done.then(
      () => true,
      (error) => {
        if (this.#closing.signal.aborted) return false;
        throw error;
      },
    );
  }

  /** Takes up what is still to be digested anew. */
  resume(): void {
    for (const { kind, chat } of this.#needs.store.jobs()) {
      if (kind === 'redigest') this.#digestAnew(chat);
    }
  }

  /** Stops where it is; what is left of it is done when the next process starts. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#running, ...this.#digesting.values()]);
  }

  async #erase(erasure: Erasure): Promise<void> {
    const { store, homes, clock, log } = this.#needs;
    const begun = clock.now();
    const made = madeBy(erasure, store);
    let stories = 0;
    for (const family of store.erasures.stories(erasure.home)) {
      if (!(await this.#drive(isIn(family, erasure, made, store)))) continue;
      const [root = ''] = family;
      await this.#quieten(root);
      await this.#needs.chats.rewrite(root, () =>
        this.#open(eraseStory(store.family(root), erasure, made, this.#needs)),
      );
      stories += 1;
    }
    for (const home of store.erasures.homes(erasure.home)) {
      eraseHome(home, erasure, this.#needs);
      homes.forget(home);
    }
    store.erasures.forgetPerson(erasure.person);
    for (let waits = 0; this.#needs.replies.isBusy && waits < MOST_WAITS; waits += 1) {
      await clock.sleep(AGAIN, this.#closing.signal);
    }
    await this.#drive(store.erasures.compact());
    while (!store.erasures.settle()) await clock.sleep(AGAIN, this.#closing.signal);
    store.erasures.done(erasure.id);
    log.info({ stories, took: clock.now() - begun }, 'what somebody had erased is gone');
    this.resume();
  }

  #digestAnew(root: ChatId): void {
    const begun = (this.#digesting.get(root) ?? Promise.resolve())
      .then(() => this.#oweDigests(root))
      .catch((err) => {
        if (!this.#closing.signal.aborted) {
          this.#needs.log.error({ err, chat: root }, 'a story could not be digested anew');
        }
      });
    this.#digesting.set(root, begun);
  }

  /** Has everything that was made from erased words made anew, a few digests at a time. */
  async #oweDigests(root: ChatId): Promise<void> {
    const { store, chats, derivations, clock } = this.#needs;
    const { signal } = this.#closing;
    let looked = 0;
    for (const id of store.family(root)) {
      const { words } = chats.read(id).frame;
      for (const [turn, { erased }] of Object.entries(words)) {
        if (!erased) continue;
        looked += 1;
        if (looked % STEP === 0) await pause();
        await chats.settled(root);
        signal.throwIfAborted();
        for (const { id: node, chat } of digestsOver(chats.read(id).tree, turn)) {
          if (isUpToDate(chats.read(chat), node)) continue;
          store.enqueue([{ kind: 'digest', chat, node }]);
          derivations.wake();
        }
        while (store.owed(['digest']).length >= OWED) await clock.sleep(AGAIN, signal);
      }
    }
    store.finish({ kind: 'redigest', chat: root, node: null });
  }

  /** Ends what is being said in a story, as far as it was said. */
  async #quieten(root: string): Promise<void> {
    const { store, replies } = this.#needs;
    for (const chat of store.family(root)) {
      replies.stop(chat);
      await replies.settled(chat);
    }
  }

  async #drive<T>(steps: Generator<void, T>): Promise<T> {
    for (;;) {
      this.#closing.signal.throwIfAborted();
      const { done, value } = steps.next();
      if (done) return value;
      await pause();
    }
  }

  /** Steps that end when the process does. */
  *#open(steps: Generator<void>): Generator<void> {
    for (const step of steps) {
      this.#closing.signal.throwIfAborted();
      yield step;
    }
  }
}
