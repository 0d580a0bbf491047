import type { Chat } from '../chat.ts';
import { type EntityId, isCharacter, type NodeId } from '../ids.ts';
import { turnOf } from '../node.ts';
import type { Scene, StoryState, Turn } from '../state/story.ts';
import { endsStretch, isClose, perceives, type Read, readOf } from './covered.ts';

/** Steps of a scene that its summaries look back on. */
const MOST_STEPS = 600;

/** A memory of a scene that is still held at its close. */
export interface SceneMemory {
  readonly node: NodeId;
  readonly owner: EntityId;
  readonly text: string;
  readonly significance: number;
}

/** A closed scene, as its summaries look back on it. */
export interface ScenePlayed {
  readonly scene: Scene;
  /** The story as the scene closed. */
  readonly story: StoryState;
  /** Oldest first, silent steps included. */
  readonly reads: readonly Read[];
  readonly memories: readonly SceneMemory[];
}

/** A close by hand, or one that the first digest of a reply found. */
export function closesScene(chat: Chat, node: NodeId): boolean {
  const step = chat.tree.node(node);
  return isClose(step) || step.results.some((event) => event.type === 'SceneClosed');
}

/** The scene that ends at a node; null where none was open. */
export function scenePlayed(chat: Chat, close: NodeId): ScenePlayed | null {
  const { scene } = chat.stateAt(chat.parentOf(close));
  if (scene === null || !closesScene(chat, close)) return null;
  const steps = stepsOf(chat, scene, close);
  const story = chat.stateAt(close);
  const reads = turnsOf(chat, steps).map((turn) => readOf(chat, withResets(chat, story, turn)));
  return { scene, story, reads, memories: memoriesOf(chat, steps, scene) };
}

/** The characters who perceived anything of a scene. */
export function witnessesOf({ reads, story }: ScenePlayed): EntityId[] {
  const spoken = reads.filter(({ text }) => text !== '');
  return Object.keys(story.cast).filter(
    (entity) => isCharacter(entity) && spoken.some((read) => perceives(entity, read)),
  );
}

/** The steps of a scene, oldest first. One that opened because people went on talking holds that, too. */
function stepsOf(chat: Chat, scene: Scene, close: NodeId): NodeId[] {
  const steps: NodeId[] = [];
  const opening = chat.tree.node(scene.id);
  const byTalk =
    opening.own.every((event) => event.type !== 'SceneOpened') &&
    chat.stateAt(opening.parent).scene === null;
  let inside = true;
  for (let at: NodeId | null = close; at !== null; at = chat.parentOf(at)) {
    if (at === scene.id) inside = false;
    if (!inside && !byTalk) break;
    if (!inside && at !== scene.id && endsStretch(chat.tree.node(at))) break;
    steps.push(at);
    if (steps.length >= MOST_STEPS) break;
  }
  return steps.reverse();
}

/** A state holds its newest turns only, so older ones are read from the states of their own time. */
function turnsOf(chat: Chat, steps: readonly NodeId[]): Turn[] {
  const turns: Turn[] = [];
  let held = new Map<NodeId, Turn>();
  for (const step of steps.toReversed()) {
    if (turnOf(chat.tree.node(step)) === null) continue;
    if (!held.has(step)) held = new Map(chat.stateAt(step).turns.map((turn) => [turn.node, turn]));
    const turn = held.get(step);
    if (turn !== undefined) turns.push(turn);
  }
  return turns.reverse();
}

/** What a character who began anew has lost is not in the states from before. */
function withResets(chat: Chat, story: StoryState, turn: Turn): Turn {
  const lost = Object.values(story.cast).filter(({ resetAt }) => {
    const reset = resetAt === null ? null : chat.tree.find(resetAt);
    return reset !== null && chat.tree.node(turn.node).position < reset.position;
  });
  return lost.length === 0 ? turn : { ...turn, hiddenFrom: lost.map(({ entity }) => entity) };
}

function memoriesOf(chat: Chat, steps: readonly NodeId[], scene: Scene): SceneMemory[] {
  const held = new Map<string, SceneMemory>();
  const key = (node: NodeId, owner: EntityId) => `${node} ${owner}`;
  for (const step of steps) {
    for (const event of chat.tree.counting(chat.tree.node(step))) {
      if (event.type === 'MemoryWritten' && event.payload.scene === scene.id) {
        const { owner, text, significance } = event.payload;
        held.set(key(step, owner), { node: step, owner, text, significance });
      } else if (event.type === 'MemoryRated' || event.type === 'MemoryRevised') {
        const { node, owner } = event.payload.memory;
        const known = held.get(key(node, owner));
        const { memory: _, ...change } = event.payload;
        if (known !== undefined) held.set(key(node, owner), { ...known, ...change });
      } else if (event.type === 'MemoryForgotten') {
        const { node, owner } = event.payload.memory;
        held.delete(key(node, owner));
      }
    }
  }
  return [...held.values()];
}
