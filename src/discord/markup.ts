/**
 * Reads Discord's markdown one UTF-16 unit at a time and always knows what is open.
 *
 * Everything here depends on what was read so far and never on what follows, because the splitter's
 * promise (a boundary once chosen stays) rests on it. The rules follow Discord's client: emphasis may
 * span lines, a single `*` inside italics ends them, inline code hides all other markup, a fence opens
 * and closes anywhere in a line, and a quote, a heading or a list item ends what was opened in it.
 */

/** Where a style was opened; it ends there too. */
type Scope = 'plain' | 'quote' | 'line';

interface Style {
  readonly mark: string;
  readonly scope: Scope;
}

interface Fence {
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

/** Longer than any language name, short enough to be repeated in each part. */
const LANGUAGE_MAX = 40;
/** After these lengths an open bracket is taken for a plain one. */
const LINK_TEXT_MAX = 300;
const LINK_HELD_MAX = 100;
const LINK_URL_MAX = 1_500;
const PREFIX_MAX = 16;

const BLOCK_PREFIX = /^ *(?:>>> |> )? *(?:#{1,3} |-# |[-*] |\d+\. )?/;
const LINE_PREFIX = /^ *(>>> |> )?( *)(?:(#{1,3} |-# )|([-*] |\d+\. ))?/;
const PREFIX_CHAR = /[ >#\-*\d.]/;
const LANGUAGE_CHAR = /[A-Za-z0-9_+\-.#]/;
const MARKS = '*_~|`';
/** Mentions, commands, custom emoji, timestamps and guide links, or the beginning of one. */
const ANGLE_BEGUN =
  /^<(?:@[!&]?\d{0,20}|#\d{0,20}|a?(?::(?:\w{0,32}(?::\d{0,20})?)?)?|t(?::-?\d{0,16}(?::[a-zA-Z]?)?)?|\/[-\p{L}\p{N}_ ]{0,100}(?::\d{0,20})?|i(?:d(?::\w{0,20})?)?)?$/u;
const ANGLE_WHOLE =
  /^<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::[a-zA-Z])?|\/[-\p{L}\p{N}_ ]+:\d+|id:\w+)>$/u;

/** True for what Discord trims at the ends of a message, and for what shows as nothing. */
export function isBlank(char: string | undefined): boolean {
  if (char === undefined) return false;
  const code = char.charCodeAt(0);
  if (code === 0x20 || (code <= 0x1f && code >= 0x09)) return true;
  if (code < 0x7f) return code < 0x09;
  return /[\s\u0085\u200b\u2060]/.test(char);
}

export function isMark(char: string | undefined): boolean {
  return char !== undefined && char !== '' && MARKS.includes(char);
}

const isWordChar = (char: string) => /[A-Za-z0-9]/.test(char);

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

/** Reads `text` from `from` on, with what an earlier part left open. */
export class MarkupReader {
  readonly text: string;
  readonly from: number;
  /** How far it has read. */
  at: number;
  /** Stretches that must stay whole: links, mentions, emoji, timestamps, a fence's first line. */
  readonly whole: [number, number][] = [];
  #styles: readonly Style[];
  #code: string;
  #fence: Fence | undefined;
  #quote: Carry['quote'];
  #heading: string;
  #scope: Scope;
  /** Still in the marks at the beginning of a line. */
  #inPrefix: boolean;
  #lineStart: number;
  #run = '';
  #runStart = 0;
  #escaped = false;
  #language: string | undefined;
  #fenceStart = -1;
  #fenceFilled = false;
  #angle = -1;
  #url = -1;
  #link = -1;
  #linkPhase: 'text' | 'paren' | 'url' = 'text';
  #linkUrl = 0;

  constructor(text: string, from: number, carry: Carry) {
    this.text = text;
    this.from = from;
    this.at = from;
    this.#styles = carry.styles;
    this.#code = carry.code;
    this.#fence = carry.fence;
    this.#fenceFilled = carry.fence !== undefined;
    this.#quote = carry.quote;
    this.#heading = carry.heading;
    this.#scope = carry.scope;
    this.#inPrefix = !carry.midLine;
    this.#lineStart = from;
  }

  get inFence(): boolean {
    return this.#fence !== undefined;
  }

  /** A fence that would show as an empty box, were the message to end here. */
  get fenceIsEmpty(): boolean {
    return this.#fence !== undefined && !this.#fenceFilled;
  }

  /** True when a mark of this character would close what is open. */
  closes(char: string): boolean {
    if (char === '`') return this.#code !== '' || this.#fence !== undefined;
    return this.#styles.some((style) => style.mark.startsWith(char));
  }

  /** The stretch that is not finished yet and may turn out to be one that must stay whole. */
  get unfinishedFrom(): number {
    const starts = [this.#angle, this.#link, this.#url, this.#fenceStart].filter((i) => i >= 0);
    return starts.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...starts);
  }

  /** From where on the text should not be shown yet while it is still growing. */
  get heldFrom(): number {
    const starts = [this.at];
    if (this.#run !== '') starts.push(this.#runStart);
    if (this.#escaped) starts.push(this.at - 1);
    if (this.#angle >= 0) starts.push(this.#angle);
    if (this.#url >= 0) starts.push(this.#url + (this.text[this.#url] === '<' ? 1 : 0));
    if (this.#link >= 0) {
      // A long bracket is rather an aside than a link, and is shown; then only its address waits.
      const long = (this.#linkUrl || this.at) - this.#link > LINK_HELD_MAX;
      if (!long) starts.push(this.#link);
      else if (this.#linkPhase !== 'text') starts.push(this.#linkUrl);
    }
    if (this.fenceIsEmpty) starts.push(this.#fenceStart);
    if (this.#inPrefix && this.#fence === undefined) {
      const line = this.text.slice(this.#lineStart, this.at);
      if (!/^\s*$/.test(line)) starts.push(this.#lineStart);
    }
    return Math.max(this.from, Math.min(...starts));
  }

  /** Reads one more unit. */
  read(): void {
    const char = this.text.charAt(this.at);
    if (this.#inPrefix && char !== '\n') {
      const long = this.at - this.#lineStart > PREFIX_MAX;
      if (long || !PREFIX_CHAR.test(char)) this.#settleLine();
    }
    if (this.#run !== '' && this.#run !== char) this.#settleRun(char);
    if (char === '\n') this.#endLine();
    this.#take(char);
    this.at += 1;
  }

  /** What is needed to close everything that is open, were the text to end here. */
  closing(): string {
    let styles = this.#styles;
    let code = this.#code;
    let fence = this.#fence;
    let first = '';
    const length = this.at - this.#runStart;
    if (this.#run === '`') {
      if (fence) {
        first = '`'.repeat(Math.max(0, 3 - length));
        fence = undefined;
      } else if (code !== '') {
        // A run that is too long neither ends the code nor may touch the run that does.
        first = length > code.length ? ' ' : '`'.repeat(code.length - length);
        if (length <= code.length) code = '';
      } else if (length >= 3 && length < 6) {
        fence = { language: '', quoted: this.#quote === '> ' };
      }
    } else if (this.#run !== '') {
      styles = this.#afterRun('');
      const last = styles.at(-1);
      if (styles === this.#styles && length === 1 && last?.mark === this.#run + this.#run) {
        // Half of what closes is there already.
        first = this.#run;
        styles = styles.slice(0, -1);
      }
    }
    let marks = first;
    if (fence) marks += fence.quoted ? '\n> ```' : '\n```';
    marks += code;
    for (let i = styles.length - 1; i >= 0; i -= 1) marks += styles[i]?.mark;
    // A backslash at the end would escape what closes; two show as one.
    return this.#escaped && marks !== '' ? `\\${marks}` : marks;
  }

  /** What the next part has to open again when the text is cut here, before `next`. */
  carry(): Carry {
    const next = this.text.charAt(this.at);
    if (this.#run !== '') this.#settleRun(next);
    const midLine = !/^\s*$/.test(this.text.slice(this.#lineStart, this.at)) || !this.#inPrefix;
    if (!midLine) {
      this.#dropLine();
      this.#leave(this.#quote === '>>> ' || next === '>');
    }
    return {
      styles: this.#styles,
      code: this.#code,
      fence: this.#fence,
      quote: this.#quote,
      heading: midLine ? this.#heading : '',
      scope: this.#scope,
      midLine,
    };
  }

  #take(char: string): void {
    if (this.#fence) {
      if (char === '`') this.#startRun(char);
      else this.#takeInFence(char);
      return;
    }
    if (this.#code !== '') {
      if (char === '`') this.#startRun(char);
      return;
    }
    if (this.#escaped) {
      this.#escaped = false;
      return;
    }
    if (this.#angle >= 0 && this.#takeAngle(char)) return;
    if (this.#link >= 0) this.#takeLink(char);
    if (this.#url >= 0) this.#takeUrl(char);
    if (this.#linkPhase === 'url' && this.#link >= 0) return;
    if (char === '\\' && this.#url < 0) this.#escaped = true;
    else if (char === '<') this.#angle = this.at;
    else if (char === '[' && this.#url < 0) this.#startLink();
    else if (char === '/' && this.#url < 0) this.#startUrl();
    else if (isMark(char)) this.#startRun(char);
  }

  #startRun(char: string): void {
    if (this.#run === char) return;
    this.#run = char;
    this.#runStart = this.at;
  }

  #takeInFence(char: string): void {
    if (this.#language === undefined) {
      if (isBlank(char)) return;
      this.#fenceFilled = true;
      this.#fenceStart = -1;
      return;
    }
    if (LANGUAGE_CHAR.test(char) && this.#language.length < LANGUAGE_MAX) {
      this.#language += char;
      return;
    }
    const newline = char === '\n';
    if (newline && this.#fence) this.#fence = { ...this.#fence, language: this.#language };
    this.#fenceFilled = newline ? false : this.#language !== '' || !isBlank(char);
    this.#endFenceLine(this.at + (newline ? 1 : 0));
  }

  #endFenceLine(end: number): void {
    this.#language = undefined;
    this.whole.push([this.#fenceStart, end]);
    if (this.#fenceFilled) this.#fenceStart = -1;
  }

  #takeAngle(char: string): boolean {
    const token = this.text.slice(this.#angle, this.at + 1);
    if (ANGLE_BEGUN.test(token)) return true;
    if (ANGLE_WHOLE.test(token)) this.whole.push([this.#angle, this.at + 1]);
    this.#angle = -1;
    return char === '>';
  }

  #startLink(): void {
    this.#link = this.at;
    this.#linkPhase = 'text';
    this.#linkUrl = 0;
  }

  #takeLink(char: string): void {
    if (this.#linkPhase === 'text') {
      if (char === ']') {
        this.#linkPhase = 'paren';
        this.#linkUrl = this.at;
      } else if (char === '\n' || this.at - this.#link > LINK_TEXT_MAX) this.#link = -1;
      return;
    }
    if (this.#linkPhase === 'paren') {
      if (char === '(') this.#linkPhase = 'url';
      else this.#link = -1;
      return;
    }
    if (char === ')') {
      this.whole.push([this.#link, this.at + 1]);
      this.#url = -1;
      this.#link = -1;
    } else if (isBlank(char) || this.at - this.#linkUrl > LINK_URL_MAX) this.#link = -1;
  }

  #startUrl(): void {
    const begun = /<?https?:\/$/i.exec(this.text.slice(Math.max(this.from, this.at - 8), this.at));
    if (begun) this.#url = this.at - begun[0].length;
  }

  #takeUrl(char: string): void {
    // Full-width punctuation belongs to the sentence around the address.
    if (!isBlank(char) && !/[<>\u3000-\u303f\uff00-\uffef]/.test(char)) return;
    this.whole.push([this.#url, this.at + (char === '>' ? 1 : 0)]);
    this.#url = -1;
  }

  #settleRun(next: string): void {
    const length = this.at - this.#runStart;
    if (this.#run !== '`') this.#styles = this.#afterRun(next);
    else if (this.#fence) {
      if (length >= 3) {
        this.#fence = undefined;
        this.#language = undefined;
        this.#fenceStart = -1;
      } else {
        this.#fenceFilled = true;
        if (this.#language !== undefined) this.#endFenceLine(this.#runStart);
        this.#fenceStart = -1;
      }
    } else if (this.#code !== '') {
      if (length === this.#code.length) this.#code = '';
    } else if (length >= 3 && length < 6) {
      this.#fence = { language: '', quoted: this.#quote === '> ' };
      this.#language = '';
      this.#fenceStart = this.#runStart;
      this.#fenceFilled = false;
    } else if (length < 3 && next !== '') this.#code = '`'.repeat(length);
    this.#run = '';
  }

  /** The open styles once the run of marks that was just read is followed by `next`. */
  #afterRun(next: string): readonly Style[] {
    const char = this.#run;
    const length = this.at - this.#runStart;
    const one = char;
    const two = char + char;
    const hasOne = this.#isOpen(one);
    const hasTwo = this.#isOpen(two);
    const before = this.#runStart > this.from ? this.text.charAt(this.#runStart - 1) : ' ';
    const single = char === '*' || char === '_';
    const opens = next !== '' && !isBlank(next) && this.#url < 0;
    if (length > (single ? 3 : 2)) return this.#styles;
    if (length === 3 && hasOne !== hasTwo) return this.#without(hasOne ? one : two);
    if (length === 3 && hasOne) return this.#without(one, two);
    if (length === 3) return opens ? this.#with(two, one) : this.#styles;
    if (length === 2 && hasTwo) return this.#without(two);
    if (length === 2) return opens ? this.#with(two) : this.#styles;
    if (!single) return this.#styles;
    if (hasOne) {
      const ends = !isBlank(before) && (char === '*' || !isWordChar(next || ' '));
      return ends ? this.#without(one) : this.#styles;
    }
    // 2*3 and snake_case are not emphasis.
    return opens && !isWordChar(before) ? this.#with(one) : this.#styles;
  }

  #isOpen(mark: string): boolean {
    return this.#styles.some((style) => style.mark === mark);
  }

  #with(...marks: string[]): readonly Style[] {
    return [...this.#styles, ...marks.map((mark) => ({ mark, scope: this.#scope }))];
  }

  /** Closing a style also ends what was opened in it and never closed. */
  #without(...marks: string[]): readonly Style[] {
    const first = this.#styles.findIndex((style) => marks.includes(style.mark));
    return this.#styles.slice(0, first);
  }

  #endLine(): void {
    if (this.#inPrefix) this.#settleLine();
    // A lone backtick is rather a slip than code that spans paragraphs.
    if (/^[ >]*$/.test(this.text.slice(this.#lineStart, this.at))) this.#code = '';
    this.#inPrefix = this.#fence === undefined || this.#fence.quoted;
    this.#lineStart = this.at + 1;
    this.#heading = '';
  }

  /** The line's own marks are read: a quote may have ended, a heading or a list item begun. */
  #settleLine(): void {
    this.#inPrefix = false;
    const line = this.text.slice(this.#lineStart, this.at);
    const [, quote = '', indent = '', heading = '', item = ''] = LINE_PREFIX.exec(line) ?? [];
    if (this.#fence && !this.#fence.quoted) return;
    if (this.#scope === 'line' && (indent === '' || item !== '')) this.#dropLine();
    this.#leave(this.#quote === '>>> ' || quote !== '');
    if (this.#quote !== '>>> ' && quote !== '') this.#quote = quote === '> ' ? '> ' : '>>> ';
    this.#heading = heading;
    if (heading !== '' || item !== '') this.#scope = 'line';
    else if (this.#scope !== 'line') this.#scope = this.#quote === '' ? 'plain' : 'quote';
  }

  #dropLine(): void {
    this.#styles = this.#styles.filter((style) => style.scope !== 'line');
    this.#scope = this.#quote === '' ? 'plain' : 'quote';
  }

  #leave(stillQuoted: boolean): void {
    if (stillQuoted || this.#quote === '') return;
    this.#quote = '';
    this.#scope = 'plain';
    this.#styles = this.#styles.filter((style) => style.scope === 'plain');
    this.#code = '';
    if (this.#fence?.quoted) this.#fence = undefined;
  }
}
