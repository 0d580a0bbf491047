import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSegments, perceived } from '../../src/engine/segments.ts';

const kindsOf = (text: string) => parseSegments(text).map(({ kind, text: said }) => [kind, said]);

describe('segments', () => {
  test('asterisks and underscores are actions, the rest is said', () => {
    expect(kindsOf('*sits down* Evening. _sighs_')).toEqual([
      ['action', 'sits down'],
      ['dialogue', 'Evening.'],
      ['action', 'sighs'],
    ]);
  });

  test('emphasis and snake case are not actions', () => {
    expect(kindsOf('I said **no**, and __never__ touch my_old_ledger.')).toEqual([
      ['dialogue', 'I said **no**, and __never__ touch my_old_ledger.'],
    ]);
  });

  test('double brackets and lines of slashes are out of character', () => {
    expect(kindsOf('Hello ((brb, door)) again\n// back now')).toEqual([
      ['dialogue', 'Hello'],
      ['ooc', 'brb, door'],
      ['dialogue', 'again'],
      ['ooc', 'back now'],
    ]);
  });

  test('an address is not a line of slashes', () => {
    expect(kindsOf('See https://example.org/a')).toEqual([
      ['dialogue', 'See https://example.org/a'],
    ]);
  });

  test('double brackets that are never closed stay out of character to the end', () => {
    expect(perceived(parseSegments('Hello ((psst *winks* all of this'))).toBe('Hello');
  });

  test('what is out of character is never perceived, whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !/[()/*_\\]/.test(text)),
        fc.string({ unit: 'grapheme' }).filter((text) => !/[()/*_\\]/.test(text)),
        (before, after) => {
          const text = `${before}((CANARY *waves* _x_))${after}`;
          expect(perceived(parseSegments(text))).not.toContain('CANARY');
        },
      ),
    );
  });
});
