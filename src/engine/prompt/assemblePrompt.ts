import type { EntityId } from '../ids.ts';
import { isCharacter } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import type { StoryState } from '../state/story.ts';
import { unanswered } from '../turns.ts';
import { characterSection, frameSection, sceneSection } from './sections.ts';
import { type Line, transcript } from './transcript.ts';

export interface PromptBudget {
  /** Tokens to aim for: past this, nice things are left out. */
  readonly soft: number;
  /** Tokens never to exceed. */
  readonly hard: number;
}

export interface Prompt {
  /** What the model is told before the story. */
  readonly system: string;
  /** The story as the character perceived it, oldest first. */
  readonly lines: readonly Line[];
  readonly receipt: Receipt;
}

/** Why a prompt holds what it holds. Tokens are those of the text as it stands in the prompt. */
export interface Receipt {
  readonly tokens: number;
  readonly sections: readonly { readonly name: string; readonly tokens: number }[];
  readonly trimmed: readonly {
    readonly name: string;
    readonly why: 'soft-budget' | 'hard-budget';
  }[];
}

/**
 * The last two exchanges and the new turn are never left out; the last 12 turns, and everything that
 * waits for an answer, go after all that is nice.
 */
const MUST_LINES = 5;
const SHOULD_LINES = 12;

/**
 * What `character` sees before it answers, within a budget (DESIGN 6).
 *
 * @param count tokens of a text; each text is counted once.
 * @throws {Refusal} `prompt-too-long` when what may never be left out exceeds the hard budget.
 */
export function assemblePrompt(
  story: StoryState,
  character: EntityId,
  budget: PromptBudget,
  count: (text: string) => number,
): Prompt {
  const sheet = story.cast[character]?.sheet;
  if (!sheet) throw new Refusal('unknown-character');
  const people = Object.values(story.cast)
    .filter((member) => !isCharacter(member.entity))
    .map((member) => member.name);

  const must = [
    { name: 'rules', text: frameSection(sheet.name, people) },
    { name: 'character', text: characterSection(sheet, 'must') },
    { name: 'scene', text: sceneSection(story) },
  ];
  const nice = { name: 'backstory and voice', text: characterSection(sheet, 'nice') };
  const lines = transcript(story, character).map((line) => ({ line, tokens: count(line.text) }));

  const sections = must.map(({ name, text }) => ({ name, tokens: count(text) }));
  let tokens = sum(sections);
  const newest = lines.slice(-MUST_LINES);
  tokens += sum(newest);
  if (tokens > budget.hard) {
    const longest = [...sections, { name: 'the last messages', tokens: sum(newest) }].sort(
      (a, b) => b.tokens - a.tokens,
    )[0];
    throw new Refusal('prompt-too-long', {
      part: longest?.name ?? '',
      tokens: longest?.tokens ?? 0,
      limit: budget.hard,
    });
  }

  const trimmed: Receipt['trimmed'][number][] = [];
  const kept = [...newest];
  const takeLines = (upTo: number, limit: number, why: 'soft-budget' | 'hard-budget') => {
    while (kept.length < Math.min(upTo, lines.length)) {
      const next = lines[lines.length - kept.length - 1];
      if (next === undefined) return;
      if (tokens + next.tokens > limit) {
        trimmed.push({ name: `${lines.length - kept.length} older turns`, why });
        return;
      }
      tokens += next.tokens;
      kept.unshift(next);
    }
  };
  takeLines(Math.max(SHOULD_LINES, unanswered(story).length), budget.hard, 'hard-budget');
  const niceTokens = count(nice.text);
  const hasNice = tokens + niceTokens <= budget.soft;
  if (hasNice) {
    tokens += niceTokens;
    sections.push({ name: nice.name, tokens: niceTokens });
  } else trimmed.push({ name: nice.name, why: 'soft-budget' });
  if (trimmed.every(({ why }) => why !== 'hard-budget')) {
    takeLines(lines.length, budget.soft, 'soft-budget');
  }

  const texts = must.map(({ name, text }) =>
    name === 'character' && hasNice ? `${text}\n${nice.text}` : text,
  );
  return {
    system: texts.join('\n\n'),
    lines: kept.map(({ line }) => line),
    receipt: {
      tokens,
      sections: [...sections, { name: 'story', tokens: sum(kept) }],
      trimmed,
    },
  };
}

const sum = (counted: readonly { readonly tokens: number }[]): number =>
  counted.reduce((total, { tokens }) => total + tokens, 0);
