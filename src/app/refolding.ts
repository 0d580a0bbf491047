import type { ChatId } from '../engine/ids.ts';
import type { StoryTree } from '../engine/storyTree.ts';
import type { Log } from './ports/log.ts';
import type { Store } from './ports/store.ts';
import { refold } from './refold.ts';

const pause = () => new Promise((resolve) => setImmediate(resolve));

interface Running {
  steps: Iterator<void>;
  done: Promise<void>;
}

/** The stories whose kept states are being put right, in steps that let everything else go on. */
export class Refolding {
  readonly #running = new Map<ChatId, Running>();
  readonly #store: Store;
  readonly #log: Pick<Log, 'error'> | null;

  constructor(store: Store, log: Pick<Log, 'error'> | null) {
    this.#store = store;
    this.#log = log;
  }

  /** Begins, or begins again: something has changed once more. */
  begin(root: ChatId, tree: StoryTree): void {
    const steps = refold(root, tree, this.#store);
    const running = this.#running.get(root);
    if (running !== undefined) {
      running.steps = steps;
      return;
    }
    const begun: Running = { steps, done: Promise.resolve() };
    this.#running.set(root, begun);
    begun.done = this.#drive(root, begun);
  }

  /** Resolves when a story is right; null where it is. Never rejects. */
  of(root: ChatId): Promise<void> | null {
    return this.#running.get(root)?.done ?? null;
  }

  /** For whoever needs a state now and cannot wait: does all that is left at once. */
  finish(root: ChatId): void {
    const running = this.#running.get(root);
    if (running === undefined) return;
    try {
      while (!running.steps.next().done);
    } catch (error) {
      this.#failed(root, error);
    }
  }

  /** Resolves when every story is right. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all([...this.#running.values()].map(({ done }) => done));
    }
  }

  async #drive(root: ChatId, running: Running): Promise<void> {
    try {
      do await pause();
      while (!running.steps.next().done);
    } catch (error) {
      this.#failed(root, error);
    } finally {
      this.#running.delete(root);
    }
  }

  /** What was not put right is not used: it is folded when it is needed, and tried again later. */
  #failed(root: ChatId, error: unknown): void {
    this.#log?.error({ err: error, chat: root }, 'a story could not be folded again');
  }
}
