/** Where a style was opened; it ends there too. */
export type Scope = 'plain' | 'quote' | 'line';

export interface Style {
  readonly mark: string;
  readonly scope: Scope;
}

export interface Fence {
  readonly language: string;
  /** Inside a `> ` quote, where every line of the code carries the quote's mark. */
  readonly quoted: boolean;
}

/** What is open at a cut and has to be opened again in the next message. */
export interface Carry {
  readonly styles: readonly Style[];
  readonly code: string;
  readonly fence: Fence | undefined;
  readonly quote: '' | '> ' | '>>> ';
  readonly heading: string;
  readonly scope: Scope;
  /** The next message starts in the middle of a line. */
  readonly midLine: boolean;
}

export const NOTHING_OPEN: Carry = {
  styles: [],
  code: '',
  fence: undefined,
  quote: '',
  heading: '',
  scope: 'plain',
  midLine: false,
};

const BLOCK_PREFIX = /^ *(?:>>> |> )? *(?:#{1,3} |-# |[-*] |\d+\. )?/;
const MARKS = '*_~|`';

/** True for what Discord trims at the ends of a message, and for what shows as nothing. */
export function isBlank(char: string): boolean {
  const code = char.charCodeAt(0);
  if (code < 0x7f) return code <= 0x20;
  return code < 0x2100 ? /[\s\u0085\u200b\u2060]/.test(char) : code === 0x3000 || code === 0xfeff;
}

export function isMark(char: string): boolean {
  return char !== '' && MARKS.includes(char);
}

/** The marks that open again at the start of a part what was open at the end of the last. */
export function openingOf(carry: Carry, body: string): string {
  const { fence } = carry;
  const marks = carry.styles.map((style) => style.mark).join('');
  let lead = carry.quote === '>>> ' || carry.midLine ? carry.quote : '';
  if (carry.midLine) lead += carry.heading;
  if (fence) {
    if (fence.quoted) lead = '> ';
    const again = fence.quoted && carry.midLine ? '> ' : '';
    return `${lead}${marks}\`\`\`${fence.language}\n${again}${body}`;
  }
  // A line's own mark stays first, or the quote or list would turn into text.
  const prefix = carry.midLine ? '' : (BLOCK_PREFIX.exec(body)?.[0] ?? '');
  return lead + prefix + marks + carry.code + body.slice(prefix.length);
}
