/** Levels of objects and lists that are read; nothing that is asked for comes near. */
const DEEPEST = 24;
/** Braces that are tried for the beginning of an object; prose has a few at most. */
const MOST_BEGUN = 100;

export interface LooseJson {
  /** The objects that a text holds, in order; those inside others are not counted. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  /** The text is one JSON object and nothing else. */
  readonly tidy: boolean;
}

/**
 * Finds JSON objects in what a model said, whatever stands around them. Commas too many or missing,
 * bare keys, single quotes, comments and line breaks in strings are read as what they were meant to be.
 *
 * Where a text ends too early or makes no sense any more, what was complete by then stands: pairs of
 * the outermost object, and elements of its lists. An object or string that is not complete is left
 * out, since half of one may say something else than the whole. So is a key that stands twice with
 * different values, and a value that is no JSON (`NaN`).
 */
export function looseJson(text: string): LooseJson {
  const objects: Record<string, unknown>[] = [];
  let tidy = true;
  let at = 0;
  for (let begun = 0; begun < MOST_BEGUN; begun++) {
    at = text.indexOf('{', at);
    if (at === -1) break;
    const reader = new Reader(text, at);
    const object = reader.outermost();
    if (reader.tooDeep) break;
    if (object === null) {
      at++;
      continue;
    }
    objects.push(object);
    if (reader.twice) tidy = false;
    // What follows a broken object is its own inside, and no object of its own.
    if (reader.broken) break;
    at = reader.at;
  }
  return { objects, tidy: tidy && objects.length === 1 && isJson(text) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text cannot be read on. */
class Broken extends Error {}

class Reader {
  readonly #text: string;
  at: number;
  broken = false;
  tooDeep = false;
  /** A key stood twice. */
  twice = false;

  constructor(text: string, at: number) {
    this.#text = text;
    this.at = at;
  }

  /** Null where not even one pair could be read. */
  outermost(): Record<string, unknown> | null {
    const pairs = new Map<string, unknown>();
    try {
      this.#pairs(pairs, 0);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.broken = true;
    }
    return pairs.size === 0 && this.broken ? null : Object.fromEntries(pairs);
  }

  #pairs(pairs: Map<string, unknown>, depth: number): void {
    if (depth > DEEPEST) {
      this.tooDeep = true;
      throw new Broken();
    }
    this.at++;
    for (;;) {
      this.#skip();
      if (this.#take('}')) return;
      const key = this.#key();
      this.#skip();
      if (!this.#take(':')) throw new Broken();
      this.#skip();
      if (depth === 0 && this.#text[this.at] === '[') this.#kept(pairs, key);
      else this.#put(pairs, key, this.#value(depth + 1));
    }
  }

  /** A list of the outermost object: its complete elements stand though it breaks off. */
  #kept(pairs: Map<string, unknown>, key: string): void {
    const elements: unknown[] = [];
    try {
      this.#elements(elements, 1);
    } finally {
      this.#put(pairs, key, elements);
    }
  }

  #elements(elements: unknown[], depth: number): void {
    if (depth > DEEPEST) {
      this.tooDeep = true;
      throw new Broken();
    }
    this.at++;
    for (;;) {
      this.#skip();
      if (this.#take(']')) return;
      elements.push(this.#value(depth + 1));
    }
  }

  #value(depth: number): unknown {
    switch (this.#text[this.at]) {
      case '{': {
        const pairs = new Map<string, unknown>();
        this.#pairs(pairs, depth);
        return Object.fromEntries(pairs);
      }
      case '[': {
        const elements: unknown[] = [];
        this.#elements(elements, depth);
        return elements;
      }
      case '"':
      case "'":
        return this.#string();
      default:
        return this.#bare();
    }
  }

  /** A number, `true`, `false` or `null`; undefined for another word. */
  #bare(): unknown {
    const [word] = this.#match(/[^\s,:[\]{}"']+/y);
    // At the very end it may have been meant to go on.
    if (this.at === this.#text.length) throw new Broken();
    if (word === 'true' || word === 'True') return true;
    if (word === 'false' || word === 'False') return false;
    if (word === 'null' || word === 'None') return null;
    return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined;
  }

  #key(): string {
    const quote = this.#text[this.at];
    if (quote === '"' || quote === "'") return this.#string();
    return this.#match(/[\p{L}_$][\p{L}\p{N}_$-]*/uy)[0];
  }

  #string(): string {
    const pattern =
      this.#text[this.at] === '"' ? /"([^"\\]*(?:\\.[^"\\]*)*)"/sy : /'([^'\\]*(?:\\.[^'\\]*)*)'/sy;
    return this.#match(pattern)[1]?.replace(/\\(u[\da-f]{4}|.)/gis, unescaped) ?? '';
  }

  #match(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text);
    if (found === null) throw new Broken();
    this.at = pattern.lastIndex;
    return found;
  }

  #put(pairs: Map<string, unknown>, key: string, value: unknown): void {
    const known = pairs.has(key);
    const same = known && JSON.stringify(pairs.get(key)) === JSON.stringify(value);
    if (known) this.twice = true;
    pairs.set(key, known && !same ? undefined : value);
  }

  #take(char: string): boolean {
    if (this.#text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  /** Blank space, comments, and commas, however many. */
  #skip(): void {
    this.#match(/(?:[\s,]+|\/\/[^\n]*|\/\*.*?\*\/)*/sy);
  }
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};

function unescaped(_: string, code: string): string {
  if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return escapes[code] ?? code;
}
