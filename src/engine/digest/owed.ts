import type { Chat } from '../chat.ts';
import { type DomainEvent, placeOf } from '../event.ts';
import type { ChatId, NodeId } from '../ids.ts';
import type { StoryNode } from '../node.ts';
import type { StoryTree } from '../storyTree.ts';
import { unsummarized } from './askSummary.ts';
import { endsStretch, isDigested } from './covered.ts';
import { scenePlayed } from './scenePlayed.ts';

/** A derivation that is to be made, or made again. */
export interface Owed {
  readonly kind: 'digest' | 'summary';
  /** The chat whose stream holds the node. */
  readonly chat: ChatId;
  readonly node: NodeId;
}

/** What new events of a chat leave to be derived; the events are applied by then. */
export function owedBy(chat: Chat, events: readonly DomainEvent[]): Owed[] {
  const owed = new Map<string, Owed>();
  const add = (kind: Owed['kind'], node: StoryNode) =>
    owed.set(`${kind} ${node.id}`, { kind, chat: node.chat, node: node.id });
  for (const event of events) {
    const node = event.node === null ? null : chat.tree.find(event.node);
    if (event.type === 'SceneClosed' && node !== null) {
      if (placeOf(event) === 'opens') add('digest', node);
      add('summary', node);
    } else if (event.type === 'ReplyCompleted' && node !== null && isDigested(node)) {
      add('digest', node);
    }
    for (const turn of turnsChangedBy(event)) {
      for (const digested of digestsOver(chat.tree, turn)) add('digest', digested);
    }
  }
  return [...owed.values()];
}

function turnsChangedBy(event: DomainEvent): readonly NodeId[] {
  if (event.type === 'TurnRevised' || event.type === 'TurnRemoved') return [event.payload.turn];
  return event.type === 'Erased' ? event.payload.turns.map(({ turn }) => turn) : [];
}

/** The digests that a turn is covered by, on every line and branch. */
export function digestsOver(tree: StoryTree, turn: NodeId): StoryNode[] {
  const found: StoryNode[] = [];
  const first = tree.find(turn);
  const ahead = first === null ? [] : [first];
  for (let step = ahead.pop(); step !== undefined; step = ahead.pop()) {
    if (isDigested(step)) found.push(step);
    // A reply that is being given is digested once it has its words.
    if (!endsStretch(step)) ahead.push(...tree.children(step.id));
  }
  return found;
}

/**
 * The closes from a node on whose summaries do not stand any more, the nearest on each line: when they are
 * rebuilt, those after them follow. Gives null at each step, for pauses, since it may walk far.
 */
export function* unsettledCloses(chat: Chat, from: readonly StoryNode[]): Generator<Owed | null> {
  const ahead = [...from];
  for (let step = ahead.pop(); step !== undefined; step = ahead.pop()) {
    if (isUnsettled(chat, step)) yield { kind: 'summary', chat: step.chat, node: step.id };
    else ahead.push(...chat.tree.children(step.id));
    yield null;
  }
}

/** Whether somebody who looked back on a scene and still can has no summary of it that stands. */
function isUnsettled(chat: Chat, close: StoryNode): boolean {
  const owners = close.results.flatMap(({ run }) => (run?.of === 'summary' ? [run.owner] : []));
  if (owners.length === 0) return false;
  const { summarized } = chat.stateAt(close.id);
  const left = owners.filter((owner) => owner !== null && summarized[owner]?.node !== close.id);
  if (left.length === 0) return false;
  const played = scenePlayed(chat, close.id);
  return played !== null && unsummarized(close.id, played).some((owner) => left.includes(owner));
}

/** Whether a scene's last words are still being said at its close. */
export const isUnfinished = (chat: Chat, node: NodeId): boolean =>
  chat.stateAt(node).turns.some((turn) => turn.kind === 'reply' && turn.status === 'streaming');
