import type { Chat } from '../chat.ts';
import { isCurrent } from '../counting.ts';
import type { Run, Source } from '../defineEvent.ts';
import type { NewEvent } from '../event.ts';
import { type EntityId, isCharacter, type NodeId } from '../ids.ts';
import { relationshipOf } from '../state/relationships.ts';
import type { StoryState } from '../state/story.ts';
import { type Group, isClose, perceiversOf, type Read, sourceOf, sourcesOf } from './covered.ts';
import type { DigestAnswer } from './digestParts.ts';
import { keep } from './memoryHygiene.ts';
import { type Handles, oneLine } from './question.ts';
import { isUnmarked, segmentsBy } from './segmentTurns.ts';
import { worldMoves } from './worldMoves.ts';

/** A digest moves a score by so much at most. */
const MOST_DELTA = 10;
const MOST_FACTS = 3;
const FACT_LENGTH = 300;

/** What the classifier said of one group. Only the first group's answer has all parts. */
export interface Answered {
  readonly group: Group;
  readonly handles: Handles;
  readonly answer: Pick<DigestAnswer, 'relationships' | 'memories'> & Partial<DigestAnswer>;
}

export interface DigestRead {
  readonly node: NodeId;
  readonly reads: readonly Read[];
}

/** Whether a node has been digested before: the world moves by its first digest alone. */
export const wasDigested = (chat: Chat, node: NodeId): boolean =>
  chat.tree.node(node).results.some((event) => event.type === 'TurnsDigested');

/** The number of the next run of a kind at a node, for one owner. */
export function nextRun(chat: Chat, node: NodeId, of: Run['of'], owner: EntityId | null): Run {
  const runs = chat.tree
    .node(node)
    .results.flatMap(({ run }) => (run?.of === of && run.owner === owner ? [run.number] : []));
  return { of, owner, number: Math.max(0, ...runs) + 1 };
}

/** The story that a digest reads: as it stood before the node, and so before any digest of it. */
export const storyFor = (chat: Chat, node: NodeId): StoryState => chat.stateAt(chat.parentOf(node));

/** Whether the newest digest of a node read the words as they were last left. */
export function isUpToDate(chat: Chat, node: NodeId): boolean {
  const digested = chat.tree.node(node).results.findLast((event) => event.type === 'TurnsDigested');
  return digested !== undefined && isCurrent(digested, (each) => chat.tree.wordsOf(each));
}

/** Whether what was read still reads so. */
export const isStale = (chat: Chat, reads: readonly Read[]): boolean =>
  reads.some(({ turn, revision }) => (chat.tree.wordsOf(turn.node)?.revision ?? 0) !== revision);

/**
 * What the answers of a digest become: the world's moves, for everyone and by its first run only, and
 * then every character's own account of what it perceived.
 *
 * @param leastConfidence per cent.
 */
export function digestOutcome(
  chat: Chat,
  { node, reads }: DigestRead,
  answers: readonly Answered[],
  leastConfidence: number,
): NewEvent[] {
  const story = storyFor(chat, node);
  const everyone = nextRun(chat, node, 'digest', null);
  const derived = (run: Run, sources: readonly Source[]) => ({
    node,
    run,
    sources,
    cause: `digest:${node}`,
  });
  const calls = { type: 'TurnsDigested', payload: { calls: answers.length } } as const;
  const events: NewEvent[] = [{ ...calls, ...derived(everyone, reads.map(sourceOf)) }];
  const [first] = answers;
  const told = first?.answer;
  if (first !== undefined && told?.scene !== undefined) {
    const { group, handles } = first;
    const { activities = [], scene, minutes = 0, weather = null, actions = [] } = told;
    if (!wasDigested(chat, node)) {
      const place = { node, group, handles, byHand: isClose(chat.tree.node(node)) };
      const moves = worldMoves({ activities, scene, minutes, weather }, story, place);
      const about = derived(everyone, group.reads.map(sourceOf));
      events.push(...moves.map((move) => ({ ...move, ...about }) as NewEvent));
    }
    for (const read of group.reads) {
      const { turn } = read;
      if (!isUnmarked(turn)) continue;
      const own = actions.filter((each) => handles.turn(each.turn) === turn.node);
      const segments = segmentsBy(
        turn,
        own.map((each) => each.text),
      );
      if (segments === null) continue;
      const payload = { turn: turn.node, segments };
      events.push({ type: 'TurnSegmented', payload, ...derived(everyone, [sourceOf(read)]) });
    }
  }
  const scene = sceneAt(chat, node, events);
  for (const answered of answers) {
    for (const owner of answered.group.members.filter(isCharacter)) {
      const about = derived(nextRun(chat, node, 'digest', owner), sourcesOf(owner, reads));
      for (const event of [
        ...shiftsOf(owner, answered, story, reads),
        ...memoryOf(owner, answered, story, scene, reads, leastConfidence),
      ]) {
        events.push({ ...event, ...about } as NewEvent);
      }
    }
  }
  return events;
}

/** The scene that the turns belong to: the one that was open, or the one that opens with them. */
function sceneAt(chat: Chat, node: NodeId, events: readonly NewEvent[]): NodeId | null {
  const { scene } = storyFor(chat, node);
  if (scene !== null) return scene.id;
  return events.some((event) => event.type === 'SceneOpened') ? node : null;
}

function shiftsOf(
  from: EntityId,
  { group, answer, handles }: Answered,
  story: StoryState,
  reads: readonly Read[],
): Pick<NewEvent, 'type' | 'payload'>[] {
  const seen = new Set<EntityId>();
  const witnesses = perceiversOf(group.reads, reads);
  return answer.relationships.flatMap((each) => {
    const to = handles.entity(each.to);
    if (handles.entity(each.from) !== from || to === null || to === from || seen.has(to)) return [];
    seen.add(to);
    const known = new Set(relationshipOf(story, from, to).facts.map(({ text }) => plain(text)));
    const facts = each.facts
      .map((fact) => oneLine(fact).slice(0, FACT_LENGTH).trim())
      .filter((fact) => fact !== '' && !known.has(plain(fact)))
      .slice(0, MOST_FACTS);
    const [affinity, trust] = [clamped(each.affinity), clamped(each.trust)];
    if (affinity === 0 && trust === 0 && facts.length === 0) return [];
    return [
      { type: 'RelationshipShifted', payload: { from, to, affinity, trust, facts, witnesses } },
    ];
  });
}

function memoryOf(
  owner: EntityId,
  { group, answer, handles }: Answered,
  story: StoryState,
  scene: NodeId | null,
  reads: readonly Read[],
  leastConfidence: number,
): Pick<NewEvent, 'type' | 'payload'>[] {
  for (const line of answer.memories) {
    if (handles.entity(line.owner) !== owner) continue;
    const kept = keep(line, owner, group, handles, leastConfidence);
    if (kept === null) continue;
    const witnesses = perceiversOf(group.reads, reads);
    const payload = { ...kept, owner, witnesses, scene, storyTime: story.clock.minutes };
    return [{ type: 'MemoryWritten', payload }];
  }
  return [];
}

/** -0 would be another number in the log. */
const clamped = (delta: number): number =>
  Math.min(MOST_DELTA, Math.max(-MOST_DELTA, Math.round(delta))) || 0;

const plain = (fact: string): string =>
  fact
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
