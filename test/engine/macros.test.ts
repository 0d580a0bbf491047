import { expect, test } from 'vitest';
import { fillMacros } from '../../src/engine/macros.ts';

const names = { char: 'Wren', user: 'Ann $& Co' };

test('placeholders become names, in every form and case; comments go, and what is unknown stays', () => {
  const text = '{{user}} meets {{ Char }}; <BOT> greets <user>.{{// note }} {{random:a,b}}';
  expect(fillMacros(text, names)).toBe(
    'Ann $& Co meets Wren; Wren greets Ann $& Co. {{random:a,b}}',
  );
});
