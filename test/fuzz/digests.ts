import type { Chat } from '../../src/engine/chat.ts';
import type { Run, Source } from '../../src/engine/defineEvent.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import type { NodeId } from '../../src/engine/ids.ts';
import { turnOf } from '../../src/engine/node.ts';
import { relationshipOf } from '../../src/engine/state/relationships.ts';
import type { SummaryMark } from '../../src/engine/state/summaries.ts';
import { ANN, MIRA } from '../support/story.ts';

/** What a derivation read as it began: it may end much later. */
export interface Job {
  readonly node: NodeId;
  readonly of: Run['of'];
  readonly number: number;
  readonly sources: readonly Source[];
  readonly text: string;
  readonly scene: NodeId | null;
  /** The summary before it, which it is written upon, and what that one came to. */
  readonly earlier: string;
  readonly standsOn: SummaryMark | null;
}

const isClose = (chat: Chat, node: NodeId): boolean =>
  chat.tree.node(node).own.some((event) => event.type === 'SceneClosed');

/** A reply that has its words, or a close: what ends a stretch of talk. */
export function isDigested(chat: Chat, node: NodeId): boolean {
  const known = chat.tree.node(node);
  if (turnOf(known)?.kind !== 'reply') return isClose(chat, node);
  return known.results.some((event) => event.type === 'ReplyCompleted');
}

/** Begins a derivation: reads the words after the previous reply or close on its line, as they are now. */
export function begin(chat: Chat, node: NodeId, of: Run['of'], number: number): Job {
  const covered: NodeId[] = [];
  for (let at: NodeId | null = node; at !== null; at = chat.parentOf(at)) {
    const ends = turnOf(chat.tree.node(at))?.kind === 'reply' || isClose(chat, at);
    if (at !== node && ends) break;
    if (turnOf(chat.tree.node(at)) !== null) covered.unshift(at);
  }
  const sources = covered.map((each) => ({
    node: each,
    revision: chat.tree.wordsOf(each)?.revision ?? 0,
  }));
  const text = covered.map((each) => textOf(chat, each)).join(' ');
  const before = chat.stateAt(chat.parentOf(node));
  const scene = before.scene?.id ?? null;
  const earlier = relationshipOf(before, MIRA, ANN).summary;
  const standsOn = before.summarized[MIRA] ?? null;
  return { node, of, number, sources, text, scene, earlier, standsOn };
}

export function textOf(chat: Chat, node: NodeId): string {
  const words = chat.tree.wordsOf(node);
  if (words !== undefined) return words.text?.raw ?? '';
  const { own, results } = chat.tree.node(node);
  for (const event of [...own, ...results]) {
    if (event.type === 'UserSpoke' || event.type === 'ReplyCompleted') return event.payload.text;
  }
  return '';
}

/** What a derivation finds. The world's moves hang on the number of the run: only the first's stand. */
export function outcome(job: Job, moves: number): NewEvent[] {
  const { node, of, number, sources, text, scene, earlier, standsOn } = job;
  const about = { node, sources, run: { of, owner: of === 'digest' ? null : MIRA, number } };
  const said = text === '' ? 'silence' : text;
  if (of === 'summary') {
    const summary = `sum ${said} ${earlier}`.slice(0, 300);
    return [
      ...(scene === null
        ? []
        : [
            {
              ...about,
              type: 'SceneSummarized' as const,
              payload: {
                owner: MIRA,
                scene,
                text: summary,
                significance: 1,
                before: null,
                standsOn,
              },
            },
          ]),
      {
        ...about,
        type: 'RelationshipSummarized',
        payload: { from: MIRA, to: ANN, summary, before: null, standsOn },
      },
      { ...about, type: 'MemoriesFolded', payload: { owner: MIRA, memories: [node] } },
    ];
  }
  const size = [...said].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_009, 7);
  return [
    { ...about, type: 'ClockAdvanced', payload: { minutes: moves % 90, anchor: null } },
    {
      ...about,
      type: 'RelationshipShifted',
      payload: {
        from: MIRA,
        to: ANN,
        affinity: (size % 21) - 10,
        trust: (size % 17) - 8,
        facts: size % 3 === 0 ? [`fact ${said}`.slice(0, 200)] : [],
        witnesses: size % 2 === 0 ? [MIRA, ANN] : [MIRA],
      },
    },
    {
      ...about,
      type: 'MemoryWritten',
      payload: {
        owner: MIRA,
        text: `mem ${said}`.slice(0, 400),
        kind: 'event',
        witnesses: [MIRA, ANN],
        scene,
        storyTime: 0,
        source: 'direct',
        reliability: 100,
        significance: size % 4,
      },
    },
  ];
}
