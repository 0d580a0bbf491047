import { perceived } from './segments.ts';
import type { StoryState, UserTurn } from './state/story.ts';

/** The user turns of a line that no reply has taken up, oldest first. */
export function unanswered(story: StoryState): UserTurn[] {
  const answered = new Set(
    story.turns.flatMap((turn) =>
      turn.kind === 'reply' && turn.status !== 'failed' ? turn.answers : [],
    ),
  );
  return story.turns.filter(
    (turn): turn is UserTurn => turn.kind === 'user' && !answered.has(turn.node),
  );
}

/** Whether there is anything in a turn for a character to perceive. */
export const isPerceived = (turn: UserTurn): boolean =>
  perceived(turn.segments) !== '' || turn.attachments.length > 0;
