import type { Turn } from '../state/story.ts';

/** Texts that are remembered with their count; more than any prompt holds. */
const KEPT = 5_000;

/** A line of a turn as it was rendered, with its tokens. */
export interface Counted<T> {
  readonly value: T;
  readonly tokens: number;
}

/**
 * Tokens, each text counted once. A turn never changes, so its line is kept with it for as long as the
 * turn is: filling a prompt again looks up and adds.
 */
export class Counts {
  readonly #count: (text: string) => number;
  readonly #texts = new Map<string, number>();
  readonly #lines = { own: new WeakMap<Turn, Kept>(), heard: new WeakMap<Turn, Kept>() };

  /** @param count tokens of a text. */
  constructor(count: (text: string) => number) {
    this.#count = count;
  }

  of(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const tokens = this.#count(text);
    this.#texts.set(text, tokens);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > KEPT && oldest !== undefined) this.#texts.delete(oldest);
    return tokens;
  }

  /**
   * The line of a turn, rendered when it is first asked for; null for a silent one.
   * @param under names and a quotation that stand in it and may be others another time.
   */
  line<T extends { readonly text: string }>(
    turn: Turn,
    view: 'own' | 'heard',
    under: string,
    render: () => T | null,
  ): Counted<T> | null {
    const kept = this.#lines[view].get(turn);
    if (kept?.under === under) return kept.line as Counted<T> | null;
    const value = render();
    const line = value && { value, tokens: this.#count(value.text) };
    this.#lines[view].set(turn, { under, line });
    return line;
  }
}

interface Kept {
  readonly under: string;
  readonly line: Counted<unknown> | null;
}
