import type { Chat } from '../engine/chat.ts';
import type { Store } from './ports.ts';

const pause = () => new Promise((resolve) => setImmediate(resolve));

/** Nodes that are folded before others get their turn. */
const STEP = 200;
/** Nodes between kept states. */
const APART = 2_500;

/**
 * Folds a line again after words far back have changed, and keeps states on the way, in steps that
 * let everything else go on.
 */
export async function refold(chat: Chat, store: Store): Promise<void> {
  for (const { id, first, last } of chat.stretches()) {
    for (let position = first + STEP; position < last; position += STEP) {
      const node = store.nodeAt(id, position);
      if (node === null) return;
      const kept = position % APART < STEP ? store.archive.snapshot(id, position) : null;
      void chat.stateAt(node);
      if (position % APART < STEP && (kept === null || position - kept.position >= STEP)) {
        store.keep(chat, node);
      }
      await pause();
    }
  }
}
