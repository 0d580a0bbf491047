/**
 * Metrics in the text format that Prometheus reads (version 0.0.4): a help line, a type line and the
 * samples of each, with names, labels and numbers as it spells them.
 */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  /** @param by not below 0. */
  add(labels?: Labels, by?: number): void;
}

export interface Histogram {
  observe(value: number, labels?: Labels): void;
}

/** A value that is read when somebody looks; none is given for what is not known. */
export interface Sample {
  readonly value: number;
  readonly labels?: Labels;
}

interface Metric {
  readonly name: string;
  readonly lines: () => readonly string[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;
/** Combinations of labels that one metric holds: a value that anybody can make up must not fill the memory. */
const MOST_SERIES = 1_000;

export class Exposition {
  readonly #metrics: Metric[] = [];

  /** Counts from 0. @param labels without any it stands there from the beginning. */
  counter(name: string, help: string, labels: readonly string[] = []): Counter {
    const series = new Series<number>(name, labels, () => 0);
    if (labels.length === 0) series.change({}, (value) => value);
    this.#add(name, help, 'counter', () =>
      series.map((label, value) => [`${name}${label()} ${spell(value)}`]),
    );
    return {
      add: (given = {}, by = 1) => {
        if (!(by >= 0)) throw new RangeError(`${name} counts up only`);
        series.change(given, (value) => value + by);
      },
    };
  }

  /** @param buckets upper bounds, rising. */
  histogram(
    name: string,
    help: string,
    buckets: readonly number[],
    labels: readonly string[] = [],
  ): Histogram {
    const series = new Series(name, labels, () => ({
      counts: buckets.map(() => 0),
      sum: 0,
      all: 0,
    }));
    this.#add(name, help, 'histogram', () =>
      series.map((label, { counts, sum, all }) => [
        ...buckets.map((le, at) => `${name}_bucket${label({ le: spell(le) })} ${counts[at]}`),
        `${name}_bucket${label({ le: '+Inf' })} ${all}`,
        `${name}_sum${label()} ${spell(sum)}`,
        `${name}_count${label()} ${all}`,
      ]),
    );
    return {
      observe: (value, given = {}) =>
        series.change(given, ({ counts, sum, all }) => ({
          // Each holds those below it, too.
          counts: counts.map((count, at) => (value <= (buckets[at] ?? 0) ? count + 1 : count)),
          sum: sum + value,
          all: all + 1,
        })),
    };
  }

  /** What is read when somebody looks. @param kind `counter` for what only ever grows. */
  read(
    name: string,
    help: string,
    samples: () => readonly Sample[],
    kind: 'gauge' | 'counter' = 'gauge',
  ): void {
    this.#add(name, help, kind, () =>
      samples().map(({ value, labels = {} }) => `${name}${label(labels)} ${spell(value)}`),
    );
  }

  text(): string {
    return this.#metrics.map(({ lines }) => `${lines().join('\n')}\n`).join('');
  }

  #add(name: string, help: string, type: string, samples: () => readonly string[]): void {
    if (!NAME.test(name)) throw new TypeError(`${name} is no name of a metric`);
    if (this.#metrics.some((metric) => metric.name === name)) {
      throw new TypeError(`there are two metrics ${name}`);
    }
    const told = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
    const lines = () => [`# HELP ${name} ${told}`, `# TYPE ${name} ${type}`, ...samples()];
    this.#metrics.push({ name, lines });
  }
}

/** The values of one metric, by their labels. */
class Series<T> {
  readonly #name: string;
  readonly #labels: readonly string[];
  readonly #first: () => T;
  readonly #values = new Map<string, { readonly labels: Labels; value: T }>();

  constructor(name: string, labels: readonly string[], first: () => T) {
    for (const each of labels) {
      if (!LABEL.test(each)) throw new TypeError(`${each} is no name of a label`);
    }
    this.#name = name;
    this.#labels = labels;
    this.#first = first;
  }

  change(labels: Labels, to: (value: T) => T): void {
    if (Object.keys(labels).sort().join() !== [...this.#labels].sort().join()) {
      throw new TypeError(`${this.#name} has the labels ${this.#labels.join(', ') || 'none'}`);
    }
    const key = JSON.stringify(this.#labels.map((each) => labels[each]));
    const known = this.#values.get(key);
    if (known !== undefined) known.value = to(known.value);
    else if (this.#values.size < MOST_SERIES) {
      this.#values.set(key, { labels, value: to(this.#first()) });
    }
  }

  map(lines: (label: (more?: Labels) => string, value: T) => readonly string[]): string[] {
    return [...this.#values.values()].flatMap(({ labels, value }) =>
      lines((more) => label({ ...labels, ...more }), value),
    );
  }
}

function label(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function spell(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '+Inf' : '-Inf';
}
