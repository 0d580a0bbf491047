import { expect, it } from 'vitest';
import { countTokens, warmUpTokens } from '../../src/llm/countTokens.ts';

it('counts by o200k', async () => {
  await warmUpTokens();
  expect(countTokens('')).toBe(0);
  expect(countTokens('Hello, world!')).toBe(4);
  expect(countTokens('Здравствуй, мир!')).toBeLessThan(9);
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
