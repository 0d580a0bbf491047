import { dueReply } from '../engine/answering.ts';
import type { Chat } from '../engine/chat.ts';
import type { EntityId, NodeId } from '../engine/ids.ts';
import type { Lorebook } from '../engine/lore/lorebook.ts';
import {
  assemblePrompt,
  type Prompt,
  type PromptBudget,
  type Receipt,
} from '../engine/prompt/assemblePrompt.ts';
import { Counts } from '../engine/prompt/counts.ts';
import { isKnown, textOf } from '../engine/prompt/transcript.ts';
import type { Pin, StoryState, Turn } from '../engine/state/story.ts';
import type { Meanings } from './meanings.ts';
import type { Meaning } from './ports/memoryVectors.ts';
import type { Usage } from './ports/model.ts';
import type { Store } from './ports/store.ts';
import { recall, remembered } from './recall.ts';
import type { Elsewhere, Sharing } from './sharing.ts';

export interface PromptSettings {
  readonly model: string;
  readonly budget: PromptBudget;
  /** How many turns are read at most beyond those that a state holds. */
  readonly olderTurns: number;
}

interface Needs {
  readonly store: Pick<Store, 'nearMemories' | 'alikeMemories' | 'memoriesElsewhere' | 'memory'>;
  /** Null without an embeddings model. */
  readonly meanings: Pick<Meanings, 'of'> | null;
  /** Null where stories keep to themselves. */
  readonly sharing?: Pick<Sharing, 'of'> | null;
  readonly settings: PromptSettings;
  /** The lorebooks that a story draws on. */
  readonly books: (chat: Chat) => readonly Lorebook[];
  /** Tokens of a text. */
  readonly count: (text: string) => number;
}

/** Whose prompt it is, in the story as it stood before the reply, and what is to be answered. */
export interface PromptFor {
  readonly story: StoryState;
  readonly character: EntityId;
  readonly answers: readonly NodeId[];
  /** What was said last means; null where only its words are known. */
  readonly meaning: Meaning | null;
  /** The reply's position, where it has begun: what people noted after it does not come to mind. */
  readonly before?: number;
  /** Other stories that may come to its mind; null for none. */
  readonly elsewhere?: Elsewhere | null;
}

/** How many turns back the talk is that a memory must fit. */
const RECENT_TURNS = 4;
/** Bounds of the margin: what lies beyond them is no tokenizer's doing. */
const [LEAST, MOST] = [1, 2];

/** Puts prompts together from a chat and what its characters remember. */
export class Prompts {
  readonly #needs: Needs;
  readonly #counts: Counts;
  /** Tokens as a model counts them, for one of ours. */
  readonly #margins = new Map<string, number>();

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#counts = new Counts(needs.count);
  }

  /** What was said last means to a character; null where that is not known, or not in time. */
  async meaning(
    { story, character }: Pick<PromptFor, 'story' | 'character'>,
    signal: AbortSignal,
  ): Promise<Meaning | null> {
    const { meanings } = this.#needs;
    return meanings === null ? null : meanings.of(recentTexts(story, character), signal);
  }

  /** Other stories that may come to a character's mind in one; null for none. */
  async elsewhere(chat: Chat, character: EntityId): Promise<Elsewhere | null> {
    return (await this.#needs.sharing?.of(chat, character)) ?? null;
  }

  /** @throws {Refusal} `unknown-character`, `prompt-too-long`. */
  assemble(chat: Chat, asked: PromptFor): Prompt {
    const { story, character, answers, meaning, before, elsewhere = null } = asked;
    const { store } = this.#needs;
    const pins = [...(story.pins[character] ?? [])].sort(byWeight).map(({ memory }) => memory);
    const texts = recentTexts(story, character);
    return assemblePrompt(
      {
        story,
        character,
        answers,
        budget: this.#budgetIn(chat),
        settings: chat.frame.settings,
        books: this.#needs.books(chat),
        pinned: remembered(store, chat, pins),
        retrieved: recall(store, chat, character, {
          exclude: pins,
          texts,
          meaning,
          elsewhere,
          ...(before !== undefined && { before }),
        }),
        older: olderTurns(chat, story, character, this.#needs.settings.olderTurns),
        turn: (node) => turnAt(chat, node, character),
      },
      this.#counts,
    );
  }

  /** What a character's next prompt would be, as the story stands; what comes to mind, by words alone. */
  next(chat: Chat, character: EntityId, elsewhere: Elsewhere | null = null): Prompt {
    const { story, frame } = chat;
    const due = dueReply(story, frame.settings.answers);
    const answers = due?.answers ?? [];
    return this.assemble(chat, { story, character, answers, meaning: null, elsewhere });
  }

  /** Learns from a model's own count how much more it makes of a prompt than ours. */
  learn(model: string, { tokens }: Receipt, usage: Usage): void {
    const ratio = Math.min(MOST, Math.max(LEAST, usage.input / Math.max(1, tokens)));
    this.#margins.set(model, ((this.#margins.get(model) ?? ratio) + ratio) / 2);
  }

  #budgetIn({ frame }: Chat): PromptBudget {
    const { settings } = this.#needs;
    const margin = this.#margins.get(settings.model) ?? LEAST;
    const { soft, hard } = frame.settings.budget ?? settings.budget;
    return { soft: Math.floor(Math.min(soft, hard) / margin), hard: Math.floor(hard / margin) };
  }
}

/** The newest turns, as far as a character knows them. */
const recentTexts = (story: StoryState, character: EntityId): string[] =>
  story.turns
    .filter((turn) => isKnown(turn, character) && textOf(turn) !== '')
    .slice(-RECENT_TURNS)
    .map(textOf);

/** Those that a person pinned come first, then the most significant. */
const byWeight = (a: Pin, b: Pin): number =>
  Number(b.byHand) - Number(a.byHand) || b.significance - a.significance;

/** The turns before those that a state holds, newest first, since the character's last reset. */
function* olderTurns(
  chat: Chat,
  story: StoryState,
  character: EntityId,
  most: number,
): Iterable<Turn> {
  let left = most;
  let page = story.turns;
  while (left > 0) {
    const first = page[0];
    const before = first === undefined ? null : chat.parentOf(first.node);
    if (before === null) return;
    page = chat.stateAt(before).turns;
    for (const turn of page.toReversed()) {
      if (left <= 0 || isBeforeReset(chat, turn.node, character)) return;
      left -= 1;
      yield turn;
    }
  }
}

function turnAt(chat: Chat, node: NodeId, character: EntityId): Turn | null {
  if (!chat.isOnLine(node) || isBeforeReset(chat, node, character)) return null;
  return chat.stateAt(node).turns.findLast((turn) => turn.node === node) ?? null;
}

function isBeforeReset(chat: Chat, node: NodeId, character: EntityId): boolean {
  const resetAt = chat.story.cast[character]?.resetAt ?? null;
  return resetAt !== null && chat.tree.node(node).position <= chat.tree.node(resetAt).position;
}
