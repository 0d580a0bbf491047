/** `npm run bench [-- --json FILE] [--only NAME]`: every part, each figure with its goal. */
import { writeFileSync } from 'node:fs';
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

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
if (values.only !== undefined && !parts.some(({ name }) => name === values.only)) {
  console.error(`--only takes one of ${parts.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const part of parts) {
  if (values.only !== undefined && values.only !== part.name) continue;
  figures.push(...(await part.run()));
}
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
