/** What a person or the model said, by the word in it that stands nowhere else. */
export interface Canary {
  readonly word: string;
  /** Where it was first said; null for what a model said. */
  readonly channel: string | null;
  /** Who may read it, for what was whispered; null for everyone there. */
  readonly secretOf: string | null;
  /** It was said out of character: no model may be told. */
  readonly aside: boolean;
}

const WORD = /kw[0-9a-z]{4}z/g;

/** Words that stand nowhere else, each remembered with where it came from. */
export class Canaries {
  readonly #minted = new Map<string, Canary>();

  mint(of: Partial<Omit<Canary, 'word'>> = {}): string {
    const word = `kw${this.#minted.size.toString(36).padStart(4, '0')}z`;
    this.#minted.set(word, { word, channel: null, secretOf: null, aside: false, ...of });
    return word;
  }

  get(word: string): Canary | undefined {
    return this.#minted.get(word);
  }
}

/** The canaries in a text or in anything that can be written as JSON, each once. */
export const canariesIn = (what: unknown): string[] => [
  ...new Set((typeof what === 'string' ? what : JSON.stringify(what)).match(WORD)),
];
