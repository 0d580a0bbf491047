import type { EntityId } from '../ids.ts';
import { MAX_PINS } from '../state/pins.ts';
import type { Pin, StoryState } from '../state/story.ts';

export interface PinsView {
  readonly pins: readonly Pin[];
  readonly most: number;
  /** What the next pin takes the place of; null while there is room, or where all are held by hand. */
  readonly givesWay: Pin | null;
}

/** What a character always has before its eyes, and what would give way to more. */
export function pinsView(story: StoryState, owner: EntityId): PinsView {
  const pins = story.pins[owner] ?? [];
  const weakest = pins
    .filter(({ byHand }) => !byHand)
    .reduce<Pin | null>(
      (found, each) => (found === null || each.significance < found.significance ? each : found),
      null,
    );
  return { pins, most: MAX_PINS, givesWay: pins.length < MAX_PINS ? null : weakest };
}
