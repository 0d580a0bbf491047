/** One question as it was asked: at which ranks, from 0, its evidence came back. */
export interface Asked {
  readonly conversation: string;
  readonly kind: string;
  readonly evidence: number;
  readonly ranks: readonly number[];
  /** The same of plain FTS5. */
  readonly plainRanks: readonly number[];
  /** Milliseconds that the retrieval took, and plain FTS5. */
  readonly took: number;
  readonly plainTook: number;
}

export const DEPTHS = [5, 10, 20] as const;

/** Rows for a table: all questions, then by kind and by conversation. */
export function memoryReport(asked: readonly Asked[]): Record<string, string | number>[] {
  const by = (key: 'kind' | 'conversation') =>
    [...Map.groupBy(asked, (each) => each[key])].map(([name, some]) =>
      line(`${key} ${name}`, some),
    );
  return [line('all', asked), ...by('kind'), ...by('conversation')];
}

function line(name: string, asked: readonly Asked[]): Record<string, string | number> {
  const hits = (depth: number, of: 'ranks' | 'plainRanks') =>
    share(asked.map((each) => (each[of].some((rank) => rank < depth) ? 1 : 0)));
  const recall = (of: 'ranks' | 'plainRanks') =>
    share(asked.map((each) => each[of].filter((rank) => rank < 10).length / each.evidence));
  return {
    questions: name,
    count: asked.length,
    ...Object.fromEntries(DEPTHS.map((depth) => [`hit@${depth}`, round(hits(depth, 'ranks'))])),
    'recall@10': round(recall('ranks')),
    ...Object.fromEntries(
      DEPTHS.map((depth) => [`plain hit@${depth}`, round(hits(depth, 'plainRanks'))]),
    ),
    'plain recall@10': round(recall('plainRanks')),
    'gain@10': round(hits(10, 'ranks') - hits(10, 'plainRanks')),
  };
}

/** Median and 95th percentile in milliseconds. */
export function times(took: readonly number[]): string {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

const share = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);

const round = (value: number): string => value.toFixed(3);
