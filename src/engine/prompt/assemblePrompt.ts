import type { ChatId, EntityId, NodeId } from '../ids.ts';
import type { Lorebook } from '../lore/lorebook.ts';
import { companyOf } from '../presence.ts';
import { Refusal } from '../refusal.ts';
import type { Ranked } from '../retrieval/rank.ts';
import type { Sheet } from '../sheet.ts';
import type { StoryState, Turn } from '../state/story.ts';
import type { MemoryKey, Settings } from '../world.ts';
import type { Counted, Counts } from './counts.ts';
import { filledSheet, macrosFor } from './filledSheet.ts';
import { type Entry, Filling, type Trim, type Trimmed } from './filling.ts';
import { loreEntries } from './lore.ts';
import {
  activityUnits,
  characterUnits,
  factUnits,
  frameUnits,
  oneLine,
  pastUnits,
  portraitUnits,
  relationshipUnits,
  sceneUnits,
  voiceUnits,
  weatherUnits,
} from './sections.ts';
import { type Line, lineOf, nameOf } from './transcript.ts';

export interface PromptBudget {
  /** Tokens to aim for: past this, nice things are left out. */
  readonly soft: number;
  /** Tokens never to exceed. */
  readonly hard: number;
}

/** A memory for a prompt; those that came up by themselves say how well they fit. */
export interface Recalled extends Partial<Pick<Ranked, 'score' | 'why'>> {
  readonly memory: MemoryKey;
  readonly text: string;
  /** The other story that it is of; nothing for one of this story. */
  readonly from?: { readonly chat: ChatId; readonly name: string };
}

export interface PromptAsk {
  readonly story: StoryState;
  readonly character: EntityId;
  /** The turns that are to be answered. */
  readonly answers: readonly NodeId[];
  readonly budget: PromptBudget;
  readonly settings: Pick<Settings, 'authorsNote' | 'instructions' | 'frame'>;
  /** Lorebooks besides the character's own. */
  readonly books: readonly Lorebook[];
  /** The most significant first. */
  readonly pinned: readonly Recalled[];
  /** The best first. */
  readonly retrieved: readonly Recalled[];
  /** Turns before those that the story holds, newest first; read as far as there is room. */
  readonly older: Iterable<Turn>;
  /** A turn on the line, for those that are quoted. */
  readonly turn: (node: NodeId) => Turn | null;
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
  readonly budget: PromptBudget;
  readonly sections: readonly {
    readonly name: string;
    readonly tokens: number;
    readonly items: number;
  }[];
  readonly trimmed: readonly Trimmed[];
  readonly memories: readonly {
    readonly memory: MemoryKey;
    readonly pinned: boolean;
    readonly included: boolean;
    /** Only to compare with others of the same prompt; null for a pinned one. */
    readonly score: number | null;
    readonly why: readonly string[];
    /** The chat of another story that it is of; nothing for one of this story. */
    readonly from?: ChatId;
  }[];
}

/**
 * The last two exchanges and the new turn are never left out; the last 12 turns, and everything that
 * waits for an answer, go after all that is nice.
 */
const MUST_LINES = 5;
const SHOULD_LINES = 12;

/**
 * What a character sees before it answers, within a budget (DESIGN 6). It is trimmed in this order:
 * older turns, the oldest first (their scene's summary stands for them); voice samples past the first, the
 * last first; the backstory past its first paragraph, the last first; the weather; and only past the hard
 * budget: scene summaries, the oldest first; the last 12 turns, the oldest first; the world's lore, the
 * least first; known facts, the oldest first; memories of other stories, the last first; retrieved memories,
 * the last two, then the first two; pinned memories, the last first; what people say of themselves. Nothing is left out while something before it still stands.
 *
 * @throws {Refusal} `prompt-too-long` when what may never be left out exceeds the hard budget.
 */
