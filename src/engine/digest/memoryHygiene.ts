import { type EntityId, isCharacter } from '../ids.ts';
import type { Group } from './covered.ts';
import type { DigestAnswer } from './digestParts.ts';
import type { Handles } from './question.ts';
import { oneLine } from './question.ts';

type Line = DigestAnswer['memories'][number];

/** Characters of a memory at most. */
const LONGEST = 500;
/** A turn of so many different words is held against a memory by itself, besides all that was read. */
const LONG_TURN = 12;
/** What people say weighs more than what characters say, and what was witnessed more than what was told. */
const WEIGHT = { people: 1, oneself: 0.9, characters: 0.8, hearsay: 0.8 };
/** Below it a memory is minor. */
const NOTABLE = 2;

/** A memory that is worth keeping. */
export interface Kept {
  readonly text: string;
  readonly kind: Line['kind'];
  readonly source: string;
  /** Per cent. */
  readonly reliability: number;
  readonly significance: number;
}

/**
 * Whether something durable is in a line of the classifier's (DESIGN 4, memory hygiene). Null for what is
 * not sure enough, for what only other characters said in passing, and for what copies its turns.
 *
 * @param least per cent; what is less sure is not kept.
 */
export function keep(
  line: Line,
  owner: EntityId,
  { reads }: Group,
  handles: Handles,
  least: number,
): Kept | null {
  const named = line.turns.flatMap((turn) => handles.turn(turn) ?? []);
  const standsOn = reads.filter(({ turn }) => named.length === 0 || named.includes(turn.node));
  const speakers = standsOn.map(({ turn }) => turn.by);
  const significance = Math.min(3, Math.max(0, Math.round(line.significance)));
  const weight = speakers.some((speaker) => !isCharacter(speaker))
    ? WEIGHT.people
    : speakers.includes(owner)
      ? WEIGHT.oneself
      : WEIGHT.characters;
  if (weight === WEIGHT.characters && significance < NOTABLE) return null;
  const sure = Math.round(asPerCent(line.confidence) * weight);
  if (sure < least) return null;
  const text = inOwnWords(shortened(oneLine(line.text)), reads);
  if (text === null) return null;
  const teller = line.toldBy === null ? null : handles.entity(line.toldBy);
  const told = teller !== null && teller !== owner && speakers.includes(teller);
  return {
    text,
    kind: line.kind,
    source: told ? `told_by:${teller}` : 'direct',
    reliability: told ? Math.round(sure * WEIGHT.hearsay) : sure,
    significance,
  };
}

/** Models take confidence for a share or for per cent. */
function asPerCent(confidence: number): number {
  const perCent = confidence <= 1 ? confidence * 100 : confidence;
  return Math.min(100, Math.max(0, perCent));
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST / 2));
}

/** The text, or as many of its first sentences as do not repeat the turns; null when all of them do. */
function inOwnWords(text: string, reads: Group['reads']): string | null {
  const sentences = text.match(/[^.!?…]+[.!?…]*["”»]?\s*/g) ?? [];
  for (let kept = sentences.length; kept > 0; kept -= 1) {
    const rest = sentences.slice(0, kept).join('').trim();
    if (rest !== '' && !repeats(rest, reads)) return rest;
  }
  return null;
}

/**
 * Whether a text repeats more than half of the different words of all that was read, or of one turn that
 * is long enough to have words of its own.
 */
export function repeats(text: string, reads: Group['reads']): boolean {
  const own = new Set(wordsIn(text));
  const turns = reads.map((read) => new Set(wordsIn(read.text)));
  const all = new Set(turns.flatMap((turn) => [...turn]));
  const isRepeated = (turn: ReadonlySet<string>) =>
    [...turn].filter((word) => own.has(word)).length > turn.size / 2;
  return isRepeated(all) || turns.some((turn) => turn.size >= LONG_TURN && isRepeated(turn));
}

const wordsIn = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu) ?? [];
