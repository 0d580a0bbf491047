import type { Exchange } from '../../src/sandbox/index.ts';
import { checkExchange, type Problem } from './checkExchange.ts';
import { gapOf, type KnownGap } from './knownGaps.ts';
import type { Spec } from './spec.ts';
import type { Validator } from './validator.ts';

interface RouteCount {
  requests: number;
  statuses: Set<number>;
}

export interface Report {
  /** By route, as the document writes it. */
  routes: Map<string, RouteCount>;
  passed: number;
  failed: number;
  /** Each kind of violation once, with how often it was seen. */
  violations: Map<string, number>;
  gapsMet: Map<KnownGap, number>;
}

/** Checks every exchange. An exchange fails when anything about it is outside the known gaps. */
export function reportOn(spec: Spec, validator: Validator, exchanges: readonly Exchange[]): Report {
  const report: Report = {
    routes: new Map(),
    passed: 0,
    failed: 0,
    violations: new Map(),
    gapsMet: new Map(),
  };
  for (const exchange of exchanges) {
    const { method, path, route, status } = exchange;
    const name = spec.find(method, path)?.route ?? `${method} ${route ?? path} (unknown)`;
    const count = report.routes.get(name) ?? { requests: 0, statuses: new Set() };
    report.routes.set(name, count);
    count.requests += 1;
    count.statuses.add(status);
    const open = checkExchange(spec, validator, exchange).filter((problem) => {
      const gap = gapOf(problem);
      if (gap) add(report.gapsMet, gap);
      return gap === undefined;
    });
    if (open.length > 0) report.failed += 1;
    else report.passed += 1;
    for (const line of new Set(open.map(lineOf))) add(report.violations, line);
  }
  return report;
}

export function tableOf({ routes }: Report): string {
  const rows = [...routes].sort(([a], [b]) => pathOf(a).localeCompare(pathOf(b)));
  const width = Math.max(5, ...rows.map(([name]) => name.length));
  return [
    `${'route'.padEnd(width)}  requests  statuses`,
    ...rows.map(
      ([name, { requests, statuses }]) =>
        `${name.padEnd(width)}  ${String(requests).padStart(8)}  ${[...statuses].sort().join(' ')}`,
    ),
  ].join('\n');
}

function lineOf({ side, route, at, why }: Problem): string {
  return `${route}: ${side} ${at.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${why}`;
}

function pathOf(route: string): string {
  return route.slice(route.indexOf(' '));
}

function add<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
