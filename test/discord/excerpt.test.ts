import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt } from '../../src/discord/excerpt.ts';

test('a text that fits is told whole, and a longer one up to the end of a sentence', () => {
  expect(excerpt('Rain. The door opens.', 40)).toBe('Rain. The door opens.');
  expect(excerpt('Rain on the roof all night. The door opens.', 40)).toBe(
    'Rain on the roof all night. …',
  );
  expect(excerpt('Rain on the roof and on the sea and on us', 30)).toBe('Rain on the roof and on…');
});

test('what is emphasized stays so, and nothing is longer than it may be', () => {
  expect(excerpt('*She looks at the river and at you and away*', 30)).toBe(
    '*She looks at the river*…',
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      expect(excerpt(text, 100).length).toBeLessThanOrEqual(100);
    }),
  );
});
