/** `npm run bench [-- --json FILE] [--only NAME]`: every part, each figure with its goal. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { appends } from './appends.ts';
import { drawer } from './drawer.ts';
import type { Figure, Part } from './figure.ts';
import { coldLoad } from './loads.ts';
import { prompt } from './prompt.ts';
import { rebuilds } from './rebuilds.ts';
import { retrieval } from './retrieval.ts';
import { rewind } from './rewind.ts';
import { starts } from './starts.ts';
import { streams } from './stream.ts';
import { swipes } from './swipes.ts';
import { travel } from './travel.ts';
import { turns } from './turns.ts';

/** A part is its own file and a line in this list. */
const parts: readonly Part[] = [
  appends,
  coldLoad,
  rebuilds,
  turns,
  travel,
  swipes,
  rewind,
  prompt,
  retrieval,
  drawer,
  starts,
  streams,
];

/** What one part leaves behind must not slow the next: each has a process of its own. */
function alone({ name }: Part): Figure[] {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-bench-'));
  const file = join(folder, 'figures.json');
  const run = [fileURLToPath(import.meta.url), '--only', name, '--json', file];
  try {
    execFileSync(process.execPath, run, { stdio: ['ignore', 'ignore', 'inherit'] });
    return JSON.parse(readFileSync(file, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
const only = parts.find(({ name }) => name === values.only);
if (values.only !== undefined && only === undefined) {
  console.error(`--only takes one of ${parts.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const figures = only === undefined ? parts.flatMap(alone) : await only.run();
console.table(
  figures.map(({ figure, value, unit, reference, ratio, goal, ok }) => ({
    figure,
    value: `${value.toFixed(2)} ${unit}`,
    reference: reference?.toFixed(2) ?? '',
    ratio: ratio?.toFixed(2) ?? '',
    goal,
    ok: ok ? 'yes' : 'NO',
  })),
);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(figures, null, 2));
