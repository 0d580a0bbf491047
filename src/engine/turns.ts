import { perceived } from './segments.ts';
import type { StoryState, UserTurn } from './state/story.ts';

/**
 * The user turns at the end of a line that no reply has answered, oldest first. Whispers, and what
 * answers them, are between two: nobody else's reply takes them up.
 */
export function unanswered(story: StoryState): UserTurn[] {
  const waiting: UserTurn[] = [];
  for (const turn of story.turns.toReversed()) {
    if (turn.to !== null) continue;
    if (turn.kind === 'user') waiting.unshift(turn);
    else if (turn.status !== 'failed') break;
  }
  return waiting;
}

/** Whether there is anything in a turn for a character to perceive. */
export const isPerceived = (turn: UserTurn): boolean =>
  perceived(turn.segments) !== '' || turn.attachments.length > 0;
