import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanReply } from '../../../src/engine/prompt/cleanReply.ts';

const people = { character: 'Mira Vale', others: ['Ann Lee', 'The Innkeeper', 'Мария'] };
const clean = (text: string) => cleanReply(text, people);
const growing = (text: string) => cleanReply(text, { ...people, growing: true });

const each = (cases: Readonly<Record<string, string>>) => {
  for (const [text, result] of Object.entries(cases)) expect(clean(text), text).toBe(result);
};

const pick = (...values: string[]) => fc.constantFrom(...values);

const labels = (name: string) =>
  pick(
    `${name}:`,
    `**${name}:**`,
    `**${name}**:`,
    `[${name}]:`,
    `[${name}:]`,
    `*${name}:*`,
    `__${name}__:`,
    `${name} (softly):`,
    `${name} :`,
    `${name}：`,
  );
const ownLabel = pick('Mira', 'Mira Vale', 'MIRA').chain(labels);
const otherLabel = pick('Ann', 'Ann Lee', 'ann lee', 'The Innkeeper', 'Мария').chain(labels);

const sentence = pick(
  'Sit. The soup is honest.',
  '*smiles* Ann, you came back.',
  '"Mira Vale," she says, "at your service."',
  'The Innkeeper nods at **everyone**.',
  'I said: go home. Ann Lee: is that you, I asked.',
  '他笑了。',
  'Run `ls` now, 2*3 = 6, snake_case stays.',
  '- Ann is here',
  'Annabel sings. Miracles happen.',
);
const answer = fc
  .array(fc.tuple(sentence, pick('\n', '\n\n', ' ')), { minLength: 1, maxLength: 6 })
  .map((all) =>
    all
      .map(([text, gap]) => text + gap)
      .join('')
      .trim(),
  )
  // An answer of one quotation only is its own case.
  .filter((text) => !/^(?:I said|- Ann)/.test(text));

