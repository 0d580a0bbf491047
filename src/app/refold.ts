import { evolve } from '../engine/event.ts';
import type { NodeId } from '../engine/ids.ts';
import { evolveSlices, isWhole, MENDING_KINDS, mended } from '../engine/mending.ts';
import type { Stretch } from '../engine/node.ts';
import { emptyStory, type StoryState } from '../engine/state/story.ts';
import type { StoryTree } from '../engine/storyTree.ts';
import type { Store } from './ports/store.ts';

/** Nodes that are folded before others get their turn. */
const STEP = 250;

/**
 * Puts the kept states of a story right after something far back has changed, the earliest first, so
 * that each begins from the one before it. Only the slices that can have changed are folded.
 *
 * @param tree with the frames of all chats of the story loaded: it must know all words.
 * @yields now and then, for others to go on.
 */
export function* refold(root: string, tree: StoryTree, store: Store): Generator<void> {
  for (let next = store.outdated(root); next !== null; next = store.outdated(root)) {
    const { node, state, unseen } = next;
    const whole = isWhole(state, unseen);
    const { from, ahead } = nearestTo(node, tree, store);
    let folded = from;
    for (const { id, first, last } of ahead) {
      for (let at = first; at <= last; at += STEP) {
        const until = Math.min(last, at + STEP - 1);
        const nodes = store.archive.nodes(id, at, until, whole ? null : MENDING_KINDS);
        for (const each of nodes) {
          const counting = tree.counting(each);
          folded = whole
            ? counting.reduce(evolve<'either'>, folded)
            : evolveSlices(folded, counting);
        }
        yield;
      }
    }
    store.mend(node, whole ? folded : mended(state, folded));
  }
}

/** The nearest state that is right before a node, and what lies between them. */
function nearestTo(
  node: NodeId,
  tree: StoryTree,
  store: Store,
): { readonly from: StoryState; readonly ahead: readonly Stretch[] } {
  const ahead: Stretch[] = [];
  for (const stretch of tree.lineBackFrom(node)) {
    const kept = store.archive.snapshot(stretch.id, stretch.last);
    ahead.unshift({ ...stretch, first: kept === null ? stretch.first : kept.position + 1 });
    if (kept !== null) return { from: kept.state, ahead };
  }
  return { from: emptyStory, ahead };
}
