import { createRequire } from 'node:module';

type Count = (text: string) => number;

const encoding = 'gpt-tokenizer/encoding/o200k_base';
let count: Count | undefined;

/**
 * Tokens of a text by o200k, the measure of every budget (DESIGN 6). A model's own tokenizer
 * differs by some percent; the margin learned from its `usage` makes up for that.
 *
 * The first call loads the encoding, which blocks for about a quarter of a second: a process that
 * answers people calls `warmUpTokens` when it starts.
 */
export function countTokens(text: string): number {
  count ??= counter(createRequire(import.meta.url)(encoding));
  return count(text);
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
