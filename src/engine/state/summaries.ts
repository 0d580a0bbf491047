import type { EntityId, NodeId } from '../ids.ts';
import type { StoryState } from './story.ts';

/** One owner's account of a closed scene. */
export interface SceneSummary {
  /** The node that opened the scene. */
  readonly scene: NodeId;
  readonly text: string;
  readonly significance: number;
}

/** Scene summaries that a state holds for each owner; older ones are read from the store. */
export const KEPT_SUMMARIES = 8;

/** Takes a summary; a new one of the same scene replaces the old. */
export function withSummary(state: StoryState, owner: EntityId, summary: SceneSummary): StoryState {
  const before = state.summaries[owner] ?? [];
  const same = before.findIndex((each) => each.scene === summary.scene);
  const after = same < 0 ? [...before, summary] : before.with(same, summary);
  return { ...state, summaries: { ...state.summaries, [owner]: after.slice(-KEPT_SUMMARIES) } };
}
