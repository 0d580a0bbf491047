import type { Chat } from '../engine/chat.ts';
import { evolve } from '../engine/event.ts';
import type { EntityId } from '../engine/ids.ts';
import { Refusal } from '../engine/refusal.ts';
import { emptyStory } from '../engine/state/story.ts';
import {
  type ExportedStory,
  type ExportedTurn,
  type ExportWords,
  exportedTurn,
  inParts,
  isWitnessed,
  jsonOf,
  markdownHead,
  markdownOf,
} from '../engine/transcriptExport.ts';
import type { Store } from './ports/store.ts';

export type ExportForm = 'markdown' | 'json';

/** Nodes that are folded before others get their turn. */
const STEP = 200;
const pause = () => new Promise((resolve) => setImmediate(resolve));

/**
 * What someone witnessed of a chat's line, oldest first; `null` is whoever may read everything. Reads
 * the whole line, in steps that let everything else go on.
 */
export async function storyTurns(
  chat: Chat,
  archive: Store['archive'],
  viewer: EntityId | null,
): Promise<ExportedTurn[]> {
  const turns: ExportedTurn[] = [];
  let story = emptyStory;
  let folded = 0;
  for (const { id, first, last } of chat.stretches()) {
    for (const node of archive.nodes(id, first, last)) {
      for (const event of chat.tree.counting(node)) story = evolve<'either'>(story, event);
      const turn = exportedTurn(story, node.id, node.own[0]?.at ?? '');
      if (turn !== null && isWitnessed(story, node.id, viewer)) turns.push(turn);
      folded += 1;
      if (folded % STEP === 0) await pause();
    }
  }
  return turns;
}

const encoder = new TextEncoder();
const bytes = (text: string): number => encoder.encode(text).length;

/**
 * The files of an export, each at most `limit` bytes.
 * @throws {Refusal} `nothing-to-export`.
 */
export function exportFiles(
  story: ExportedStory,
  turns: readonly ExportedTurn[],
  form: ExportForm,
  limit: number,
  words: ExportWords,
): string[] {
  if (turns.length === 0) throw new Refusal('nothing-to-export');
  if (form === 'markdown') {
    const frame = { head: markdownHead(story, words), between: '', tail: '' };
    return inParts(
      turns.map((turn) => markdownOf(turn, words)),
      frame,
      limit,
      bytes,
    );
  }
  const head = `${JSON.stringify(story).slice(0, -1)},"turns":[\n`;
  return inParts(turns.map(jsonOf), { head, between: ',\n', tail: '\n]}\n' }, limit, bytes);
}
