import type { Chat } from '../engine/chat.ts';
import type { Eyes } from '../engine/drawer/viewpoint.ts';
import type { DomainEvent } from '../engine/event.ts';
import type { Actor, EntityId, NodeId } from '../engine/ids.ts';
import type { StoryNode } from '../engine/node.ts';
import type { Chats } from './chats.ts';
import { placeOfMessage } from './lastLines.ts';
import type { MessagePlace } from './ports/rooms.ts';
import type { Store } from './ports/store.ts';
import { resetPosition } from './recall.ts';

/** Something that changed how one stands to another. */
export interface Reason {
  readonly node: NodeId;
  readonly kind: 'seed' | 'shift' | 'set' | 'summary';
  /** What was added, or for what was set the score itself; null for what did not change. */
  readonly affinity: number | null;
  readonly trust: number | null;
  readonly facts: readonly string[];
  /** Who did it by hand; null for what came of the talk. */
  readonly by: Actor | null;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The last of the words that it came of; null where no message shows them. */
  readonly place: MessagePlace | null;
}

export interface ReasonPage {
  readonly items: readonly Reason[];
  /** The position to go on from; null where there is nothing before. */
  readonly older: number | null;
}

const PER_PAGE = 6;
/** Steps that are read at once, and for one page at most. */
const WINDOW = 200;
const MOST_STEPS = 1_000;
const KINDS = [
  'RelationshipSeeded',
  'RelationshipShifted',
  'RelationshipSet',
  'RelationshipSummarized',
];

interface Needs {
  readonly store: Store;
  readonly chats: Chats;
}

/** Walks back along the line; what these eyes did not witness is passed over. */
export function reasonsOf(
  needs: Needs,
  chat: Chat,
  { from, to }: { readonly from: EntityId; readonly to: EntityId },
  eyes: Eyes,
  before: number | null,
): ReasonPage {
  const items: Reason[] = [];
  let at = before ?? Number.POSITIVE_INFINITY;
  // Nothing of before a reset stands.
  const resets = [from, to].map((entity) => resetPosition(chat, entity));
  const begins = Math.max(...resets);
  const least = Math.min(at, headPosition(chat)) - MOST_STEPS;
  for (const step of stepsBack(needs.store, chat, at)) {
    if (step.position <= begins) break;
    if (items.length >= PER_PAGE || step.position <= least) return { items, older: at };
    at = step.position;
    for (const event of chat.tree.counting(step).toReversed()) {
      const reason = reasonOf(event, from, to, eyes);
      if (reason === null) continue;
      // What was done by hand came of no words.
      const source = event.run === null ? null : (event.sources.at(-1)?.node ?? step.id);
      const place = source === null ? null : placeOfMessage(needs, chat, source);
      items.push({ ...reason, node: step.id, place });
    }
  }
  return { items, older: null };
}

const headPosition = (chat: Chat): number =>
  chat.head === null ? 0 : chat.tree.node(chat.head).position + 1;

/** The steps before a position that hold anything of a relationship, the newest first. */
function* stepsBack(store: Store, chat: Chat, before: number): Generator<StoryNode> {
  for (const { id, first, last } of chat.stretches().reverse()) {
    for (let until = Math.min(last, before - 1); until >= first; until -= WINDOW) {
      const begins = Math.max(first, until - WINDOW + 1);
      yield* [...store.archive.nodes(id, begins, until, KINDS)].reverse();
    }
  }
}

function reasonOf(
  event: DomainEvent,
  from: EntityId,
  to: EntityId,
  eyes: Eyes,
): Omit<Reason, 'node' | 'place'> | null {
  const { actor, at, run } = event;
  const about = { by: run === null ? actor : null, at };
  const nothing = { affinity: null, trust: null, facts: [] };
  switch (event.type) {
    case 'RelationshipSeeded':
    case 'RelationshipShifted':
    case 'RelationshipSet':
    case 'RelationshipSummarized':
      if (event.payload.from !== from || event.payload.to !== to) return null;
      break;
    default:
      return null;
  }
  if (event.type === 'RelationshipSeeded') {
    const { affinity, trust } = event.payload;
    return { ...about, ...nothing, kind: 'seed', affinity, trust, by: null };
  }
  if (event.type === 'RelationshipShifted') {
    const { affinity, trust, facts, witnesses } = event.payload;
    // What an older Troupe noted says not who witnessed it.
    if (!eyes.knows(witnesses ?? (run === null ? null : [from]))) return null;
    const known = witnesses !== undefined || eyes.knows([from, actor]) ? facts : [];
    return {
      ...about,
      kind: 'shift',
      affinity: affinity || null,
      trust: trust || null,
      facts: known,
    };
  }
  if (event.type === 'RelationshipSet') {
    const { affinity, trust, learned = [] } = event.payload.changes;
    const known = eyes.knows([from, actor]) ? learned : [];
    return {
      ...about,
      kind: 'set',
      affinity: affinity ?? null,
      trust: trust ?? null,
      facts: known,
    };
  }
  if (!eyes.knows(event.payload.witnesses ?? [from, actor])) return null;
  return { ...about, ...nothing, kind: 'summary' };
}