const scraps = fc
  .array(
    fc.oneof(
      sentence,
      ownLabel,
      otherLabel,
      pick(
        '*',
        '**',
        '_',
        '`',
        '```',
        '```\n',
        '~~',
        '||',
        '"',
        '\n',
        '\n\n\n',
        ' ',
        ':',
        '<|im_end|>',
      ),
      pick(
        '<|',
        '<',
        '[',
        '[INST]',
        '</s>',
        'Ann',
        'Mi',
        'ra',
        '> ',
        '\\',
        '(',
        ')',
        '\r\n',
        'The',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 25 },
  )
  .map((all) => all.join(''));

describe('cleanReply', () => {
  it('leaves an answer alone that needs no cleaning', () => {
    fc.assert(
      fc.property(answer, (text) => {
        expect(clean(text)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it("drops the character's own name in front, however it is written", () => {
    fc.assert(
      fc.property(ownLabel, pick('', ' ', '\n'), answer, (label, gap, text) => {
        // Marks that touch could belong to either.
        const between = gap === '' && /[*_]$/.test(label) ? ' ' : gap;
        expect(clean(label + between + text)).toBe(clean(text));
      }),
      { numRuns: 300 },
    );
  });

  it('ends where a line begins to speak for somebody else', () => {
    fc.assert(
      fc.property(answer, otherLabel, answer, (text, label, rest) => {
        expect(clean(`${text}\n${label} ${rest}`)).toBe(text);
        expect(clean(`${label} ${rest}`)).toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('takes a name in the middle of a line, or a longer name, for part of the story', () => {
    each({
      'I asked Ann: why?': 'I asked Ann: why?',
      'Annabel: a name like any other': 'Annabel: a name like any other',
      'Mira-Lou: hm': 'Mira-Lou: hm',
      'The: word': 'The: word',
      'Ann smiles.': 'Ann smiles.',
    });
  });

  it('lets the own name win over a first name that somebody else has too', () => {
    const options = { character: 'Mira Vale', others: ['Mira Stone'] };
    expect(cleanReply('Mira: Yes.', options)).toBe('Yes.');
    expect(cleanReply('Yes.\nMira Stone: No.', options)).toBe('Yes.');
  });

  it('keeps emphasis that begins with the name and goes on after it', () => {
    each({ '**Mira: stop it**': '**stop it**', 'Mira: *waves*': '*waves*' });
  });

  it('drops quotes and fences around the whole answer, and only those', () => {
    each({
      '"Come in."': 'Come in.',
      '“Come in.”': 'Come in.',
      '"Come in," she says. "Sit."': '"Come in," she says. "Sit."',
      '```\nCome in.\n```': 'Come in.',
      '```markdown\nMira: "Come in."\n```': 'Come in.',
      '```\nls\n```\nThere.': '```\nls\n```\nThere.',
      '"Ann: that is what it says."': 'Ann: that is what it says.',
      '"Mira: Come in."': 'Come in.',
    });
  });

  it("drops the chat template's tokens and what follows the one that ends the answer", () => {
    each({
      'Yes.<|im_end|>': 'Yes.',
      'Yes.<|im_end|>\n<|im_start|>user\nAnd now?': 'Yes.',
      '<|im_start|>assistant\nMira: Yes.': 'Yes.',
      '<s>Yes.</s>': 'Yes.',
      '<|start_header_id|>assistant<|end_header_id|>\n\nYes.<|eot_id|>': 'Yes.',
      'I <3 you <:smile:1> <@2>': 'I <3 you <:smile:1> <@2>',
    });
  });

  it('closes what was left open and drops what opens nothing', () => {
    each({
      '*She smiles': '*She smiles*',
      'so **bold': 'so **bold**',
      'so **bold*': 'so **bold**',
      '***both': '***both***',
      'run `ls': 'run `ls`',
      '~~gone': '~~gone~~',
      '```js\nlet a;': '```js\nlet a;\n```',
      'And then *': 'And then',
      '*She smiles *': '*She smiles*',
      '*She smiles.\n\n"Sit."': '*She smiles.*\n\n"Sit."',
    });
  });

  it('allows one empty line between paragraphs, and none at the ends', () => {
    each({ '\n a\n\n\n\nb \n': 'a\n\nb', 'a\n \n \nb': 'a\n\nb', 'a\r\n\r\nb': 'a\n\nb' });
  });

  it('gives nothing when nothing is left', () => {
    each({ '': '', ' \n': '', 'Mira:': '', '**': '', '""': '', '```\n```': '', '<|im_end|>': '' });
  });

  it('changes nothing more when an answer is cleaned again', () => {
    fc.assert(
      fc.property(answer, ownLabel, (text, label) => {
        const once = clean(`${label} ${text}`);
        expect(clean(once)).toBe(once);
      }),
    );
  });

  it('never ends in blank space, two empty lines, a token or a line of somebody else', () => {
    fc.assert(
      fc.property(scraps, (text) => {
        for (const result of [clean(text), growing(text)]) {
          expect(result.trim()).toBe(result);
          expect(result).not.toMatch(/\n\s*\n\s*\n|<\|im_end\|>|^Ann( Lee)?:/m);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('only adds to what a growing answer shows, and ends with it', () => {
    fc.assert(
      fc.property(
        fc.option(ownLabel, { nil: '' }),
        answer,
        fc.option(otherLabel, { nil: '' }),
        (label, text, other) => {
          const raw = `${label} ${text}\n${other} Hello there.<|im_end|>`;
          let shown = '';
          for (let end = 0; end <= raw.length; end += 1) {
            const now = growing(raw.slice(0, end));
            expect(now.startsWith(shown), `${shown} -> ${now}`).toBe(true);
            shown = now;
          }
          expect(clean(raw).startsWith(shown)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never shows a name, a token or a fence that it takes away later', () => {
    for (const raw of [
      '**Mira Vale:** Yes.',
      '[Mira]: Yes.',
      'Yes.\n\n**Ann Lee**: No.',
      '<|im_start|>assistant\nMira (softly): Yes.<|im_end|>\n<|im_start|>user',
      '```\nMira: Yes.\n```',
      '<s>[INST]Yes.[/INST]</s>',
    ]) {
      for (let end = 0; end <= raw.length; end += 1) {
        expect(growing(raw.slice(0, end)), raw.slice(0, end)).toMatch(/^(?:Y|Ye|Yes|Yes\.)?$/);
      }
    }
  });
});