export function assemblePrompt(ask: PromptAsk, counts: Counts): Prompt {
  const { story, character, budget } = ask;
  const written = story.cast[character]?.sheet;
  if (!written) throw new Refusal('unknown-character');
  const macros = macrosFor(story, character, ask.answers, written);
  const sheet = filledSheet(written, macros);
  const filling = new Filling(counts);
  const newestFirst = story.turns.toReversed();
  const render = (turn: Turn) => rendered(turn, ask, counts);
  const known = newestFirst.flatMap((turn) => render(turn) ?? []);
  const notes = notesOf(ask, sheet, counts);

  const must = mustEntries(ask, sheet);
  for (const entry of must) filling.take(entry);
  const kept = known.slice(0, MUST_LINES);
  filling.tokens += tokensOf(kept) + tokensOf(Object.values(notes));
  if (filling.tokens > budget.hard) throw tooLong(must, kept, notes, counts, budget.hard);

  // Once something does not fit, everything that goes before it is left out too.
  let full: Trim | null = null;
  const takeAll = (entries: readonly Entry[], most: number, why: Trim): Entry[] => {
    const taken: Entry[] = [];
    for (const entry of entries) {
      if (full === null && filling.tokens + filling.costOf(entry) > most) full = why;
      if (full !== null) filling.leaveOut(entry.name, full);
      else {
        filling.take(entry);
        taken.push(entry);
      }
    }
    return taken;
  };
  const takeLines = (lines: Iterable<Told>, name: string, most: number, why: Trim) => {
    for (const line of lines) {
      if (full === null && filling.tokens + line.tokens > most) full = why;
      if (full !== null) return filling.leaveOut(name, full);
      filling.tokens += line.tokens;
      kept.push(line);
    }
  };

  const memories = memoryEntries(ask);
  const waiting = known.findLastIndex(({ turn }) => ask.answers.includes(turn.node)) + 1;
  const recent = known.slice(MUST_LINES, Math.max(SHOULD_LINES, waiting));
  takeAll(
    entriesOf('people', 'what people say of themselves', portraitUnits(story, character)),
    budget.hard,
    'hard-budget',
  );
  const taken = takeAll(memories.entries, budget.hard, 'hard-budget');
  takeAll(
    entriesOf('known facts', 'known facts', factUnits(story, character)),
    budget.hard,
    'hard-budget',
  );
  takeAll(loreEntries(ask, sheet, macros, counts), budget.hard, 'hard-budget');
  takeLines(recent, 'the last 12 turns', budget.hard, 'hard-budget');
  takeAll(summaryEntries(ask), budget.hard, 'hard-budget');

  takeAll(
    entriesOf('scene', 'weather', weatherUnits(story, character)),
    budget.soft,
    'soft-budget',
  );
  takeAll(
    entriesOf('character, continued', 'backstory', pastUnits(sheet)),
    budget.soft,
    'soft-budget',
  );
  takeAll(
    entriesOf('character, continued', 'voice samples', voiceUnits(sheet)),
    budget.soft,
    'soft-budget',
  );
  const rest = known.slice(MUST_LINES + recent.length);
  takeLines(rest, 'older turns', budget.soft, 'soft-budget');
  if (full === null)
    takeLines(renderedAll(ask.older, render), 'older turns', budget.soft, 'soft-budget');

  const told = kept.reverse();
  const spoken = { name: 'story', tokens: tokensOf(told), items: told.length };
  const said = Object.entries(notes).map(([name, { tokens }]) => ({ name, tokens, items: 1 }));
  return {
    system: filling.text,
    lines: withNotes(told, ask, notes),
    receipt: {
      tokens: filling.tokens,
      budget,
      sections: [...filling.sections, spoken, ...said],
      trimmed: filling.trimmed,
      memories: memories.all.map(({ recalled, pinned, entry }) => ({
        memory: recalled.memory,
        pinned,
        included: taken.includes(entry),
        score: recalled.score ?? null,
        why: recalled.why ?? [],
        ...(recalled.from !== undefined && { from: recalled.from.chat }),
      })),
    },
  };
}

/** A line with the turn that it tells. */
type Told = Counted<Line> & { readonly turn: Turn };

function rendered(turn: Turn, ask: PromptAsk, counts: Counts): Told | null {
  const line = lineOf(turn, ask, counts);
  return line === null ? null : { ...line, turn };
}

function* renderedAll(turns: Iterable<Turn>, render: (turn: Turn) => Told | null): Iterable<Told> {
  for (const turn of turns) {
    const line = render(turn);
    if (line !== null) yield line;
  }
}

function mustEntries({ story, character, settings }: PromptAsk, sheet: Sheet): Entry[] {
  const company = companyOf(story, character).here.map((entity) => nameOf(story, entity));
  const style = sheet.frame ?? settings.frame;
  const entries: Entry[] = [
    { section: 'rules', name: 'the frame', units: frameUnits(sheet, company, style) },
    { section: 'character', name: 'the character', units: characterUnits(sheet) },
    { section: 'scene', name: 'the scene', units: sceneUnits(story, character) },
    { section: 'scene', name: 'what people are doing', units: activityUnits(story, character) },
    { section: 'people', name: 'relationships', units: relationshipUnits(story, character) },
  ];
  return entries.filter(({ units }) => units.length > 0);
}

