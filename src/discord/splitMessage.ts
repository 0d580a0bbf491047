import type { Carry } from './markup.ts';
import { isBlank, isMark, MarkupReader, NOTHING_OPEN, openingOf } from './markup.ts';

/** One Discord message of a longer text. */
export interface Part {
  /** What is sent: trimmed, with the markup that is open at its ends closed and opened again. */
  readonly content: string;
  /** The stretch of the text that it shows, blank space at its ends included. */
  readonly raw: string;
}

export interface SplitOptions {
  /** The most that one message may hold, in UTF-16 units; at least 2. */
  readonly limit?: number;
  /** The text is still being written: its unfinished end (half a mention, an open `**`) is left out. */
  readonly growing?: boolean;
}

export const MESSAGE_LIMIT = 2_000;

type Rank = 'paragraph' | 'line' | 'sentence' | 'word' | 'letter';

interface Place {
  readonly at: number;
  readonly rank: Rank;
  readonly midLine: boolean;
}

/** Opening and closing marks never need more; nearer to the limit than this, everything is counted. */
const MARKS_MAX = 160;

const CJK =
  /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3001-\u3003\u3008-\u3011\uff01-\uff60]/;
/** Line breaking in Chinese and Japanese: what may not begin a line, and what may not end one. */
const NOT_FIRST =
  /[\u3001-\u3003\u3005\u3009\u300b\u300d\u300f\u3011\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30fb\u30fc\uff01\uff09\uff0c\uff0e\uff1a\uff1b\uff1f\uff5d]/;
