import { isBlank } from './markup.ts';

/** After these lengths an open bracket is taken for a plain one. */
const LINK_TEXT_MAX = 300;
const LINK_HELD_MAX = 100;
const LINK_URL_MAX = 1_500;

/** Mentions, commands, custom emoji, timestamps and guide links, or the beginning of one. */
const ANGLE_BEGUN =
  /^<(?:@[!&]?\d{0,20}|#\d{0,20}|a?(?::(?:\w{0,32}(?::\d{0,20})?)?)?|t(?::-?\d{0,16}(?::[a-zA-Z]?)?)?|\/[-\p{L}\p{N}_ ]{0,100}(?::\d{0,20})?|i(?:d(?::\w{0,20})?)?)?$/u;
const ANGLE_WHOLE =
  /^<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::[a-zA-Z])?|\/[-\p{L}\p{N}_ ]+:\d+|id:\w+)>$/u;
const URL_BEGUN = /<?https?:\/$/i;
/** The first letters of an address, before it can be told from a word. */
const URL_HINT = /(?<![a-z])(?:h|ht|htt|https?|https?:|https?:\/)$/i;
/** Full-width punctuation belongs to the sentence around an address. */
const URL_END = /[<>\u3000-\u303f\uff00-\uffef]/;

const NONE = Number.POSITIVE_INFINITY;

/**
 * Finds what must stay whole: links, mentions, custom emoji, timestamps. Their syntax is in Discord's
 * reference on message formatting. Knows at each unit what is found and what may be under way.
 */
export class WholeTokens {
  readonly text: string;
  readonly from: number;
  /** First unit and the one after the last. */
  readonly found: [number, number][] = [];
  #angle = NONE;
  #url = NONE;
  #link = NONE;
  #linkPhase: 'text' | 'paren' | 'url' = 'text';
  #linkUrl = 0;

  constructor(text: string, from: number) {
    this.text = text;
    this.from = from;
  }

  get inUrl(): boolean {
    return this.#url !== NONE;
  }

  get unfinishedFrom(): number {
    return Math.min(this.#angle, this.#link, this.#url);
  }

  /** From where on nothing should be shown yet, given that the text so far ends before `at`. */
  heldFrom(at: number): number {
    const hint = URL_HINT.exec(this.text.slice(Math.max(this.from, at - 8), at))?.[0].length ?? 0;
    const url = this.text.charAt(this.#url) === '<' ? this.#url + 1 : this.#url;
    const held = Math.min(this.#angle, url, at - hint);
    // A long bracket is rather an aside than a link, and is shown; then only its address waits.
    const known = this.#linkPhase === 'text' ? at : this.#linkUrl;
    if (known - this.#link <= LINK_HELD_MAX) return Math.min(held, this.#link);
    return this.#linkPhase === 'text' || this.#link === NONE ? held : Math.min(held, this.#linkUrl);
  }

  /** Gives up what is under way: code begins, where nothing of this is special. */
  drop(): void {
    this.#angle = NONE;
    this.#url = NONE;
    this.#link = NONE;
  }

  /** Takes the unit at `at`; true when it is inside a token and means nothing as markup. */
  take(char: string, at: number): boolean {
    if (this.#angle !== NONE && this.#takeAngle(char, at)) return true;
    if (this.#link !== NONE) this.#takeLink(char, at);
    if (this.#url !== NONE) this.#takeUrl(char, at);
    if (this.#link !== NONE && this.#linkPhase === 'url') return true;
    if (char === '<') this.#angle = at;
    else if (this.#url !== NONE) return char === '\\';
    else if (char === '[') this.#startLink(at);
    else if (char === '/') this.#startUrl(at);
    return false;
  }

  #takeAngle(char: string, at: number): boolean {
    const token = this.text.slice(this.#angle, at + 1);
    if (ANGLE_BEGUN.test(token)) return true;
    const whole = ANGLE_WHOLE.test(token);
    if (whole) this.found.push([this.#angle, at + 1]);
    this.#angle = NONE;
    return whole && char === '>';
  }

  #startLink(at: number): void {
    this.#link = at;
    this.#linkPhase = 'text';
  }

  #takeLink(char: string, at: number): void {
    if (this.#linkPhase === 'text') {
      if (char === ']') {
        this.#linkPhase = 'paren';
        this.#linkUrl = at;
      } else if (char === '\n' || at - this.#link > LINK_TEXT_MAX) this.#link = NONE;
    } else if (this.#linkPhase === 'paren') {
      if (char === '(') this.#linkPhase = 'url';
      else this.#link = NONE;
    } else if (char === ')') {
      this.found.push([this.#link, at + 1]);
      this.#link = NONE;
      this.#url = NONE;
    } else if (isBlank(char) || at - this.#linkUrl > LINK_URL_MAX) this.#link = NONE;
  }

  #startUrl(at: number): void {
    const begun = URL_BEGUN.exec(this.text.slice(Math.max(this.from, at - 8), at));
    if (begun) this.#url = at - begun[0].length;
  }

  #takeUrl(char: string, at: number): void {
    if (!isBlank(char) && !URL_END.test(char)) return;
    this.found.push([this.#url, at + (char === '>' ? 1 : 0)]);
    this.#url = NONE;
  }
}
