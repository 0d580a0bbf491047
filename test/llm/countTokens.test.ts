import { expect, it } from 'vitest';
import { countTokens, warmUpTokens } from '../../src/llm/countTokens.ts';

it('counts by o200k', async () => {
  await warmUpTokens();
  expect(countTokens('')).toBe(0);
  expect(countTokens('Hello, world!')).toBe(4);
  expect(countTokens('Здравствуй, мир!')).toBeLessThan(9);
});

it('takes no longer for a text without spaces, and counts it almost as exactly', async () => {
  await warmUpTokens();
  const { countTokens: exact } = await import('gpt-tokenizer/encoding/o200k_base');
  for (const unit of ['我们在这里等着你回来', '!?-=+', 'abcdefgh', '\n', '😀🎉']) {
    const text = unit.repeat(Math.ceil(2_000 / unit.length));
    expect(Math.abs(countTokens(text) - exact(text))).toBeLessThanOrEqual(text.length / 256 + 1);
    const began = performance.now();
    countTokens(unit.repeat(Math.ceil(100_000 / unit.length)));
    expect(performance.now() - began).toBeLessThan(500);
  }
  const prose = 'The rain had been falling for three days. '.repeat(40);
  expect(countTokens(prose)).toBe(exact(prose));
});

it('takes what looks like a control token for text', () => {
  expect(countTokens('<|endoftext|>')).toBeGreaterThan(1);
});

it('counts without having been warmed up', async () => {
  const { execFileSync } = await import('node:child_process');
  const module = new URL('../../src/llm/countTokens.ts', import.meta.url).href;
  const script = `const { countTokens } = await import(${JSON.stringify(module)}); console.log(countTokens('Hello, world!'))`;
  expect(
    execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString().trim(),
  ).toBe('4');
});
