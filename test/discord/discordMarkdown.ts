/**
 * What Discord's client makes of a message: its characters with their styles, without the marks.
 * Written after the client's own rules (simple-markdown's with Discord's changes), not after the
 * splitter's, so that the two can be compared.
 */
export interface Shown {
  readonly char: string;
  readonly style: string;
}

const CODE_BLOCK = /^```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```/i;
const QUOTE_REST = /^ *>>> +([\s\S]*)/;
const QUOTE = /^ *>(?!>>) +[^\n]*(?:\n *>(?!>>) +[^\n]*)*\n?/;
const HEADING = /^(#{1,3}) +([^\n]+)\n?/;
const ESCAPE = /^\\([^0-9A-Za-z\s])/;
const WHOLE = /^(?:https?:\/\/[^\s<]+[^<.,:;"')\]\s]|<[^\s<>]+>|\[[^[\]\n]*\]\([^\s()]+\))/;
const EM =
  /^_((?:__|\\[\s\S]|[^\\_])+?)_\b|^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/;
const STRONG = /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/;
const UNDERLINE = /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/;
const STRIKE = /^~~([\s\S]+?)~~(?!_)/;
const SPOILER = /^\|\|([\s\S]+?)\|\|/;
const CODE = /^(`+)([\s\S]*?[^`])\1(?!`)/;
const TEXT = /^(?:[0-9A-Za-z\u00c0-\uffff]+|[\s\S])/;

/** The visible characters of a message, blank ones left out. */
export function show(content: string): Shown[] {
  const shown: Shown[] = [];
  read(content, [], shown, true);
  return shown;
}

function read(source: string, styles: readonly string[], out: Shown[], lineStart: boolean): void {
  let rest = source;
  let atStart = lineStart;
  while (rest !== '') {
    const taken = take(rest, styles, out, atStart);
    atStart = rest.slice(0, taken).endsWith('\n');
    rest = rest.slice(taken);
  }
}

function take(rest: string, styles: readonly string[], out: Shown[], lineStart: boolean): number {
  const add = (text: string, style: readonly string[]) => {
    const name = [...new Set(style)].sort().join(' ');
    for (const char of text.replace(/\s+/g, '')) out.push({ char, style: name });
  };
  const within = (whole: string, inner: string, ...more: string[]) => {
    read(inner, [...styles, ...more], out, false);
    return whole.length;
  };
  const quoted = styles.includes('quote');
  let found = CODE_BLOCK.exec(rest);
  if (found) {
    add(found[2] ?? '', [...styles, `block-${found[1] ?? ''}`]);
    return found[0].length;
  }
  if (lineStart && !quoted) {
    found = QUOTE_REST.exec(rest);
    if (found) {
      read(found[1] ?? '', [...styles, 'quote'], out, true);
      return found[0].length;
    }
    found = QUOTE.exec(rest);
    if (found) {
      read(found[0].replace(/^ *> ?/gm, ''), [...styles, 'quote'], out, true);
      return found[0].length;
    }
  }
  found = lineStart ? HEADING.exec(rest) : null;
  if (found) return within(found[0], found[2] ?? '', `h${found[1]?.length}`);
  found = ESCAPE.exec(rest);
  if (found) {
    add(found[1] ?? '', styles);
    return 2;
  }
  found = WHOLE.exec(rest);
  if (found) {
    add(found[0], [...styles, 'whole']);
    return found[0].length;
  }
  // Of several readings the longest wins, as in simple-markdown.
  const strong = STRONG.exec(rest) ?? UNDERLINE.exec(rest);
  const em = EM.exec(rest);
  if (em && em[0].length > (strong?.[0].length ?? 0))
    return within(em[0], em[1] ?? em[2] ?? '', 'em');
  if (strong) return within(strong[0], strong[1] ?? '', rest.startsWith('*') ? 'strong' : 'under');
  found = STRIKE.exec(rest);
  if (found) return within(found[0], found[1] ?? '', 'strike');
  found = SPOILER.exec(rest);
  if (found) return within(found[0], found[1] ?? '', 'spoiler');
  found = CODE.exec(rest);
  if (found) {
    add(found[2] ?? '', [...styles, 'code']);
    return found[0].length;
  }
  const text = TEXT.exec(rest)?.[0] ?? rest.charAt(0);
  add(text, styles);
  return text.length;
}
