import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown, plainText } from '../../src/sandbox/page/markdown.js';
import { type Inline, parseInline } from '../../src/sandbox/page/markdownInline.js';

/** The tree in a short notation: `bold(a italic(b))`. */
function shown(nodes: Inline[]): string {
  return nodes
    .map((node) => {
      if (node.type === 'text') return node.text;
      if (node.type === 'link') return `link(${node.url} ${shown(node.children)})`;
      if ('children' in node) return `${node.type}(${shown(node.children)})`;
      if (node.type === 'timestamp') return `time(${node.seconds} ${node.style})`;
      if (node.type === 'emoji') return `emoji(${node.name})`;
      if (node.type === 'command') return `command(${node.name})`;
      return 'id' in node ? `${node.type}(${node.id})` : `${node.type}(${node.text})`;
    })
    .join('');
}

const id = '100000000000000001';

describe('marks within a line', () => {
  it.each([
    ['**bold** *italic* _italic_', 'bold(bold) italic(italic) italic(italic)'],
    ['__under__ ~~struck~~ ||hidden||', 'underline(under) strike(struck) spoiler(hidden)'],
    ['***both***', 'bold(italic(both))'],
    ['*a **b** c*', 'italic(a bold(b) c)'],
    ['**a *b* c**', 'bold(a italic(b) c)'],
    ['||*a* **b**||', 'spoiler(italic(a) bold(b))'],
    ['`code *is* code`', 'code(code *is* code)'],
    ['``a ` b``', 'code(a ` b)'],
    ['*two\nlines*', 'italic(two\nlines)'],
  ])('%j reads as %s', (source, tree) => expect(shown(parseInline(source))).toBe(tree));

  it.each(['snake_case_name', '2 * 3 * 4', '*not closed', '**', '||half|', '`open', 'a_b'])(
    '%j stays as it is written',
    (source) => expect(shown(parseInline(source))).toBe(source),
  );

  it('takes a backslash as an escape', () => {
    expect(shown(parseInline('\\*not italic\\* \\_'))).toBe('*not italic* _');
    expect(shown(parseInline('C:\\path'))).toBe('C:\\path');
  });
});

describe('links', () => {
  it('reads masked, bare and angled links', () => {
    expect(shown(parseInline('[the *map*](https://example.org/a)'))).toBe(
      'link(https://example.org/a the italic(map))',
    );
    expect(shown(parseInline('see https://example.org/a.'))).toBe(
      'see link(https://example.org/a https://example.org/a).',
    );
    expect(shown(parseInline('(https://example.org/a)'))).toBe(
      '(link(https://example.org/a https://example.org/a))',
    );
    expect(shown(parseInline('<https://example.org>'))).toBe(
      'link(https://example.org https://example.org)',
    );
  });

  it('never makes a link of anything but the web', () => {
    for (const source of ['[x](javascript:alert(1))', '[x](data:text/html,x)', '<ftp://x.org>'])
      expect(JSON.stringify(parseMarkdown(source))).not.toContain('"link"');
  });
});

describe('mentions and the like', () => {
  it.each([
    [`<@${id}> <@!${id}>`, `user(${id}) user(${id})`],
    [`<#${id}> <@&${id}>`, `channel(${id}) role(${id})`],
    [`</chat switch:${id}>`, 'command(chat switch)'],
    ['@everyone @here', 'everyone(@everyone) everyone(@here)'],
    [`<:lamp:${id}> <a:rain:${id}>`, 'emoji(lamp) emoji(rain)'],
    ['<t:1700000000> <t:1700000000:R>', 'time(1700000000 f) time(1700000000 R)'],
  ])('%j reads as %s', (source, tree) => expect(shown(parseInline(source))).toBe(tree));

  it('leaves a time beyond all dates alone', () => {
    expect(shown(parseInline('<t:9999999999999>'))).toBe('<t:9999999999999>');
  });
});

describe('blocks', () => {
  it('reads headings, subtext and paragraphs by line', () => {
    expect(parseMarkdown('# One\ntext\nmore\n-# small').map(({ type }) => type)).toEqual([
      'heading',
      'paragraph',
      'subtext',
    ]);
    expect(parseMarkdown('#not a heading')[0]?.type).toBe('paragraph');
    expect(parseMarkdown('#### four')[0]?.type).toBe('paragraph');
  });

  it('gathers quoted lines, and everything after three marks', () => {
    expect(parseMarkdown('> a\n> b\nc')).toMatchObject([
      { type: 'quote', blocks: [{ type: 'paragraph', children: [{ text: 'a\nb' }] }] },
      { type: 'paragraph' },
    ]);
    expect(parseMarkdown('>>> a\n\n# b')).toMatchObject([
      { type: 'quote', blocks: [{ type: 'paragraph' }, { type: 'heading' }] },
    ]);
  });

  it('nests lists by their indent', () => {
    expect(parseMarkdown('3. a\n4. b\n  - c')).toMatchObject([
      {
        type: 'list',
        ordered: true,
        start: 3,
        items: [{ children: [{ text: 'a' }] }, { lists: [{ ordered: false, items: [{}] }] }],
      },
    ]);
  });

  it('takes an action for an action, not for a list', () => {
    expect(parseMarkdown('*She nods.*')).toMatchObject([
      { type: 'paragraph', children: [{ type: 'italic' }] },
    ]);
  });

  it('keeps code as it is, wherever it opens', () => {
    expect(parseMarkdown('before ```js\n**x**\n``` after')).toMatchObject([
      { type: 'paragraph' },
      { type: 'codeBlock', language: 'js', text: '**x**' },
      { type: 'paragraph' },
    ]);
    expect(parseMarkdown('```\nstill open')[0]?.type).toBe('paragraph');
  });

  it('keeps blank lines between paragraphs', () => {
    expect(parseMarkdown('a\n\nb')).toEqual([
      { type: 'paragraph', children: [{ type: 'text', text: 'a\n\nb' }] },
    ]);
  });
});

describe('the words alone', () => {
  it('drops the marks and hides spoilers', () => {
    const name = () => '@Mira';
    expect(plainText(`# Hi <@${id}>\n*nods* ||secret||`, name)).toBe('Hi @Mira nods ▪▪▪');
  });
});

describe('any text at all', () => {
  const marks = fc.stringMatching(/^[*_~|`[\]()<>@#:\\ \n.\-1a]{0,60}$/);

  it('is read without failing', () => {
    fc.assert(fc.property(marks, (source) => Array.isArray(parseMarkdown(source))));
  });

  it('loses no letter', () => {
    const letters = (text: string) => [...text].filter((c) => c === 'a').length;
    fc.assert(
      fc.property(
        fc.stringMatching(/^[*_~`a \n]{0,60}$/),
        (source) => letters(JSON.stringify(words(parseMarkdown(source)))) === letters(source),
      ),
    );
  });

  it('is read in good time, however it is meant', () => {
    const begun = performance.now();
    for (const mark of [
      '*',
      '_',
      '**',
      '__',
      '~~',
      '||',
      '`',
      '[',
      '> ',
      '- ',
      '*a',
      '_a ',
      '***a',
    ])
      parseMarkdown(mark.repeat(Math.floor(4000 / mark.length)));
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

/** The texts of a tree, without the names of its kinds. */
function words(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(words);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'text' || key === 'language') && typeof inner === 'string' ? [inner] : words(inner),
  );
}
