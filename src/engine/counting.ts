import { allSaid } from './blanking.ts';
import { blanked, type DomainEvent, kindOf } from './event.ts';
import type { NodeId } from './ids.ts';
import type { StoryNode } from './node.ts';
import type { Words } from './state/frame.ts';

export type WordsOf = (node: NodeId) => Words | undefined;

/** Whether everything that an event was made from still reads as it did then. */
export const isCurrent = (event: DomainEvent, words: WordsOf): boolean =>
  event.sources.every(({ node, revision }) => (words(node)?.revision ?? 0) === revision);

/**
 * The events that count at a node, in the order in which they are folded, texts as last left: what was
 * asked, the reply's words, then what was derived: digests before summaries, accounts for everyone
 * before those of one owner. The order of arrival decides nothing.
 */
export function countingAt(node: StoryNode, words: WordsOf): readonly DomainEvent[] {
  const left = words(node.id);
  // A long story is made of these: they are folded as they are, not copied.
  if (left === undefined && node.results.length === 0) return node.own;
  const asked = [...node.own, ...node.results.filter((event) => event.run === null)];
  const said = left === undefined ? asked : asLastLeft(asked, left);
  if (said.length === node.own.length + node.results.length) return said;
  const derived = Map.groupBy(
    node.results.filter((event) => event.run !== null),
    ({ run }) => `${run?.of} ${run?.owner ?? ''}`,
  );
  for (const [, events] of [...derived].sort(([a], [b]) => (a < b ? -1 : 1))) {
    said.push(...countingRuns(events, words));
  }
  return said;
}

/** Of all runs for one owner: the world's moves of the first, everything else of the newest. */
function countingRuns(events: readonly DomainEvent[], words: WordsOf): DomainEvent[] {
  const numbers = events.map((event) => event.run?.number ?? 0);
  const [first, newest] = [Math.min(...numbers), Math.max(...numbers)];
  const moves: DomainEvent[] = [];
  const accounts: DomainEvent[] = [];
  for (const event of events) {
    if (kindOf(event.type).moves) {
      if (event.run?.number === first) moves.push(blankIfErased(event, words));
    } else if (event.run?.number === newest && isCurrent(event, words)) accounts.push(event);
  }
  return [...moves, ...accounts];
}

/** What was asked, with the words that its author left of it. */
const asLastLeft = (asked: readonly DomainEvent[], left: Words): DomainEvent[] =>
  asked
    .filter((event) => !left.erased || !kindOf(event.type).account)
    .map((event) => worded(event, left));

function worded(event: DomainEvent, { text }: Words): DomainEvent {
  if (event.type === 'UserSpoke') {
    const payload =
      text === null
        ? { ...event.payload, text: '', segments: [], quote: null, attachments: [] }
        : { ...event.payload, text: text.raw, segments: [...text.segments] };
    return { ...event, payload };
  }
  if (event.type === 'ReplyCompleted') {
    return { ...event, payload: { ...event.payload, text: text?.raw ?? '' } };
  }
  return event;
}

function blankIfErased(event: DomainEvent, words: WordsOf): DomainEvent {
  return event.sources.some(({ node }) => words(node)?.erased) ? blanked(event, allSaid) : event;
}
