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
const BLOCK_AHEAD = /^(?:>{1,3}|#{1,3}|-#?|[*+]|\d+\.)(?:\s|$)|^\d+$/;
const CLOSES_FENCE = /^[\s>]*(?:`|$)/;
const AHEAD = 40;

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

/** The end of a message in which its boundary is sought, as a share of the limit. */
const WINDOW = 0.2;
/** With a small limit the marks that close are a large part of it. */
const WINDOW_MIN = 24;
/** In how much of that window an end of each rank is taken before one of the next. */
const SHARES: readonly (readonly [Rank, number])[] = [
  ['paragraph', 1],
  ['line', 0.75],
  ['sentence', 0.5],
  ['word', 0.25],
  ['word', 1],
  ['letter', 1],
];

const windowOf = (limit: number) => Math.ceil(Math.max(WINDOW_MIN, limit * WINDOW));

/** The unit from which on boundaries are sought, `room` being where the text alone fills the part. */
export function boundariesFrom(room: number, limit: number): number {
  return room - windowOf(limit);
}

/**
 * Picks the boundary of the part that `reader` has found to be full, or would pick were it full now.
 * A paragraph's end is taken before a line's, a sentence's and a word's, the last of its kind, within
 * windows that do not move. So a later choice is never before an earlier one, and what stands before
 * the present choice can be shown at once. Looks at nothing after `reader.at`, and leaves something
 * visible on both sides: `firstInk` is before it, `lastInk` is not.
 */
export function chooseBoundary(
  reader: MarkupReader,
  places: Places,
  ink: { readonly first: number; readonly last: number },
  limit: number,
  room: number,
): number {
  const { text, from, at: end } = reader;
  const segments = graphemes.segment(text.slice(from, end));
  const isEdge = (at: number) => {
    // Half a character at the end may still become one that belongs to the character before it.
    if (at === end - 1 && isHighSurrogate(text, at)) return false;
    return segments.containing(at - from)?.index === at - from;
  };
  const fits = ({ at, midLine, inFence }: Place) => {
    const ahead = text.slice(at, Math.min(end, at + AHEAD));
    if (at > ink.last || (inFence && CLOSES_FENCE.test(ahead))) return false;
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
  const lastOf = (worst: Rank, start: number) =>
    places.findLast((place) => place.at >= start && isGoodAs(place, worst) && fits(place))?.at;
  for (const [worst, share] of SHARES) {
    const found = lastOf(worst, room - windowOf(limit) * share);
    if (found !== undefined) return found;
  }
  // A word longer than the windows. Better tight than inside a link; never inside a character, unless
  // one alone is longer than a message; and some boundary there must be.
  const lastCut = (start: number, mayCut: (at: number) => boolean) => {
    for (let at = ink.last; at > ink.first && at >= start; at -= 1) if (mayCut(at)) return at;
    return undefined;
  };
  const tight = (at: number) => isTight(text, at, end) && !reader.isInside(at) && isEdge(at);
  return (
    lastCut(boundariesFrom(room, limit), tight) ??
    lastOf('letter', from) ??
    lastCut(from, tight) ??
    lastCut(from, isEdge) ??
    lastCut(from, (at) => !isInsidePair(text, at)) ??
    (isInsidePair(text, end) ? end + 1 : end)
  );
}

/** Between two characters that are neither blank nor marks, nor escaped. */
function isTight(text: string, at: number, end: number): boolean {
  const before = text.charAt(at - 1);
  const char = text.charAt(at);
  if (isMark(before) || before === '\\' || isMark(char) || isBlank(char)) return false;
  return !BLOCK_AHEAD.test(text.slice(at, Math.min(end, at + AHEAD)));
}

export function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function isInsidePair(text: string, at: number): boolean {
  return isHighSurrogate(text, at - 1) && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
