import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinkFilter } from '../../src/llm/thinkFilter.ts';

function shown(pieces: readonly string[]): string {
  const filter = thinkFilter();
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
}

/** The text cut at the given places, in any order. */
function cut(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => place % (text.length + 1)), text.length].sort(
    (a, b) => a - b,
  );
  return at.slice(1).map((end, index) => text.slice(at[index], end));
}

describe('inline thinking', () => {
  it.each([
    ['<think>Who?</think>Hi.', 'Hi.'],
    ['\n<think>\nWho?\n</think>\n\nHi.', 'Hi.'],
    ['<thinking>Who?</thinking> Hi.', 'Hi.'],
    ['<THINK>Who?</THINK>Hi.', 'Hi.'],
    ['<think></think>Hi.', 'Hi.'],
    ['<think>a < b </thin k></think>Hi.', 'Hi.'],
  ])('%j is not shown', (text, rest) => {
    expect(shown([text])).toBe(rest);
  });

  it.each(['Hi. <think>Who?</think>', '<3 you', '<thin', '<i>Hi</i>', '*<think>*', ''])(
    '%j is no thinking at the beginning and stays',
    (text) => {
      expect(shown([text])).toBe(text);
    },
  );

  it('that never ends hides everything', () => {
    expect(shown(['<think>', 'Hi.', ' <', '/thin'])).toBe('');
  });

  it('is hidden in the same way wherever the text is cut', () => {
    const texts = [
      '<think>Who </thi is it?</think>\n\nHi <think> there.',
      'No <think>ing here',
      '<thinkers>',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(fc.nat(60), { maxLength: 20 }),
        (text, places) => {
          expect(shown(cut(text, places))).toBe(shown([text]));
        },
      ),
    );
  });

  it('holds back nothing once the answer has begun', () => {
    const filter = thinkFilter();
    expect([filter.push('Hi'), filter.push('<think>'), filter.push('<')]).toEqual([
      'Hi',
      '<think>',
      '<',
    ]);
  });
});
