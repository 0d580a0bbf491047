import type { Counts } from './counts.ts';

/** The sections of a prompt, in their order. */
const SECTIONS = [
  'rules',
  'character',
  'character, continued',
  'world',
  'earlier scenes',
  'memories',
  'other stories',
  'scene',
  'people',
  'known facts',
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** What is taken into a prompt or left out as a whole. */
export interface Entry {
  readonly section: SectionName;
  /** As a receipt, and a person whose budget is too small, is told. */
  readonly name: string;
  readonly units: readonly string[];
  /** Where it stands in its section; as it came, where nothing is said. */
  readonly order?: number;
}

export type Trim = 'soft-budget' | 'hard-budget';

/** What was left out. */
export interface Trimmed {
  readonly name: string;
  readonly items: number;
  readonly why: Trim;
}

/**
 * A system prompt as it fills. Each unit is a line, or a few, that begins with a letter, `-` or `<` and ends
 * with a line break, where no token reaches across: so counts add up to that of the whole, exactly.
 */
export class Filling {
  readonly #counts: Counts;
  readonly #kept = new Map<SectionName, { readonly entry: Entry; readonly tokens: number }[]>();
  readonly #trimmed = new Map<string, { items: number; readonly why: Trim }>();
  /** Of everything taken so far, the lines of the story included. */
  tokens = 0;

  constructor(counts: Counts) {
    this.#counts = counts;
  }

  /** What an entry would add. */
  costOf({ section, units }: Entry): number {
    const opened = this.#kept.has(section);
    return (
      sum(units.map((unit) => this.#counts.of(rendered(unit)))) +
      (opened ? 0 : this.#frame(section))
    );
  }

  take(entry: Entry): void {
    const tokens = this.costOf(entry);
    this.tokens += tokens;
    const kept = this.#kept.get(entry.section);
    if (kept === undefined) this.#kept.set(entry.section, [{ entry, tokens }]);
    else kept.push({ entry, tokens });
  }

  leaveOut(name: string, why: Trim, items = 1): void {
    const known = this.#trimmed.get(name);
    if (known === undefined) this.#trimmed.set(name, { items, why });
    else known.items += items;
  }

  get trimmed(): Trimmed[] {
    return [...this.#trimmed].map(([name, left]) => ({ name, ...left }));
  }

  /** Tokens and entries by section, in the order of the prompt. */
  get sections(): { readonly name: string; readonly tokens: number; readonly items: number }[] {
    return this.#inOrder().map(([name, kept]) => ({
      name,
      tokens: sum(kept.map(({ tokens }) => tokens)),
      items: kept.length,
    }));
  }

  get text(): string {
    return this.#inOrder()
      .map(([name, kept]) => {
        const units = kept
          .toSorted((a, b) => (a.entry.order ?? 0) - (b.entry.order ?? 0))
          .flatMap(({ entry }) => entry.units)
          .map(rendered)
          .join('');
        return name === 'rules' ? units : `${opening(name)}${units}${CLOSING}`;
      })
      .join('');
  }

  #frame(section: SectionName): number {
    return section === 'rules' ? 0 : this.#counts.of(opening(section)) + this.#counts.of(CLOSING);
  }

  #inOrder() {
    return SECTIONS.flatMap((name) => {
      const kept = this.#kept.get(name);
      return kept === undefined ? [] : [[name, kept] as const];
    });
  }
}

const opening = (section: SectionName): string => `<section name="${section}">\n`;
const CLOSING = '</section>\n';

/** Fences authored text as data: nothing in it can close its own section. */
const rendered = (unit: string): string => `${unit.trim().replace(/<(?=\/?section)/gi, '‹')}\n`;

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
