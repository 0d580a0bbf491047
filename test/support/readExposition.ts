/** A sample as Prometheus would take it. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/s;
const PAIR = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
};

/**
 * Reads the text format of Prometheus (0.0.4) by its own rules.
 * @throws for whatever a scraper would refuse, or read as something else than was meant.
 */
export function readExposition(text: string): ReadSample[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const samples: ReadSample[] = [];
  const families = new Map<string, string>();
  const seen = new Set<string>();
  let family = '';
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'HELP') {
      if (families.has(name)) throw new Error(`${name} comes twice`);
      if (/\\(?![\\n])/.test(rest)) throw new Error(`the help of ${name} is not escaped`);
      family = name;
      families.set(name, '');
    } else if (kind === 'TYPE') {
      if (name !== family) throw new Error(`${name} has its type elsewhere`);
      if (!/^(counter|gauge|histogram)$/.test(rest)) throw new Error(`${rest} is no type`);
      families.set(name, rest);
    } else {
      const sample = readSample(line);
      const type = families.get(family) ?? '';
      const names = (SUFFIXES[type] ?? ['']).map((suffix) => family + suffix);
      if (!names.includes(sample.name)) throw new Error(`${sample.name} is not of ${family}`);
      if (type === 'counter' && !(sample.value >= 0)) throw new Error(`${line} is no count`);
      const series = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(series)) throw new Error(`${line} comes twice`);
      seen.add(series);
      samples.push(sample);
    }
  }
  for (const [name, type] of families) if (type === 'histogram') checkHistogram(name, samples);
  return samples;
}

function readSample(line: string): ReadSample {
  const [, name, among = '', number = ''] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`${line} is no sample`);
  const labels: Record<string, string> = {};
  for (let rest = among; rest !== ''; ) {
    const [whole, label, value] = PAIR.exec(rest) ?? [];
    if (whole === undefined || label === undefined || value === undefined || label in labels) {
      throw new Error(`${line} has labels that cannot be read`);
    }
    labels[label] = value.replace(/\\(.)/g, (_, each) => (each === 'n' ? '\n' : each));
    rest = rest.slice(whole.length);
  }
  return { name, labels, value: Number(number.replace('Inf', 'Infinity')) };
}

/** Buckets rise, each holds those below it, and the last holds all. */
function checkHistogram(name: string, samples: readonly ReadSample[]): void {
  const series = Map.groupBy(
    samples.filter((sample) => [`${name}_bucket`, `${name}_count`].includes(sample.name)),
    ({ labels: { le: _, ...labels } }) => JSON.stringify(Object.entries(labels).sort()),
  );
  for (const some of series.values()) {
    const buckets = some.filter(({ labels }) => labels.le !== undefined);
    const bounds = buckets.map(({ labels }) => Number(labels.le?.replace('Inf', 'Infinity')));
    const counts = buckets.map(({ value }) => value);
    const rises = (values: readonly number[]) =>
      values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0));
    const all = some.find(({ labels }) => labels.le === undefined)?.value;
    if (!rises(bounds) || !rises(counts)) throw new Error(`${name} does not rise`);
    if (bounds.at(-1) !== Infinity || counts.at(-1) !== all)
      throw new Error(`${name} is not whole`);
  }
}
