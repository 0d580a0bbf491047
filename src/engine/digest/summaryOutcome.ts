import type { Chat } from '../chat.ts';
import type { NewEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';
import { isSame } from '../state/pins.ts';
import { relationshipOf } from '../state/relationships.ts';
import { isSameMark } from '../state/summaries.ts';
import type { SummaryQuestion } from './askSummary.ts';
import { sourceOf } from './covered.ts';
import { isStale, nextRun } from './digestOutcome.ts';
import { oneLine } from './question.ts';
import type { ScenePlayed } from './scenePlayed.ts';
import type { SummaryAnswer } from './summaryParts.ts';

const SUMMARY_LENGTH = 1_500;
const RELATIONSHIP_LENGTH = 600;
/** A memory of this significance stays beside the summary of its scene. */
const NOTABLE = 2;

/** Whether what a question was made from is no longer what the story holds. */
export const isOutdated = (chat: Chat, close: NodeId, question: SummaryQuestion): boolean => {
  const { summarized } = chat.stateAt(chat.parentOf(close));
  return (
    isStale(chat, question.reads) ||
    !isSameMark(summarized[question.owner] ?? null, question.standsOn)
  );
};

/**
 * What a witness's answer becomes: its summary of the scene, in place of the minor memories that it has
 * of it, and how it stands to the others by now. Without a summary nothing changes.
 */
export function summaryOutcome(
  chat: Chat,
  close: NodeId,
  played: ScenePlayed,
  { owner, handles, reads, witnesses, standsOn }: SummaryQuestion,
  answer: SummaryAnswer,
): NewEvent[] {
  const text = bounded(answer.summary, SUMMARY_LENGTH);
  if (text === '') return [];
  const before = chat.stateAt(chat.parentOf(close));
  const scene = played.scene.id;
  // Earlier summaries were read, too; they are named by their close.
  const earlier = standsOn === null ? [] : [{ node: standsOn.node, revision: 0 }];
  const about = {
    node: close,
    run: nextRun(chat, close, 'summary', owner),
    sources: [...reads.map(sourceOf), ...earlier],
    cause: `summary:${close}`,
  };
  const significance = Math.min(3, Math.max(0, Math.round(answer.significance)));
  const known = { standsOn, witnesses: [...witnesses] };
  const summed = { owner, scene, text, significance, before: null, ...known };
  const events: NewEvent[] = [{ type: 'SceneSummarized', ...about, payload: summed }];
  const seen = new Set([owner]);
  for (const each of answer.relationships) {
    const to = handles.entity(each.to);
    const summary = bounded(each.summary, RELATIONSHIP_LENGTH);
    if (to === null || seen.has(to) || summary === '') continue;
    seen.add(to);
    const was = relationshipOf(before, owner, to).summary;
    const payload = { from: owner, to, summary, before: was === '' ? null : was, ...known };
    events.push({ type: 'RelationshipSummarized', ...about, payload });
  }
  const pins = played.story.pins[owner] ?? [];
  const minor = played.memories.filter(
    (memory) =>
      memory.owner === owner &&
      memory.significance < NOTABLE &&
      !pins.some((pin) => isSame(pin.memory, { node: memory.node, owner })),
  );
  if (minor.length > 0) {
    const payload = { owner, memories: minor.map(({ node }) => node) };
    events.push({ type: 'MemoriesFolded', ...about, payload });
  }
  return events;
}

function bounded(text: string, most: number): string {
  const line = oneLine(text);
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trim();
}
