import { CardError } from './cardError.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Characters of JSON that a card may have: large lorebooks have a few million. */
const MOST_CHARACTERS = 8_000_000;
/** Brackets within brackets; cards have about ten. */
const MOST_DEPTH = 64;

/**
 * Reads an object out of JSON that came from anywhere.
 * @throws {CardError} `too-large`, `too-deep`, `broken-json`, `not-a-card`.
 */
export function parseJsonObject(text: string): JsonObject {
  if (text.length > MOST_CHARACTERS) throw new CardError('too-large');
  if (depthOf(text) > MOST_DEPTH) throw new CardError('too-deep');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new CardError('broken-json', { cause });
  }
  if (!isObject(parsed as Json)) throw new CardError('not-a-card');
  return parsed as JsonObject;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Asked before parsing: the parser, and whatever walks its result, goes one call deeper for each. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return deepest;
}
