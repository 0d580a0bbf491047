import type { Chat } from '../engine/chat.ts';
import { evolve } from '../engine/event.ts';
import type { EntityId, NodeId } from '../engine/ids.ts';
import { whereIs } from '../engine/presence.ts';
import { relationshipKey } from '../engine/state/relationships.ts';
import type { Scene, StoryState } from '../engine/state/story.ts';
import type { Store } from './ports/store.ts';

/** How one entity came to stand to another, oldest first. */
export interface RelationshipHistory {
  readonly points: readonly RelationshipPoint[];
  /** Where scenes began. */
  readonly scenes: readonly { readonly minutes: number; readonly name: string }[];
}

export interface RelationshipPoint {
  /** Of the story's clock. */
  readonly minutes: number;
  /** 0 to 100. */
  readonly affinity: number;
  readonly trust: number;
}

/** Steps of the story, back from where it stands, of which every change is told. */
const EVERY = 1_000;
/** Moments before them that are told at most: those of which the state was kept. */
const KEPT = 24;

/**
 * How a relationship went: every change of the last steps, and what was kept of those before. It costs
 * the same however long the story is.
 * @param viewer who is told only what they could know; null for everything.
 */
export function relationshipHistory(
  store: Pick<Store, 'archive' | 'nodeAt'>,
  chat: Chat,
  { from, to }: { readonly from: EntityId; readonly to: EntityId },
  viewer: EntityId | null,
): RelationshipHistory {
  const points: RelationshipPoint[] = [];
  const scenes: { minutes: number; name: string }[] = [];
  let last: NodeId | null = null;
  for (const state of statesOf(store, chat)) {
    const { scene, places, clock, relationships } = state;
    if (scene !== null && scene.id !== last && (viewer === null || isIn(state, scene, viewer))) {
      last = scene.id;
      scenes.push({ minutes: scene.startedAt, name: places[scene.place]?.name ?? '' });
    }
    const known = relationships[relationshipKey(from, to)];
    if (known === undefined) continue;
    const { affinity, trust } = (viewer === null ? null : known.seen[viewer]) ?? known;
    const before = points.at(-1);
    if (before?.affinity === affinity && before.trust === trust) continue;
    points.push({ minutes: clock.minutes, affinity, trust });
  }
  return { points, scenes };
}

/** Whether someone was there when a scene began, or is there by now. */
const isIn = (state: StoryState, { participants, place }: Scene, person: EntityId): boolean =>
  participants.includes(person) ||
  (state.cast[person]?.present === true && whereIs(state, person) === place);

/** The states along the line, oldest first. */
function* statesOf(
  { archive, nodeAt }: Pick<Store, 'archive' | 'nodeAt'>,
  chat: Chat,
): Iterable<StoryState> {
  const line = chat.stretches();
  const since = Math.max(0, (line.at(-1)?.last ?? 0) - EVERY);
  const stretchAt = (position: number) =>
    line.find(({ first, last }) => position >= first && position <= last);
  let told = -1;
  for (let at = 0; at < KEPT; at += 1) {
    const position = Math.floor((since * at) / KEPT);
    const stretch = stretchAt(position);
    const kept = stretch && archive.snapshot(stretch.id, Math.min(position, stretch.last));
    if (!kept || kept.position <= told) continue;
    told = kept.position;
    yield kept.state;
  }
  const before = stretchAt(since - 1);
  let state = chat.stateAt(before === undefined ? null : nodeAt(before.id, since - 1));
  yield state;
  for (const { id, first, last } of line) {
    if (last < since) continue;
    for (const node of archive.nodes(id, Math.max(first, since), last)) {
      state = chat.tree.counting(node).reduce(evolve<'either'>, state);
      yield state;
    }
  }
}
