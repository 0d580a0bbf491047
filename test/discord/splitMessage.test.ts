import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_LIMIT, splitMessage } from '../../src/discord/splitMessage.ts';
import { show } from './discordMarkdown.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const pick = (...values: string[]) => fc.constantFrom(...values);

const word = pick(
  'the',
  'lantern',
  'swings',
  'over',
  'Mira,',
  'pier.',
  'Why?',
  'rain',
  'a',
  'I',
  '"No."',
);
const foreign = pick(
  '海は静かだ。',
  '彼女は「待って」と言った。',
  '你好，世界！',
  '비가 온다.',
  'مرحبا بالعالم؟',
  'שלום, עולם.',
  'ไม่มีช่องว่าง',
  'क्षत्रिय',
  'Z̷̡̛a̶͝l̵̕g̸͂o̶̓',
);
const picture = pick('👨‍👩‍👧‍👦', '🇫🇷🇩🇪', '👍🏽', '🏴‍☠️', '❤️‍🔥', '1️⃣', '🧑🏿‍🚀', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', 'e\u0301');
const whole = pick(
  '<@123456789012345678>',
  '<@&99>',
  '<#42>',
  '</chat list:1234567890>',
  '<:my_smile:123456789012345678>',
  '<a:dance_:1>',
  '<t:1700000000:R>',
  'https://example.org/a_b_c?d=*e*',
  '[the old inn](https://example.org/inn_by_the_sea)',
);
const plain = fc.oneof({ weight: 6, arbitrary: word }, foreign, picture, whole);

/** Inside emphasis Discord would take the marks in an address or a name for its own. */
const unmarked = fc.oneof(
  { weight: 6, arbitrary: word },
  foreign,
  picture,
  pick('<@123456789012345678>', '<:smile:1>', '</chat list:1234567890>', 'https://example.org/a'),
);

const words = (least: number, most: number, from = unmarked) =>
  fc.array(from, { minLength: least, maxLength: most }).map((all) => all.join(' '));

const MARKS = ['**', '*', '_', '__', '~~', '||'];

/** Nested markup; a word stands at both ends of each style, so that no two marks touch. */
function styled(marks: readonly string[]): fc.Arbitrary<string> {
  const leaf = words(1, 12);
  if (marks.length === 0) return leaf;
  return fc.constantFrom(...marks).chain((mark) => {
    const inner = styled(marks.filter((other) => other !== mark));
    return fc.oneof(
      { weight: 2, arbitrary: leaf },
      fc.tuple(leaf, inner, leaf).map(([a, b, c]) => `${a} ${mark}so ${b} then${mark} ${c}`),
    );
  });
}
const prose = fc.oneof(
  { weight: 5, arbitrary: styled(MARKS) },
  words(1, 20, plain),
  words(1, 10, fc.oneof(word, foreign)).map((code) => `see \`x ${code} y\` there`),
);
const quote = fc.array(prose, { minLength: 1, maxLength: 4 }).map((all) => `> ${all.join('\n> ')}`);
const list = fc.array(prose, { minLength: 1, maxLength: 3 }).map((all) => `- ${all.join('\n- ')}`);
const heading = words(1, 8).map((text) => `## On ${text}`);
const codeLine = pick(
  'const a = 1;',
  '  if (a) {',
  '    return `b`;',
  '  }',
  'x **not bold** _y_',
  '',
);
const fence = fc
  .tuple(pick('', 'js', 'c++', 'text'), fc.array(codeLine, { minLength: 1, maxLength: 12 }))
  .map(([language, lines]) => `\`\`\`${language}\nstart\n${lines.join('\n')}\nend\n\`\`\``);
const block = fc.oneof({ weight: 4, arbitrary: prose }, quote, list, heading, fence);
const blocks = fc.array(block, { minLength: 1, maxLength: 8 }).map((all) => all.join('\n\n'));

/** Anything at all, rich in what might confuse: marks, halves of tokens, blank space. */
const scraps = fc
  .array(
    fc.oneof(
      plain,
      pick(
        '*',
        '**',
        '***',
        '_',
        '__',
        '~~',
        '||',
        '`',
        '``',
        '```',
        '```js\n',
        '\\',
        '<',
        '<@1',
        '[',
      ),
      pick(
        '](',
        ')',
        '> ',
        '\n',
        '\n\n',
        ' ',
        '\t',
        '\n> ',
        '\n- ',
        '\n# ',
        '>>> ',
        '\u200d',
        '\u3000',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 120 },
  )
  .chain((all) => pick('', ' ').map((gap) => all.join(gap)));

const anyText = fc.oneof(blocks, scraps);
const limits = fc.constantFrom(40, 64, 100, 180, 400);

const contents = (text: string, limit?: number) =>
  splitMessage(text, limit === undefined ? {} : { limit }).map((part) => part.content);

function boundaries(parts: readonly { raw: string }[]): number[] {
  let at = 0;
  return parts.map((part) => {
    at += part.raw.length;
    return at;
  });
}

const look = (content: string) => show(content).map(({ char, style }) => `${char}${style}`);

const joined = (parts: readonly { raw: string }[]) => parts.map((part) => part.raw).join('');

describe('splitMessage', () => {
  it('leaves a text that fits in one message', () => {
    expect(splitMessage('Sit.')).toEqual([{ content: 'Sit.', raw: 'Sit.' }]);
    expect(contents('x'.repeat(MESSAGE_LIMIT))).toHaveLength(1);
    expect(contents('x'.repeat(MESSAGE_LIMIT + 1))).toHaveLength(2);
  });

  it('gives no message for a text with nothing to show', () => {
    for (const text of ['', ' ', '\n\n', '\u200b \t']) expect(splitMessage(text)).toEqual([]);
  });

  it('keeps each message within the limit, shows all of the text, and never sends a blank one', () => {
    fc.assert(
      fc.property(anyText, limits, (text, limit) => {
        const parts = splitMessage(text, { limit });
        for (const { content, raw } of parts) {
          expect(content.length).toBeLessThanOrEqual(limit);
          expect(content.trim()).toBe(content);
          expect(content).not.toBe('');
          expect(raw.trim()).not.toBe('');
        }
        if (parts.length > 0) expect(joined(parts)).toBe(text);
        else expect(text.replace(/[\s\p{Cc}\u200b\u2060]/gu, '')).toBe('');
      }),
      { numRuns: 400 },
    );
  });

  it('holds the limit even where it leaves no room for markup', () => {
    fc.assert(
      fc.property(scraps, fc.integer({ min: 2, max: 30 }), (text, limit) => {
        const parts = splitMessage(text, { limit });
        for (const { content } of parts) expect(content.length).toBeLessThanOrEqual(limit);
        if (parts.length > 0) expect(joined(parts)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('never cuts inside a character, a mention, an emoji, a timestamp or a link', () => {
    fc.assert(
      fc.property(blocks, limits, (text, limit) => {
        const parts = splitMessage(text, { limit });
        const segments = graphemes.segment(text);
        const tokens = [...text.matchAll(/<[^\s<>]+>|<\/[^<>]+>|\[[^\]]+\]\([^)]+\)|https:\S+/g)];
        for (const at of boundaries(parts).slice(0, -1)) {
          expect(segments.containing(at)?.index).toBe(at);
          for (const token of tokens) {
            // A token that fills a message by itself cannot be kept whole.
            if (token[0].length > limit / 2) continue;
            expect(at <= token.index || at >= token.index + token[0].length).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('shows every character in the styles that it has in the whole text', () => {
    fc.assert(
      fc.property(blocks, fc.constantFrom(100, 180, 400), (text, limit) => {
        const before = look(text).join(' ');
        const after = splitMessage(text, { limit }).flatMap((part) => look(part.content));
        expect(after.join(' ')).toBe(before);
      }),
      { numRuns: 400 },
    );
  });

  it('keeps every boundary and every full message as the text grows', () => {
    fc.assert(
      fc.property(anyText, limits, fc.array(fc.nat(), { maxLength: 12 }), (text, limit, cuts) => {
        const all = splitMessage(text, { limit });
        for (const cut of cuts) {
          const some = splitMessage(text.slice(0, cut % (text.length + 1)), { limit });
          const full = some.slice(0, -1);
          expect(all.slice(0, full.length)).toEqual(full);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('only ever adds to what a growing text shows, and moves none of it to another message', () => {
    fc.assert(
      fc.property(anyText, limits, fc.integer({ min: 1, max: 9 }), (text, limit, step) => {
        let shown = '';
        let full: string[] = [];
        for (let end = 0; end <= text.length; end += step) {
          const parts = splitMessage(text.slice(0, end), { limit, growing: true });
          const now = joined(parts);
          expect(text.startsWith(now)).toBe(true);
          expect(now.length).toBeGreaterThanOrEqual(shown.trimEnd().length);
          const raws = parts.map((part) => part.raw);
          // Each message keeps what it shows, the last one too.
          raws.forEach((raw, i) => {
            expect(raw.startsWith(full[i]?.trimEnd() ?? '')).toBe(true);
          });
          full = raws;
          shown = now;
        }
      }),
      { numRuns: 35 },
    );
  });

  it('shows a growing text as the whole text will show it, never half a mark or a mention', () => {
    fc.assert(
      fc.property(
        blocks,
        fc.constantFrom(100, 400),
        fc.integer({ min: 1, max: 9 }),
        (text, limit, step) => {
          const whole = look(text);
          for (let end = 0; end <= text.length; end += step) {
            const parts = splitMessage(text.slice(0, end), { limit, growing: true });
            const now = parts.flatMap((part) => look(part.content));
            expect(now.join(' ')).toBe(whole.slice(0, now.length).join(' '));
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('ends a message at a paragraph before a line, a line before a sentence, a sentence before a word', () => {
    const fill = 'word '.repeat(4);
    const cases: [text: string, first: string][] = [
      [`${fill}A.\n\nB.\nC. ${fill}`, `${fill}A.`],
      [`${fill}A\nB. C ${fill}`, `${fill}A`],
      [`${fill}A. B C ${fill}`, `${fill}A.`],
      [`${fill}A, B C ${fill}`, 'word word word word A, B C word'],
      ['一二三四五六七八九十。「一二三四五六七八九十一二三四」', '一二三四五六七八九十。'],
    ];
    for (const [text, first] of cases) {
      const limit = text.startsWith('一') ? 20 : 35;
      expect(contents(text, limit)[0], text).toBe(first.trim());
    }
  });

  it('does not leave a message half empty for the sake of a paragraph', () => {
    const text = `Short.\n\n${'long '.repeat(500)}`;
    expect(splitMessage(text)[0]?.content.length).toBeGreaterThan(MESSAGE_LIMIT - 10);
  });

  it('cuts a word of 5,000 characters between its characters', () => {
    fc.assert(
      fc.property(
        pick('x', '字', 'ж', 'م', 'e\u0301', '👍🏽', '🇫🇷', '👨‍👩‍👧‍👦', '<:smile:1>'),
        (char) => {
          const parts = splitMessage(char.repeat(5_000));
          expect(joined(parts)).toBe(char.repeat(5_000));
          for (const { raw, content } of parts) {
            expect(content.length).toBeLessThanOrEqual(MESSAGE_LIMIT);
            expect(raw).toBe(char.repeat(raw.length / char.length));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('cuts inside a character only when it alone is longer than a message', () => {
    const tower = `a${'\u0301'.repeat(5_000)}`;
    expect(joined(splitMessage(tower))).toBe(tower);
    expect(contents(tower).every((content) => content.length <= MESSAGE_LIMIT)).toBe(true);
  });

  it('closes what is open at the end of a message and opens it again in the next', () => {
    const cases: [text: string, ...messages: string[]][] = [
      ['**one two three four** five', '**one two three**', '**four** five'],
      ['*one **two three four***', '*one **two three***', '***four***'],
      ['||one ~~two three four~~||', '||one ~~two~~||', '||~~three four~~||'],
      ['see `one two three four`', 'see `one two three`', '`four`'],
      ['> one two three four five', '> one two three four', '> five'],
      ['```js\nlet a;\n  let b;\n```', '```js\nlet a;\n```', '```js\n  let b;\n```'],
      ['one two three.\n\n> four five six', 'one two three.', '> four five six'],
      ['>>> one two three four\nfive', '>>> one two three', '>>> four\nfive'],
      ['- one two *three four*\n- five', '- one two *three*', '*four*\n- five'],
    ];
    for (const [text, ...messages] of cases) expect(contents(text, 20)).toEqual(messages);
  });

  it('holds back the unfinished end of a growing text', () => {
    for (const end of [
      '*',
      '**',
      '||',
      '`',
      '```',
      '```js\n',
      '\\',
      '<',
      '<@12',
      '</chat li',
      '<:smi',
      '<t:17',
      '[the inn',
      '[the inn](https://ex',
      'https://exam',
      'htt',
      '👨',
      '👨‍',
      '\ud83d',
      '\n>',
      '\n- ',
      '\n## ',
      '\n1.',
    ]) {
      expect(splitMessage(`Sit ${end}`, { growing: true })[0]?.content, end).toBe('Sit');
    }
  });

  it('refuses a limit that no message can have', () => {
    for (const limit of [0, 1, -5, 2.5, Number.NaN]) {
      expect(() => splitMessage('Sit.', { limit })).toThrow(RangeError);
    }
  });
});