/** One entry for each unit. */
const entriesOf = (section: Entry['section'], name: string, units: readonly string[]): Entry[] =>
  units.map((unit) => ({ section, name, units: [unit] }));

interface Remembered {
  readonly recalled: Recalled;
  readonly pinned: boolean;
  readonly entry: Entry;
}

function memoryEntries({ pinned, retrieved }: PromptAsk): {
  readonly entries: readonly Entry[];
  readonly all: readonly Remembered[];
} {
  const all: Remembered[] = pinned.map((recalled) => {
    const entry = entriesOf('memories', 'pinned memories', [`- ${recalled.text}`])[0] as Entry;
    return { recalled, pinned: true, entry };
  });
  // Four, then two: they come and go in pairs.
  const own = retrieved.filter(({ from }) => from === undefined);
  for (let at = 0; at < own.length; at += 2) {
    const pair = own.slice(at, at + 2);
    const units = pair.map(({ text }) => `- ${text}`);
    const entry: Entry = { section: 'memories', name: 'retrieved memories', units };
    for (const recalled of pair) all.push({ recalled, pinned: false, entry });
  }
  for (const recalled of retrieved) {
    const { text, from } = recalled;
    if (from === undefined) continue;
    const units = [`- ${otherStory(from.name)}${text}`];
    const entry: Entry = { section: 'other stories', name: 'memories of other stories', units };
    all.push({ recalled, pinned: false, entry });
  }
  return { entries: [...new Set(all.map(({ entry }) => entry))], all };
}

/** It must not be taken for something that happened in this story. */
const otherStory = (name: string): string =>
  `From another time, in the story "${oneLine(name).replaceAll('"', "'")}", no part of this one: `;

/** The newest first; they stand in the order in which the scenes were played. */
const summaryEntries = ({ story, character }: PromptAsk): Entry[] =>
  (story.summaries[character] ?? [])
    .map(({ text }, order): Entry => {
      return { section: 'earlier scenes', name: 'scene summaries', units: [`- ${text}`], order };
    })
    .reverse();

type Notes = Partial<Record<"author's note" | 'instructions', Counted<Line>>>;

function notesOf({ settings }: PromptAsk, sheet: Sheet, counts: Counts): Notes {
  const line = (text: string): Counted<Line> => {
    const value: Line = { role: 'system', text: text.trim(), images: [] };
    return { value, tokens: counts.of(value.text) };
  };
  const instructions = sheet.instructions ?? settings.instructions;
  return {
    ...(settings.authorsNote && {
      "author's note": line(`[Author's note: ${settings.authorsNote.text.trim()}]`),
    }),
    ...(instructions !== null && { instructions: line(instructions) }),
  };
}

/** The author's note stands so many lines before the end; instructions come last. Pictures go with what is new. */
function withNotes(told: readonly Told[], { answers, settings }: PromptAsk, notes: Notes): Line[] {
  const lines: Line[] = told.map(({ value, turn }) =>
    value.images.length === 0 || answers.includes(turn.node) ? value : { ...value, images: [] },
  );
  const note = notes["author's note"];
  if (note !== undefined) {
    lines.splice(Math.max(0, lines.length - (settings.authorsNote?.depth ?? 0)), 0, note.value);
  }
  return notes.instructions === undefined ? lines : [...lines, notes.instructions.value];
}

function tooLong(
  must: readonly Entry[],
  lines: readonly Told[],
  notes: Notes,
  counts: Counts,
  limit: number,
): Refusal {
  const alone = (entry: Entry) => new Filling(counts).costOf(entry);
  const [longest] = [
    ...must.map((entry) => ({ part: entry.name, tokens: alone(entry) })),
    ...Object.entries(notes).map(([name, { tokens }]) => ({ part: `the ${name}`, tokens })),
    { part: 'the last messages', tokens: tokensOf(lines) },
  ].sort((a, b) => b.tokens - a.tokens);
  return new Refusal('prompt-too-long', { part: '', tokens: 0, ...longest, limit });
}

const tokensOf = (counted: readonly { readonly tokens: number }[]): number =>
  counted.reduce((total, { tokens }) => total + tokens, 0);
