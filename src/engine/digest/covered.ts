import type { Chat } from '../chat.ts';
import type { Source } from '../defineEvent.ts';
import { type EntityId, isCharacter, type NodeId } from '../ids.ts';
import { type StoryNode, turnOf } from '../node.ts';
import type { Turn } from '../state/story.ts';
import { wordsOf } from './question.ts';

/** A turn as a derivation read it. */
export interface Read {
  readonly turn: Turn;
  readonly revision: number;
  /** What could be perceived of it; empty for a silent step. */
  readonly text: string;
}

/** Those who perceived the same of what was said, and what that was, oldest first. */
export interface Group {
  readonly members: readonly EntityId[];
  readonly reads: readonly Read[];
}

/** A close by hand: a step of its own, as opposed to one that a digest found. */
export const isClose = (node: StoryNode): boolean =>
  node.own.some((event) => event.type === 'SceneClosed');

/** Whether a node ends a stretch of talk: a close, or a reply that did not fail. */
export function endsStretch(node: StoryNode): boolean {
  if (turnOf(node)?.kind !== 'reply') return isClose(node);
  return !node.results.some((event) => event.type === 'ReplyFailed');
}

/**
 * Whether a node is owed a digest: a close, or a reply that has its words. A greeting that an author
 * wrote is what the story begins with, and owes none.
 */
export function isDigested(node: StoryNode): boolean {
  if (turnOf(node)?.kind !== 'reply') return isClose(node);
  return node.results.some(
    (event) => event.type === 'ReplyCompleted' && event.payload.finish !== 'authored',
  );
}

/** Characters of story that a derivation reads at most; older turns give way. */
export const MOST_READ = 12_000;

/** The turns that a digest at a node covers: those after the previous reply or close on its line. */
export function covered(chat: Chat, node: NodeId): Read[] {
  const inside = new Set<NodeId>([node]);
  const parent = chat.parentOf(node);
  for (let at = parent; at !== null; at = chat.parentOf(at)) {
    const step = chat.tree.node(at);
    if (endsStretch(step)) break;
    inside.add(at);
  }
  // The state before the node still holds everything that waited for it.
  const before = chat.stateAt(parent).turns;
  const own = chat.stateAt(node).turns.filter((turn) => turn.node === node);
  const reads = [...before, ...own].filter((turn) => inside.has(turn.node));
  return newest(reads.map((turn) => readOf(chat, turn)));
}

/** The newest turns that fit; the newest of all, whatever its length. */
export function newest(reads: readonly Read[], most = MOST_READ): Read[] {
  let left = most;
  const last = reads.findLastIndex(({ text }) => {
    left -= text.length;
    return left < 0;
  });
  return reads.slice(Math.min(last + 1, Math.max(0, reads.length - 1)));
}

export const readOf = (chat: Chat, turn: Turn): Read => ({
  turn,
  revision: chat.tree.wordsOf(turn.node)?.revision ?? 0,
  text: wordsOf(turn),
});

export const perceives = (entity: EntityId, { turn }: Read): boolean =>
  turn.witnesses.includes(entity) && turn.hiddenFrom?.includes(entity) !== true;

/** Whoever perceived all that something stands on could have it too. */
export function perceiversOf(stoodOn: readonly Read[], reads: readonly Read[]): EntityId[] {
  const everyone = new Set(reads.flatMap(({ turn }) => turn.witnesses));
  return [...everyone].filter((entity) => stoodOn.every((read) => perceives(entity, read)));
}

/** What an account of someone's stands on: every turn that it perceived, silent ones included. */
export const sourcesOf = (entity: EntityId, reads: readonly Read[]): Source[] =>
  reads.filter((read) => perceives(entity, read)).map(sourceOf);

export const sourceOf = ({ turn, revision }: Read): Source => ({ node: turn.node, revision });

/**
 * Who is asked about together: those who perceived the same words. The first group perceived the most,
 * and the world moves by its account; of the others only those with a character in them are kept.
 */
export function groupsOf(reads: readonly Read[]): Group[] {
  const spoken = reads.filter((read) => read.text !== '');
  const everyone = new Set(spoken.flatMap((read) => read.turn.witnesses));
  const groups = new Map<string, Group>();
  for (const entity of everyone) {
    const perceived = spoken.filter((read) => perceives(entity, read));
    if (perceived.length === 0) continue;
    const key = perceived.map((read) => read.turn.node).join(' ');
    const members = [...(groups.get(key)?.members ?? []), entity];
    groups.set(key, { members, reads: perceived });
  }
  const speaker = spoken.at(-1)?.turn.by;
  const weight = ({ members, reads: read }: Group): number =>
    read.length * 2 + (speaker !== undefined && members.includes(speaker) ? 1 : 0);
  const [first, ...rest] = [...groups.values()].sort((a, b) => weight(b) - weight(a));
  if (first === undefined) return [];
  return [first, ...rest.filter(({ members }) => members.some(isCharacter))];
}
