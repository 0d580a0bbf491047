import type { Segment } from '../segments.ts';
import type { Turn, UserTurn } from '../state/story.ts';

/** Prose without any marker: all of it passes for speech until somebody tells it apart. */
export const isUnmarked = (turn: Turn): turn is UserTurn =>
  turn.kind === 'user' && turn.segments.length === 1 && turn.segments[0]?.kind === 'dialogue';

/**
 * Tells speech and action apart in a turn by the stretches that are action. They count word for word
 * only, so that nothing is ever put into somebody's mouth; null where none of them stands in the turn.
 */
export function segmentsBy(turn: UserTurn, actions: readonly string[]): Segment[] | null {
  let pieces: Segment[] = [...turn.segments];
  let found = false;
  for (const each of actions) {
    const action = each.trim();
    if (action.length < 2) continue;
    const at = pieces.findIndex(
      (piece) => piece.kind === 'dialogue' && piece.text.includes(action),
    );
    const piece = pieces[at];
    if (piece === undefined) continue;
    const begin = piece.text.indexOf(action);
    const parts: Segment[] = [
      { kind: 'dialogue', text: piece.text.slice(0, begin) },
      { kind: 'action', text: action },
      { kind: 'dialogue', text: piece.text.slice(begin + action.length) },
    ];
    pieces = pieces.toSpliced(at, 1, ...parts);
    found = true;
  }
  if (!found) return null;
  return pieces
    .map(({ kind, text }) => ({ kind, text: text.trim() }))
    .filter(({ text }) => text !== '');
}
