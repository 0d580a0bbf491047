import { isBlank, isMark } from './markup.ts';
import type { MarkupReader } from './markupReader.ts';

type Rank = 'paragraph' | 'line' | 'sentence' | 'word' | 'letter';

interface Place {
  readonly at: number;
  readonly rank: Rank;
  readonly midLine: boolean;
  readonly inFence: boolean;
}

/** Where a text may be cut without hurting a word, in the order of reading. */
export type Places = Place[];

const RANKS: readonly Rank[] = ['paragraph', 'line', 'sentence', 'word', 'letter'];

const CJK =
  /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3001-\u3003\u3008-\u3011\uff01-\uff60]/;
/** Line breaking in Chinese and Japanese: what may not begin a line, and what may not end one. */
const NOT_FIRST =
  /[\u3001-\u3003\u3005\u3009\u300b\u300d\u300f\u3011\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30fb\u30fc\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff5d]/;
const NOT_LAST = /[\u3008\u300a\u300c\u300e\u3010\uff08\uff5b]/;
const CJK_SENTENCE = /[\u3002\uff01\uff1f][\u300d\u300f\u3011\uff09*_~|]*$/;
/** Latin, Arabic, Urdu, Hindi, Chinese and Japanese ends of a sentence, with what closes after them. */
const SENTENCE =
  /[.!?\u2026\u061f\u06d4\u0964\u3002\uff01\uff1f]["'\u2019\u201d\u00bb\u300d\u300f)\]*_~|]*$/;
/** In the middle of a line this is text; at the start of a message it would become a block. */
const BLOCK_AHEAD = /^(?:>{1,3}|#{1,3}|-#?|[*+]|\d+\.)(?:\s|$)/;
const CLOSES_FENCE = /^[\s>]*`/;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Notes the place before the unit that is read next, after `newlines` line ends in blank space. */
export function notePlace(places: Places, reader: MarkupReader, newlines: number): void {
  const { text, at } = reader;
  const code = text.charCodeAt(at);
  const codeBefore = text.charCodeAt(at - 1);
  if (code > 0x20 && code < 0x7f && codeBefore > 0x20 && codeBefore < 0x7f) return;
  const char = text.charAt(at);
  const before = text.charAt(at - 1);
  if (reader.fenceIsEmpty || (isMark(char) && reader.closes(char))) return;
  const place = (rank: Rank, midLine: boolean) =>
    places.push({ at, rank, midLine, inFence: reader.inFence });
  if (reader.inFence) {
    // Better before the code than in it, and in it at a line, whose indentation stays with it.
    if (before === '\n' && char !== '\n') place(newlines > 1 ? 'line' : 'sentence', false);
    else if (isBlank(before) && !isBlank(char) && newlines === 0) place('word', true);
  } else if (isBlank(char)) return;
  else if (isBlank(before)) {
    if (newlines > 0) place(newlines > 1 ? 'paragraph' : 'line', false);
    else place('word', true);
  } else if (CJK.test(before) || CJK.test(char)) {
    if (NOT_FIRST.test(char) || NOT_LAST.test(before)) return;
    const ended = CJK_SENTENCE.test(text.slice(Math.max(reader.from, at - 6), at));
    if (!isMark(char) && (!isMark(before) || ended)) place(ended ? 'sentence' : 'letter', true);
  }
}

/**
 * Picks the boundary of the part that `reader` has just found to be full. A paragraph's end is taken
 * before a line's, a sentence's and a word's, as long as the part is not left half empty by that.
 * Looks at nothing after `reader.at`, and leaves something visible on both sides: the units from
 * `firstInk` to `lastInk` are neither all before it nor all after it.
 */
export function chooseBoundary(
  reader: MarkupReader,
  places: Places,
  firstInk: number,
  lastInk: number,
): number {
  const { text, from, at: end } = reader;
  const segments = graphemes.segment(text.slice(from, end));
  const isEdge = (at: number) => {
    // Half a character at the end may still become one that belongs to the character before it.
    if (at === end - 1 && isHighSurrogate(text, at)) return false;
    return segments.containing(at - from)?.index === at - from;
  };
  const fits = ({ at, midLine, inFence }: Place) => {
    const ahead = text.slice(at, Math.min(end, at + 12));
    if (at > lastInk || (inFence && CLOSES_FENCE.test(ahead))) return false;
    if (!inFence && midLine && BLOCK_AHEAD.test(ahead)) return false;
    if (
      text
        .slice(Math.max(from, at - 12), at)
        .trimEnd()
        .endsWith('\\')
    )
      return false;
    return !reader.isInside(at) && isEdge(at);
  };
  const isGoodAs = ({ at, rank, inFence }: Place, worst: Rank) => {
    if (RANKS.indexOf(rank) <= RANKS.indexOf(worst)) return true;
    // Whether a word ends a sentence is asked only here, for the few places that matter.
    if (worst !== 'sentence' || rank !== 'word' || inFence) return false;
    return SENTENCE.test(text.slice(Math.max(from, at - 12), at).trimEnd());
  };
  const half = from + (end - from) / 2;
  const near = places.filter((place) => place.at >= half);
  const order = [...RANKS.map((rank) => [near, rank] as const), [places, 'word'] as const];
  for (const [list, worst] of [...order, [places, 'letter'] as const]) {
    const found = list.findLast((place) => isGoodAs(place, worst) && fits(place));
    if (found) return found.at;
  }
  // A word longer than a message. Better tight than inside a link; never inside a character, unless
  // one alone is longer than a message; and some boundary there must be.
  for (const mayCut of [
    (at: number) => isTight(text, at, end) && !reader.isInside(at) && isEdge(at),
    isEdge,
    (at: number) => !isInsidePair(text, at),
  ]) {
    for (let at = lastInk; at > firstInk; at -= 1) if (mayCut(at)) return at;
  }
  return isInsidePair(text, end) ? end + 1 : end;
}

/** Between two characters that are neither blank nor marks, nor escaped. */
function isTight(text: string, at: number, end: number): boolean {
  const before = text.charAt(at - 1);
  const char = text.charAt(at);
  if (isMark(before) || before === '\\' || isMark(char) || isBlank(char)) return false;
  return !BLOCK_AHEAD.test(text.slice(at, Math.min(end, at + 12)));
}

export function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function isInsidePair(text: string, at: number): boolean {
  return isHighSurrogate(text, at - 1) && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
