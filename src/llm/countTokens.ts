import { createRequire } from 'node:module';

type Count = (text: string) => number;

const encoding = 'gpt-tokenizer/encoding/o200k_base';
let count: Count | undefined;

/** A run without a change between blank and not blank, as long as it may be counted in one go. */
const LONG_RUN = /\S{256}(?=\S)|\s{256}(?=\s)/gu;

/**
 * Tokens of a text by o200k, the measure of every budget (DESIGN 6). A model's own tokenizer
 * differs by some percent; the margin learned from its `usage` makes up for that.
 *
 * Merging takes time with the square of a word's length, so a run of more than 256 characters without
 * (or of nothing but) blank space is counted in pieces of 256. Anything else is counted exactly; there
 * each cut adds about a token at most, which came to 0.1 % of such texts.
 *
 * The first call loads the encoding, which blocks for about a quarter of a second: a process that
 * answers people calls `warmUpTokens` when it starts.
 */
export function countTokens(text: string): number {
  count ??= counter(createRequire(import.meta.url)(encoding));
  let tokens = 0;
  let from = 0;
  for (const { index, 0: run } of text.matchAll(LONG_RUN)) {
    tokens += count(text.slice(from, index + run.length));
    from = index + run.length;
  }
  return tokens + count(text.slice(from));
}

/** Loads the encoding ahead of the first count. */
export async function warmUpTokens(): Promise<void> {
  count ??= counter(await import('gpt-tokenizer/encoding/o200k_base'));
  count('warm');
}

function counter(module: {
  countTokens(text: string, options?: { disallowedSpecial: Set<string> }): number;
}): Count {
  // What looks like a control token in someone's message is text like any other; by default it throws.
  const options = { disallowedSpecial: new Set<string>() };
  return (text) => module.countTokens(text, options);
}