const NOT_LAST = /[\u3008\u300a\u300c\u300e\u3010\uff08\uff5b]/;
const CJK_SENTENCE = /[\u3002\uff01\uff1f][\u300d\u300f\u3011\uff09*_~|]*$/;
const SENTENCE =
  /[.!?\u2026\u061f\u06d4\u0964\u3002\uff01\uff1f]["'\u2019\u201d\u00bb\u300d\u300f)\]*_~|]*$/;
/** In the middle of a line this is text; at the start of a message it would become a block. */
const BLOCK_AHEAD = /^(?:>{1,3}|#{1,3}|-#?|[*+]|\d+\.)(?:\s|$)/;
const FLAG_OR_PICTURE = /^[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Cuts a text into the Discord messages that show it.
 *
 * Discord takes 2,000 characters per message and counts code points (its API is written in Python 3;
 * said by its staff in discord-api-docs issue 1315). UTF-16 units are counted here, which are never
 * fewer, so a part always fits. Discord also trims blank space at both ends of a message and refuses
 * one that is blank, hence a text with nothing to show gives no parts.
 *
 * The raw parts joined are the text (when `growing`, the text without its unfinished end). A boundary
 * is chosen as soon as the text up to some unit no longer fits one message and depends on nothing
 * after that unit, so the boundaries of a text are the first boundaries of every longer text that
 * begins with it, and what was shown in one message never moves to another.
 *
 * @throws RangeError when the limit is not an integer of at least 2
 */
export function splitMessage(text: string, options: SplitOptions = {}): Part[] {
  const { limit = MESSAGE_LIMIT, growing = false } = options;
  if (!Number.isInteger(limit) || limit < 2) {
    throw new RangeError(`A message limit must be an integer of at least 2, not ${limit}`);
  }
  const parts: Part[] = [];
  let from = 0;
  let end = text.length;
  let carry: Carry = NOTHING_OPEN;
  while (from < end) {
    const { boundary, heldFrom } = readPart(text, from, carry, limit);
    if (boundary === undefined) {
      // The end is read once more without what is held back; that may move where the rest closes,
      // but no boundary, since boundaries depend only on what comes before them.
      if (growing) end = Math.min(end, heldFrom);
      if (end > from) parts.push(partOf(text, from, end, carry));
      break;
    }
    parts.push(partOf(text, from, boundary, carry));
    carry = carryTo(text, from, boundary, carry, limit);
    from = boundary;
  }
  return parts.at(-1)?.content === '' ? parts.slice(0, -1) : parts;
}

/** Reads one part: where it ends, or that the rest of the text fits it. */
function readPart(
  text: string,
  from: number,
  carry: Carry,
  limit: number,
): { boundary?: number; heldFrom: number } {
  const reader = new MarkupReader(text, from, carry);
  const opening = openingOf(carry, '').length;
  const places: Place[] = [];
  const firstInk = inkFrom(text, from, text.length);
  const bodyFrom = bodyStart(text, from, firstInk, carry);
  let inkEnd = from;
  let newlines = 0;
  while (reader.at < text.length) {
    const at = reader.at;
    const char = text.charAt(at);
    if (at > firstInk) notePlace(places, reader, newlines);
    reader.read();
    if (isBlank(char)) {
      if (char === '\n') newlines += 1;
      continue;
    }
    newlines = 0;
    inkEnd = reader.at;
    const length = opening + inkEnd - bodyFrom;
    if (length + MARKS_MAX < limit || length + reader.closing().length <= limit) continue;
    return { boundary: choose(text, from, firstInk, reader, places), heldFrom: at };
  }
  const held = reader.heldFrom;
  return { heldFrom: held < text.length ? held : wholePicture(text, from) };
}

/** Where the text may be cut without hurting a word; hurting what is open is checked later. */
function notePlace(places: Place[], reader: MarkupReader, newlines: number): void {
  const { text, at } = reader;
  const char = text.charAt(at);
  const before = text.charAt(at - 1);
  if (reader.fenceIsEmpty || (isMark(char) && reader.closes(char))) return;
  if (reader.inFence) {
    // Better before the code than in it, and in it at a line, whose indentation stays with it.
    if (before === '\n' && char !== '\n') {
      places.push({ at, rank: newlines > 1 ? 'line' : 'sentence', midLine: false });
    } else if (isBlank(before) && !isBlank(char) && newlines === 0) {
      places.push({ at, rank: 'word', midLine: true });
    }
    return;
  }
  if (isBlank(char)) return;
  if (isBlank(before)) {
    const midLine = newlines === 0;
    if (!midLine) places.push({ at, rank: newlines > 1 ? 'paragraph' : 'line', midLine });
    else {
      const lead = text.slice(Math.max(reader.from, at - 12), at).trimEnd();
      places.push({ at, rank: SENTENCE.test(lead) ? 'sentence' : 'word', midLine });
    }
  } else if (CJK.test(before) || CJK.test(char)) {
    if (NOT_FIRST.test(char) || NOT_LAST.test(before)) return;
    const ended = CJK_SENTENCE.test(text.slice(Math.max(reader.from, at - 6), at));
    if (isMark(char) || (isMark(before) && !ended)) return;
    places.push({ at, rank: ended ? 'sentence' : 'letter', midLine: true });
  }
}

/** Picks the boundary of a part whose text no longer fits at the unit before `reader.at`. */
function choose(
  text: string,
  from: number,
  firstInk: number,
  reader: MarkupReader,
  places: readonly Place[],
): number {
  const end = reader.at;
  const segments = graphemes.segment(text.slice(from, end));
  const isEdge = (at: number) => {
    // Half a character at the end may still become one that belongs to the character before it.
    if (at === end - 1 && isHigh(text, at)) return false;
    return segments.containing(at - from)?.index === at - from;
  };
  const isInside = (at: number) =>
    at > reader.unfinishedFrom || reader.whole.some(([start, stop]) => start < at && at < stop);
  const fits = ({ at, midLine }: Place) => {
    const ahead = text.slice(at, Math.min(end, at + 12));
    if (reader.inFence && /^\s*`/.test(ahead)) return false;
    if (midLine && BLOCK_AHEAD.test(ahead)) return false;
    if (
      text
        .slice(Math.max(from, at - 12), at)
        .trimEnd()
        .endsWith('\\')
    )
      return false;
    return !isInside(at) && isEdge(at);
  };
  const half = from + (end - from) / 2;
  const near = places.filter((place) => place.at >= half);
  for (const [list, rank] of [
    [near, 'paragraph'],
    [near, 'line'],
    [near, 'sentence'],
    [near, 'word'],
    [near, 'letter'],
    [places, 'word'],
    [places, 'letter'],
  ] as const) {
    const found = list.findLast((place) => sameOrBetter(place.rank, rank) && fits(place));
    if (found) return found.at;
  }
  // A word longer than a message. Better tight than inside a link; never inside a character, unless
  // one alone is longer than a message; and some boundary there must be.
  for (const mayCut of [
    (at: number) => isTight(text, at) && !isInside(at) && isEdge(at),
    isEdge,
    (at: number) => !(isHigh(text, at - 1) && isLow(text, at)),
  ]) {
    for (let at = end - 1; at > firstInk; at -= 1) if (mayCut(at)) return at;
  }
  return isHigh(text, end - 1) && isLow(text, end) ? end + 1 : end;
}

const RANKS: readonly Rank[] = ['paragraph', 'line', 'sentence', 'word', 'letter'];

const sameOrBetter = (rank: Rank, wanted: Rank) => RANKS.indexOf(rank) <= RANKS.indexOf(wanted);

/** Between two characters that are neither blank nor marks, nor escaped. */
function isTight(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  const char = text.charAt(at);
  return !isMark(before) && before !== '\\' && !isMark(char) && !isBlank(char);
}

function isHigh(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

function inkFrom(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isBlank(text.charAt(at))) at += 1;
  return at;
}

/** Blank space at the start of a message is trimmed; in code it is indentation and stays. */
function bodyStart(text: string, from: number, firstInk: number, carry: Carry): number {
  if (!carry.fence) return firstInk;
  return text.lastIndexOf('\n', firstInk) >= from ? text.lastIndexOf('\n', firstInk) + 1 : from;
}

function partOf(text: string, from: number, to: number, carry: Carry): Part {
  const raw = text.slice(from, to);
  const firstInk = inkFrom(text, from, to);
  if (firstInk === to) return { content: '', raw };
  let inkEnd = to;
  while (isBlank(text.charAt(inkEnd - 1))) inkEnd -= 1;
  const body = text.slice(bodyStart(text, from, firstInk, carry), inkEnd);
  return { content: openingOf(carry, body) + readTo(text, from, to, carry).closing(), raw };
}

function carryTo(text: string, from: number, to: number, carry: Carry, limit: number): Carry {
  const reader = readTo(text, from, to, carry);
  const next = reader.carry();
  // With a limit this small there is no room to repeat what is open.
  const marks = openingOf(next, '').length + reader.closing().length;
  return marks + 4 <= limit ? next : NOTHING_OPEN;
}

function readTo(text: string, from: number, to: number, carry: Carry): MarkupReader {
  const reader = new MarkupReader(text, from, carry);
  while (reader.at < to) reader.read();
  return reader;
}

/**
 * While the text grows, a picture at its end may still gain a skin tone or become a family; half a
 * surrogate pair is not a character at all.
 */
function wholePicture(text: string, from: number): number {
  if (text.charCodeAt(text.length - 1) < 0x80) return text.length;
  if (isHigh(text, text.length - 1)) return text.length - 1;
  const start = Math.max(from, text.length - 64);
  const segment = graphemes.segment(text.slice(start)).containing(text.length - 1 - start);
  if (!segment || !FLAG_OR_PICTURE.test(segment.segment)) return text.length;
  return start + segment.index;
}
