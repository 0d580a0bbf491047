/**
 * Discord's markdown as a tree. Pure: text in, nodes out; who is called what is the caller's matter.
 *
 * @import { Inline, Mention } from './markdownInline.js'
 *
 * @typedef {{ type: 'paragraph' | 'subtext', children: Inline[] }} Paragraph
 * @typedef {{ type: 'heading', level: number, children: Inline[] }} Heading
 * @typedef {{ type: 'quote', blocks: Block[] }} Quote
 * @typedef {{ type: 'codeBlock', language: string, text: string }} CodeBlock
 * @typedef {{ children: Inline[], lists: List[] }} ListItem
 * @typedef {{ type: 'list', ordered: boolean, start: number, items: ListItem[] }} List
 * @typedef {Paragraph | Heading | Quote | CodeBlock | List} Block
 */
import { parseInline } from './markdownInline.js';

const fence = /```(?:([\w+#.-]*)\n)?\n*([^\n](?:[\s\S]*?[^\n])??)\n*```/g;
const listLine = /^( *)([-*]|\d{1,9}\.) +(\S.*)$/;

/**
 * @param {string} source
 * @returns {Block[]}
 */
export function parseMarkdown(source) {
  return parseBlocks(source.replaceAll('\r\n', '\n'), true);
}

/**
 * @param {string} source
 * @param {boolean} quotes whether a quote may open here (they do not nest)
 * @returns {Block[]}
 */
function parseBlocks(source, quotes) {
  /** @type {Block[]} */
  const blocks = [];
  /** @type {string[]} */
  let plain = [];
  const flush = () => {
    if (plain.length > 0 && plain.join('') !== '')
      blocks.push({ type: 'paragraph', children: parseInline(plain.join('\n')) });
    plain = [];
  };

  let rest = source;
  while (rest !== '') {
    const line = rest.split('\n', 1)[0] ?? '';
    const after = rest.slice(line.length + 1);

    if (quotes && line.startsWith('>>> ')) {
      flush();
      blocks.push({ type: 'quote', blocks: parseBlocks(rest.slice(4), false) });
      return blocks;
    }
    if (quotes && line.startsWith('> ')) {
      flush();
      const quoted = takeWhile(rest, (next) => next.startsWith('> ') || next === '>');
      blocks.push({
        type: 'quote',
        blocks: parseBlocks(quoted.lines.map((next) => next.slice(2)).join('\n'), false),
      });
      rest = quoted.rest;
      continue;
    }

    const code = firstFence(rest, line);
    if (code) {
      if (code.before !== '') plain.push(code.before);
      flush();
      blocks.push(code.block);
      rest = code.rest;
      continue;
    }

    const heading = /^(#{1,3}) +(\S.*)$/.exec(line);
    const subtext = /^-# +(\S.*)$/.exec(line);
    if (heading?.[1] && heading[2]) {
      flush();
      blocks.push({
        type: 'heading',
        level: heading[1].length,
        children: parseInline(heading[2]),
      });
    } else if (subtext?.[1]) {
      flush();
      blocks.push({ type: 'subtext', children: parseInline(subtext[1]) });
    } else if (listLine.test(line)) {
      flush();
      const list = takeWhile(rest, (next) => listLine.test(next));
      blocks.push(...parseLists(list.lines));
      rest = list.rest;
      continue;
    } else plain.push(line);
    rest = after;
  }
  flush();
  return blocks;
}

/**
 * @param {string} source
 * @param {(line: string) => boolean} accepts
 */
function takeWhile(source, accepts) {
  const all = source.split('\n');
  const end = all.findIndex((line) => !accepts(line));
  const lines = end === -1 ? all : all.slice(0, end);
  return { lines, rest: end === -1 ? '' : all.slice(end).join('\n') };
}

/**
 * A code block that opens in this line (anywhere in it) and is closed later.
 * @param {string} source
 * @param {string} line
 */
function firstFence(source, line) {
  if (!line.includes('```')) return null;
  fence.lastIndex = 0;
  const found = fence.exec(source);
  if (!found || found.index > line.length) return null;
  const rest = source.slice(found.index + found[0].length);
  return {
    before: source.slice(0, found.index),
    /** @type {CodeBlock} */
    block: { type: 'codeBlock', language: found[1] ?? '', text: found[2] ?? '' },
    rest: rest.startsWith('\n') ? rest.slice(1) : rest,
  };
}

/**
 * @param {string[]} lines
 * @returns {List[]}
 */
function parseLists(lines) {
  /** @type {List[]} */
  const roots = [];
  /** @type {{ indent: number, lists: List[] }[]} */
  const open = [{ indent: -1, lists: roots }];
  for (const line of lines) {
    const [, spaces = '', mark = '', text = ''] = listLine.exec(line) ?? [];
    while (open.length > 1 && (open.at(-1)?.indent ?? -1) >= spaces.length) open.pop();
    const lists = open.at(-1)?.lists ?? roots;
    const ordered = mark.endsWith('.');
    let list = lists.at(-1);
    if (!list || list.ordered !== ordered) {
      list = { type: 'list', ordered, start: ordered ? Number.parseInt(mark, 10) : 1, items: [] };
      lists.push(list);
    }
    /** @type {ListItem} */
    const item = { children: parseInline(text), lists: [] };
    list.items.push(item);
    open.push({ indent: spaces.length, lists: item.lists });
  }
  return roots;
}

/**
 * The words without the marks, for previews and announcements.
 * @param {string} source
 * @param {(mention: Mention) => string} nameOf
 * @returns {string}
 */
export function plainText(source, nameOf) {
  /** @type {(nodes: Inline[]) => string} */
  const words = (nodes) =>
    nodes
      .map((node) => {
        if (node.type === 'spoiler') return '▪▪▪';
        if ('children' in node) return words(node.children);
        if ('text' in node) return node.text;
        if (node.type === 'command') return `/${node.name}`;
        if (node.type === 'emoji') return `:${node.name}:`;
        if (node.type === 'timestamp') return new Date(node.seconds * 1000).toLocaleString();
        return nameOf(node);
      })
      .join('');
  /** @type {(blocks: Block[]) => string[]} */
  const lines = (blocks) =>
    blocks.flatMap((block) => {
      if (block.type === 'quote') return lines(block.blocks);
      if (block.type === 'codeBlock') return [block.text];
      if (block.type === 'list')
        return block.items.flatMap((item) => [words(item.children), ...lines(item.lists)]);
      return [words(block.children)];
    });
  return lines(parseMarkdown(source)).join(' ').replace(/\s+/g, ' ').trim();
}
