import type { EntityId, NodeId } from '../ids.ts';
import type { StoryState, Turn } from './story.ts';

/** The state after a character's reset: what was its own is gone, what others keep of it stays. */
export function withoutPast(state: StoryState, entity: EntityId, node: NodeId | null): StoryState {
  const member = state.cast[entity];
  if (member === undefined) return state;
  const { [entity]: _pins, ...pins } = state.pins;
  const { [entity]: _summaries, ...summaries } = state.summaries;
  const { [entity]: _met, ...met } = state.met;
  const { [entity]: _mark, ...summarized } = state.summarized;
  const relationships = Object.fromEntries(
    Object.entries(state.relationships).filter(
      ([, { from, to }]) => from !== entity && to !== entity,
    ),
  );
  const turns = state.turns.map(
    (turn): Turn => ({ ...turn, hiddenFrom: [...(turn.hiddenFrom ?? []), entity] }),
  );
  const cast = { ...state.cast, [entity]: { ...member, resetAt: node } };
  // How the open scene began is forgotten with the rest.
  const participants = state.scene?.participants.filter((each) => each !== entity) ?? [];
  const scene = state.scene && { ...state.scene, participants };
  return { ...state, cast, scene, pins, summaries, summarized, relationships, met, turns };
}
