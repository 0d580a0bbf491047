import type { EntityId, NodeId } from '../ids.ts';
import type { StoryState } from '../state/story.ts';
import type { Eyes } from './viewpoint.ts';

/** One character's account of a scene. */
export interface SummarySeen {
  readonly owner: EntityId;
  readonly ownerName: string;
  readonly scene: NodeId;
  readonly text: string;
  readonly significance: number;
}

/** The scene summaries that a state holds, of all characters or of one, the newest of each first. */
export const summariesView = (
  story: StoryState,
  eyes: Eyes,
  of: EntityId | null = null,
): SummarySeen[] =>
  Object.entries(story.summaries)
    .filter(([owner]) => of === null || owner === of)
    .flatMap(([owner, summaries]) =>
      summaries
        .filter(({ knownTo }) => eyes.knows(knownTo))
        .toReversed()
        .map(({ scene, text, significance }) => ({
          owner,
          ownerName: story.cast[owner]?.name ?? '',
          scene,
          text,
          significance,
        })),
    );
