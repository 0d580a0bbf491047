import type { Carry } from './markup.ts';
import { isBlank, NOTHING_OPEN, openingOf } from './markup.ts';
import { MarkupReader } from './markupReader.ts';
import {
  boundariesFrom,
  chooseBoundary,
  isHighSurrogate,
  notePlace,
  type Places,
} from './messageBoundary.ts';

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

/** Opening and closing marks never need more; nearer to the limit than this, everything is counted. */
const MARKS_MAX = 160;

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
 * is chosen as soon as the text up to some unit no longer fits one message, and depends on nothing
 * after that unit. So the boundaries of a text are the first boundaries of every longer text that
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
  let carry = NOTHING_OPEN;
  for (;;) {
    const { reader, boundary, settled } = readUntilFull(text, from, carry, limit);
    const to = boundary ?? (growing ? shownTo(reader, carry, settled) : text.length);
    const cut = to === reader.at ? reader : readTo(text, from, to, carry);
    const content = contentOf(cut, carry, limit);
    if (content !== '') parts.push({ content, raw: text.slice(from, to) });
    if (boundary === undefined) return parts;
    carry = carryOn(cut, limit);
    from = boundary;
  }
}

/**
 * Reads on until the text no longer fits one message, or to its end. No boundary of a longer text
 * will be before `settled`.
 */
function readUntilFull(
  text: string,
  from: number,
  carry: Carry,
  limit: number,
): { reader: MarkupReader; boundary?: number; settled: number } {
  const reader = new MarkupReader(text, from, carry);
  const firstInk = firstInkOf(text, from);
  // What the content has besides the text's own units up to `reader.at`.
  const besides = openingOf(carry, '').length - bodyStart(text, from, firstInk, carry);
  const room = limit - besides;
  const window = boundariesFrom(room, limit);
  if (text.length + MARKS_MAX <= room && text.length <= window) {
    return { reader: readOn(reader, text.length), settled: text.length };
  }
  const places: Places = [];
  let newlines = 0;
  let lastInk = firstInk;
  while (reader.at < text.length) {
    const at = reader.at;
    if (at > firstInk) notePlace(places, reader, newlines);
    const char = text.charAt(at);
    reader.read();
    if (!isBlank(char)) {
      newlines = 0;
      reader.readPlain(Math.min(text.length, limit - MARKS_MAX - besides));
      lastInk = reader.at - 1;
    } else if (char === '\n') newlines += 1;
    // Blank space is not counted, but can show that the mark before it closes nothing.
    const length = besides + lastInk + 1;
    if (length + MARKS_MAX <= limit || length + reader.closing().length <= limit) continue;
    const ink = { first: firstInk, last: lastInk };
    const boundary = chooseBoundary(reader, places, ink, limit, room);
    return { reader, boundary, settled: boundary };
  }
  if (text.length <= window || lastInk === firstInk || window <= from)
    return { reader, settled: text.length };
  const ink = { first: firstInk, last: lastInk };
  const settled = chooseBoundary(reader, places, ink, limit, room);
  // Before the window everything is shown, and only a link as long as it could take that back.
  return { reader, settled: settled >= window ? settled : pictureFrom(text, from, window) };
}

function readTo(text: string, from: number, to: number, carry: Carry): MarkupReader {
  return readOn(new MarkupReader(text, from, carry), to);
}

function readOn(reader: MarkupReader, to: number): MarkupReader {
  while (reader.at < to) {
    reader.read();
    reader.readPlain(to);
  }
  return reader;
}

/** The message that shows what was read; '' when that is blank. */
function contentOf(reader: MarkupReader, carry: Carry, limit: number): string {
  const { text, from } = reader;
  let inkEnd = reader.at;
  while (inkEnd > from && isBlank(text.charAt(inkEnd - 1))) inkEnd -= 1;
  if (inkEnd === from) return '';
  const body = text.slice(bodyStart(text, from, firstInkOf(text, from), carry), inkEnd);
  const whole = openingOf(carry, body) + reader.closing();
  // With a very small limit there may be no room to close what is open.
  return whole.length <= limit ? whole : body;
}

function carryOn(reader: MarkupReader, limit: number): Carry {
  const closing = reader.closing().length;
  const carry = reader.carry();
  // With a very small limit there may be no room to repeat what is open.
  return openingOf(carry, '').length + closing + 4 <= limit ? carry : NOTHING_OPEN;
}

function firstInkOf(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charAt(at))) at += 1;
  return at;
}

/** Blank space at the start of a message is trimmed; in code it is indentation and stays. */
function bodyStart(text: string, from: number, firstInk: number, carry: Carry): number {
  if (!carry.fence) return firstInk;
  return Math.max(from, text.lastIndexOf('\n', firstInk) + 1);
}

/**
 * How far a growing text is shown: near the end of a message only to where the next may begin, so
 * that nothing shown ever moves there. A picture at its end waits too: it may still gain a skin tone or
 * become a family, and half a surrogate pair is not a character at all.
 */
function shownTo(reader: MarkupReader, carry: Carry, settled: number): number {
  const { text, from, at } = reader;
  let to = Math.min(settled, reader.heldFrom, pictureFrom(text, from, at));
  // What now stands at the end may be a mark that opens what is left out, and waits with it.
  for (let next = to; next > from; ) {
    next = readTo(text, from, to, carry).heldFrom;
    if (next === to) break;
    to = next;
  }
  return to;
}

function pictureFrom(text: string, from: number, to: number): number {
  if (text.charCodeAt(to - 1) < 0x80) return to;
  const end = isHighSurrogate(text, to - 1) ? to - 1 : to;
  const last = graphemes.segment(text.slice(from, end)).containing(end - 1 - from);
  return last && FLAG_OR_PICTURE.test(last.segment) ? from + last.index : end;
}
