import type { Chat } from '../engine/chat.ts';
import type { EntityId } from '../engine/ids.ts';
import { anchorDate } from '../engine/retrieval/dates.ts';
import { fuse } from '../engine/retrieval/fuse.ts';
import { type Query, queryOf } from '../engine/retrieval/query.ts';
import { best, type Ranked, rank, type Setting } from '../engine/retrieval/rank.ts';
import { perceived } from '../engine/segments.ts';
import { isSame } from '../engine/state/pins.ts';
import type { StoryState, Turn } from '../engine/state/story.ts';
import type { MemoryKey } from '../engine/world.ts';
import type { Meaning } from './ports/memoryVectors.ts';
import type { Remembered, Store } from './ports/store.ts';
import type { Elsewhere } from './sharing.ts';

/** How many memories a prompt takes (DESIGN 5). */
const MOST = 4;
/** How many turns back the talk is that a memory must fit. */
const RECENT_TURNS = 4;

export interface Recall {
  /** Memories that are there already: pinned ones. */
  readonly exclude?: readonly MemoryKey[];
  readonly limit?: number;
  /** What to look for instead of the recent turns, newest last. */
  readonly texts?: readonly string[];
  /** What those texts mean; null where only their words are known. */
  readonly meaning?: Meaning | null;
  /** Only what was remembered before this position, where the story has gone on from there. */
  readonly before?: number;
  /** Other stories that may come to mind; null for none. */
  readonly elsewhere?: Elsewhere | null;
}

/** A memory, how well it fits the talk (only to compare with others of the same search), and why. */
export type Recalled = Remembered &
  Pick<Ranked, 'score' | 'why'> & {
    /** The other story that it is of. */
    readonly from?: Elsewhere['stories'][number];
  };

/**
 * What comes to a character's mind by what was said last, the best first: only what it remembers
 * itself on the chat's line, since its last reset; of two that say the same, the better one.
 */
export function recall(
  store: Pick<Store, 'nearMemories' | 'alikeMemories' | 'memoriesElsewhere'>,
  chat: Chat,
  character: EntityId,
  {
    exclude = [],
    limit = MOST,
    texts,
    meaning = null,
    before = Infinity,
    elsewhere = null,
  }: Recall = {},
): Recalled[] {
  const { story } = chat;
  const names = Object.values(story.cast).map(({ name }) => name);
  const self = story.cast[character]?.name ?? null;
  const query = queryOf(texts ?? recentTexts(story, character), names, self);
  const after = resetPosition(chat, character);
  const isBefore = ({ position }: { readonly position: number }) => position < before;
  const found = store
    .nearMemories(chat.id, character, { words: query.words, after })
    .filter(isBefore);
  const setting = { names, began: anchorDate(story.clock.anchor), now: story.clock.minutes };
  const alike =
    meaning === null
      ? []
      : store.alikeMemories(chat.id, character, { meaning, after }).filter(isBefore);
  const own = rank(found, query, setting);
  const others = elsewhere === null ? [] : told(store, character, query, setting, elsewhere);
  const all = others.length === 0 ? own : merged(own, others);
  const ranked = fuse(all, alike).filter(
    ({ memory }) => !exclude.some((each) => isSame(each, memory)),
  );
  const from = new Map(others.map(({ memory, from }) => [memory.node, from]));
  return best(ranked, limit).map((each) => {
    const story = from.get(each.memory.node);
    return story === undefined ? each : { ...each, from: story };
  });
}

/** What of other stories fits best: by its own words alone, and at no time that this story knows of. */
function told(
  store: Pick<Store, 'memoriesElsewhere'>,
  character: EntityId,
  query: Query,
  setting: Setting,
  { stories, most, weight }: Elsewhere,
) {
  const chats = stories.map(({ chat }) => chat);
  const found = store.memoriesElsewhere(chats, character, query.words);
  const ranked = found.flatMap(({ chat, ...each }) => {
    const from = stories.find((story) => story.chat === chat);
    if (from === undefined) return [];
    const alone = rank([{ ...each, storyTime: null }], query, { ...setting, began: null });
    return alone.map((one) => ({ ...one, score: one.score * weight, from }));
  });
  return best(ranked.sort(byScore), most);
}

const byScore = (a: Ranked, b: Ranked): number => b.score - a.score;

/** What is of this story comes first where both fit as well. */
const merged = (own: readonly Ranked[], others: readonly Ranked[]): Ranked[] =>
  [...own, ...others].sort(byScore);

/** What a character remembers under given keys, such as its pins; what is not on the line is left out. */
export function remembered(
  store: Pick<Store, 'memory'>,
  chat: Chat,
  keys: readonly MemoryKey[],
): Remembered[] {
  return keys.flatMap((key) => {
    const memory = store.memory(chat.id, key, resetPosition(chat, key.owner));
    return memory === null ? [] : [memory];
  });
}

export function resetPosition(chat: Chat, character: EntityId): number {
  const resetAt = chat.story.cast[character]?.resetAt ?? null;
  return resetAt === null ? -1 : chat.tree.node(resetAt).position;
}

/** The newest turns, as far as the character perceived them. */
const recentTexts = (story: StoryState, character: EntityId): string[] =>
  story.turns
    .filter((turn) => turn.witnesses.includes(character) && !turn.hiddenFrom?.includes(character))
    .map(textOf)
    // A reply that has only begun, or failed, says nothing.
    .filter((text) => text !== '')
    .slice(-RECENT_TURNS);

const textOf = (turn: Turn): string =>
  turn.kind === 'reply' ? turn.text : perceived(turn.segments);
