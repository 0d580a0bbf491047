import { afterMarks } from './emphasis.ts';
import type { Carry, Fence, Scope, Style } from './markup.ts';
import { isBlank, isMark } from './markup.ts';
import { WholeTokens } from './wholeTokens.ts';

/** Longer than any language name, short enough to be repeated in each part. */
const LANGUAGE_MAX = 40;
const PREFIX_MAX = 16;

const LINE_PREFIX = /^ *(>>> |> )?( *)(?:(#{1,3} |-# )|([-*] |\d+\. ))?/;
const PREFIX_CHAR = /[ >#\-*\d.]/;
const LANGUAGE_CHAR = /[A-Za-z0-9_+\-.#]/;
/** 1 for the ASCII characters that are neither blank nor ever the beginning of markup. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) =>
  code > 0x20 && code < 0x7f && !'\\<[/*_~|`'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/**
 * Reads Discord's markdown one UTF-16 unit at a time and always knows what is open.
 *
 * Everything here depends on what was read so far and never on what follows, because the splitter's
 * promise (a boundary once chosen stays) rests on it. The rules follow Discord's client: emphasis may
 * span lines, a single `*` inside italics ends them, inline code hides all other markup, a fence opens
 * and closes anywhere in a line, and a quote, a heading or a list item ends what was opened in it.
 */
export class MarkupReader {
  readonly text: string;
  readonly from: number;
  /** How far it has read. */
  at: number;
  readonly #tokens: WholeTokens;
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
  /** Where the inline code's own text begins. */
  #codeFrom = 0;
  #escaped = false;
  #language: string | undefined;
  #fenceStart = -1;
  #fenceFilled = false;
  /** No plain character can change anything now. */
  #calm = false;

  constructor(text: string, from: number, carry: Carry) {
    this.text = text;
    this.from = from;
    this.at = from;
    this.#tokens = new WholeTokens(text, from);
    this.#styles = carry.styles;
    this.#code = carry.code;
    this.#codeFrom = from;
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

  /** True where a cut would go through a link, a mention, an emoji, or part a block's mark from it. */
  isInside(at: number): boolean {
    if (at > this.#tokens.unfinishedFrom) return true;
    if (this.#fenceStart >= 0 && at > this.#fenceStart) return true;
    if (this.#inPrefix && at > this.#lineStart) return true;
    return this.#tokens.found.some(([start, end]) => start < at && at < end);
  }

  /** From where on the text should not be shown yet while it is still growing. */
  get heldFrom(): number {
    const starts = [this.at];
    if (this.#run !== '') starts.push(this.#runStart);
    if (this.#escaped) starts.push(this.at - 1);
    if (this.#fence) {
      if (this.fenceIsEmpty) starts.push(this.#fenceStart);
    } else {
      starts.push(this.#tokens.heldFrom(this.at));
      const line = this.text.slice(this.#lineStart, this.at);
      if (this.#inPrefix && line.trim() !== '') starts.push(this.#lineStart);
    }
    return Math.max(this.from, Math.min(...starts));
  }

  /** Reads one more unit. */
  read(): void {
    const code = this.text.charCodeAt(this.at);
    if (this.#calm && (code > 0x7f || code === 0x20 || PLAIN[code] === 1)) this.at += 1;
    else this.#readClosely(this.text.charAt(this.at));
  }

  /** Reads on through what is plain, as nearly all text is, up to `end` at most. */
  readPlain(end: number): void {
    if (!this.#calm) return;
    const { text } = this;
    let at = this.at;
    while (at < end && PLAIN[text.charCodeAt(at)] === 1) at += 1;
    this.at = at;
  }

  #readClosely(char: string): void {
    if (this.#inPrefix && char !== '\n') {
      const long = this.at - this.#lineStart > PREFIX_MAX;
      if (long || !PREFIX_CHAR.test(char)) this.#settleLine();
    }
    if (this.#run !== '' && this.#run !== char) this.#settleRun(char);
    if (char === '\n') this.#endLine();
    this.#take(char);
    this.at += 1;
    this.#calm = this.#run === '' && !this.#escaped && !this.#inPrefix && this.#fenceStart < 0;
    this.#calm &&= this.#tokens.unfinishedFrom === Number.POSITIVE_INFINITY;
  }

  /**
   * What is needed to close everything that is open, were the text to end here. The first half of
   * what closes a mark may stand there already.
   */
  closing(): string {
    let styles = this.#styles;
    let code = this.#code;
    let fence = this.#fence;
    let first = '';
    const length = this.at - this.#runStart;
    if (code !== '' && this.text.slice(this.#codeFrom, this.at).trim() === '') code = '';
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
    if (this.#tokens.take(char, this.at)) return;
    if (char === '\\') this.#escaped = true;
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
    this.#tokens.found.push([this.#fenceStart, end]);
    if (this.#fenceFilled) this.#fenceStart = -1;
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
      this.#tokens.drop();
    } else if (length < 3 && next !== '') {
      this.#code = '`'.repeat(length);
      this.#codeFrom = this.at;
    }
    this.#run = '';
  }

  /** The open styles once the run of marks that was just read is followed by `next`. */
  #afterRun(next: string): readonly Style[] {
    const before = this.#runStart > this.from ? this.text.charAt(this.#runStart - 1) : ' ';
    const length = this.at - this.#runStart;
    // An address has marks of its own, but what surrounds it may end with it.
    const scope = this.#tokens.inUrl ? undefined : this.#scope;
    return afterMarks(this.#styles, this.#run.repeat(length), before, next, scope);
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
    const found = LINE_PREFIX.exec(line) ?? [];
    const [prefix = '', quote = '', indent = '', heading = '', item = ''] = found;
    if (this.#fence && !this.#fence.quoted) return;
    if (prefix.trim() !== '') {
      this.#tokens.found.push([this.#lineStart, this.#lineStart + prefix.length + 1]);
    }
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
