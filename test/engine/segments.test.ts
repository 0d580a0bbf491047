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

describe('prose with speech in quotation marks', () => {
  test('is told apart: what is quoted is said, the rest is done', () => {
    expect(kindsOf('She walks in. "Hello."')).toEqual([
      ['action', 'She walks in.'],
      ['dialogue', '"Hello."'],
    ]);
    expect(kindsOf('“Sit,” he says, “and eat.” He sits.')).toEqual([
      ['dialogue', '“Sit,”'],
      ['action', 'he says,'],
      ['dialogue', '“and eat.”'],
      ['action', 'He sits.'],
    ]);
    expect(kindsOf('«Привет», сказала она.')[0]).toEqual(['dialogue', '«Привет»']);
  });

  test('a word in quotation marks within a sentence is no speech', () => {
    expect(kindsOf('I read the "Times" today')).toEqual([['dialogue', 'I read the "Times" today']]);
  });

  test('explicit markers come first, and what is out of character stays so', () => {
    expect(kindsOf('*nods* She said "Yes." ((brb))')).toEqual([
      ['action', 'nods'],
      ['dialogue', 'She said "Yes."'],
      ['ooc', 'brb'],
    ]);
    expect(kindsOf('He waves. "Bye." ((brb))').map(([kind]) => kind)).toEqual([
      'action',
      'dialogue',
      'ooc',
    ]);
  });

  test('the markers of what is out of character can be others', () => {
    const ooc = { open: '[[', close: ']]', line: '#' };
    expect(parseSegments('Hello [[psst]] ((there))\n# later', ooc)).toEqual([
      { kind: 'dialogue', text: 'Hello' },
      { kind: 'ooc', text: 'psst' },
      { kind: 'dialogue', text: '((there))' },
      { kind: 'ooc', text: 'later' },
    ]);
  });
});
