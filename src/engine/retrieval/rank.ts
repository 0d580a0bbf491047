import type { MemoryKey } from '../world.ts';
import { daysFrom } from './dates.ts';
import { type Mentions, mentionsOf } from './mentions.ts';
import { nearDuplicate } from './nearDuplicates.ts';
import type { Query } from './query.ts';

/** A memory as a search came upon it: by its own words, or because it stands beside one that has them. */
export interface Found {
  readonly memory: MemoryKey;
  readonly text: string;
  readonly significance: number;
  /** Minutes of the story's clock; null where it is not known. */
  readonly storyTime: number | null;
  /** Equal for memories of one scene; null where it is not known. */
  readonly scene: number | null;
  /** Steps of the story from its root. */
  readonly position: number;
  /** How well its own words match; 0 for none. */
  readonly match: number;
}

/** What raised a memory in the ranking. */
export type Why = 'words' | 'beside' | 'date' | 'figure' | 'significance' | 'meaning';

export interface Ranked extends Found {
  readonly score: number;
  readonly why: readonly Why[];
}

/** What the ranking is made within. */
export interface Setting {
  /** Of the cast. */
  readonly names: readonly string[];
  /** When story time began, in milliseconds since 1970; null where nobody said. */
  readonly began: number | null;
  /** The story's clock, in minutes. */
  readonly now: number;
}

/** A neighbour is at most so many steps of the story away, and in the same scene. */
export const REACH = 8;

/** What the words of a neighbour count for: those before, nearest first, and those after. */
const BEFORE = [0.5, 0.25];
const AFTER = [0.3, 0.25];
const OTHERS = 0.5;
const QUESTION = 0.7;
const FIGURE = 1.2;
const DATED = 1;
/** Days in which what happened is still talked about. */
const TALK_DAYS = 10;
const SIGNIFICANT = 0.08;
const RECENT = 0.05;
const RECENT_MINUTES = 7 * 24 * 60;

const TIME_WORDS =
  /\b(?:yesterday|today|tonight|tomorrow|last|next|ago|since|week(?:end)?s?|months?|years?|days?|mon|tues|wednes|thurs|fri|satur|sun(?=day)|morning|evening|january|february|march|april|may|june|july|august|september|october|november|december|[12]\d{3})/i;
const NUMBERS =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|hundred|thousand|once|twice|both|couple|first|second|third)\b/i;

/**
 * The best memories first.
 *
 * @param found in the order of the line, the neighbours of every match among them.
 */
export function rank(found: readonly Found[], query: Query, setting: Setting): Ranked[] {
  const mentions = mentionsOf(setting.names);
  return found
    .map((each, at) => scored(found, at, each, query, setting, mentions))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || b.position - a.position);
}

function scored(
  found: readonly Found[],
  at: number,
  each: Found,
  query: Query,
  setting: Setting,
  mentions: Mentions,
): Ranked {
  const why: Why[] = each.match > 0 ? ['words'] : [];
  let score = each.match;
  const beside = around(found, at, -1, BEFORE) + around(found, at, 1, AFTER);
  if (beside > each.match) why.push('beside');
  score += beside;
  const raise = (reason: Why, factor: number) => {
    if (factor > 1) why.push(reason);
    score *= factor;
  };
  if (query.about !== null) {
    const mentioned = mentions.first(each.text);
    if (mentioned !== null && mentioned !== query.about) score *= OTHERS;
  }
  if (/\?\W*$/.test(each.text)) score *= QUESTION;
  const tells =
    (query.asks.when && TIME_WORDS.test(each.text)) ||
    (query.asks.number && NUMBERS.test(each.text));
  if (tells) raise('figure', FIGURE);
  raise('date', 1 + DATED * nearness(each, query, setting));
  raise('significance', 1 + SIGNIFICANT * Math.max(0, each.significance - 1));
  const age = Math.max(0, setting.now - (each.storyTime ?? 0));
  score *= 1 + RECENT * Math.exp(-age / RECENT_MINUTES);
  return { ...each, score, why };
}

/** What stands beside a memory, on one side. */
function around(found: readonly Found[], at: number, step: -1 | 1, weights: readonly number[]) {
  const own = found[at];
  let sum = 0;
  for (const [index, weight] of weights.entries()) {
    const other = found[at + step * (index + 1)];
    if (own === undefined || other === undefined || other.scene !== own.scene) break;
    if (Math.abs(other.position - own.position) > REACH) break;
    sum += weight * other.match;
  }
  return sum;
}

/** From 1 for the very date that the query names down to 0. */
function nearness({ storyTime }: Found, { dates }: Query, { began }: Setting): number {
  if (began === null || storyTime === null || dates.length === 0) return 0;
  const moment = began + storyTime * 60_000;
  return Math.max(
    ...dates.map((span) => {
      const days = daysFrom(span, moment);
      return days < 0 ? Math.exp(days / (TALK_DAYS / 4)) : Math.exp(-days / TALK_DAYS);
    }),
  );
}

/** The best of a ranking that say something of their own. */
export function best<Each extends Ranked>(ranked: readonly Each[], limit: number): Each[] {
  const kept: Each[] = [];
  for (const each of ranked) {
    if (kept.length === limit) break;
    if (!kept.some((other) => nearDuplicate(other.text, each.text))) kept.push(each);
  }
  return kept;
}
