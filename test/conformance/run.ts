/**
 * `npm run conformance -- --spec FILE`: plays the end-to-end tests and holds every request of the bot
 * and every answer of the sandbox against Discord's own OpenAPI document.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../commands/index.ts';
import { parseCustomId } from '../../src/discord/component.ts';
import { components } from '../../src/discord/components/index.ts';
import { RECORD_TO } from '../support/recorder.ts';
import { exercised, runnable, type Seen } from './exercised.ts';
import { knownGaps } from './knownGaps.ts';
import { reportOn, tableOf } from './report.ts';
import { specFromCommandLine } from './specFromCommandLine.ts';
import { Validator } from './validator.ts';

const { spec } = specFromCommandLine();
const problems: string[] = [];

const seen = play();
const exchanges = seen.filter((each) => each.kind === 'exchange');
const report = reportOn(spec, new Validator(spec), exchanges);

console.log(tableOf(report));
for (const [{ reason }, count] of report.gapsMet)
  console.log(`known gap, ${count} times: ${reason}`);
for (const gap of knownGaps) {
  if (!report.gapsMet.has(gap)) console.log(`known gap, no longer met: ${gap.reason}`);
}

if (exchanges.length === 0) problems.push('not one request was seen');
problems.push(...neverExercised());
for (const [line, count] of report.violations) console.log(`VIOLATION, ${count} times: ${line}`);
for (const problem of problems) console.log(`PROBLEM: ${problem}`);

const failed = report.failed + problems.length;
console.log(`${report.passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

/** Everything that the end-to-end tests made pass between the bot and the sandbox. */
function play(): Seen[] {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-conformance-'));
  try {
    const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
    const played = spawnSync(
      process.execPath,
      [vitest, 'run', '--reporter=dot', '--no-color', 'test/endToEnd'],
      { env: { ...process.env, [RECORD_TO]: folder }, encoding: 'utf8' },
    );
    if (played.status !== 0) {
      console.log(`${played.stdout ?? ''}${played.stderr ?? ''}`);
      problems.push('the end-to-end tests failed');
    }
    return readdirSync(folder).flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Seen),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function neverExercised(): string[] {
  const { commands: ran, customIds } = exercised(seen);
  const used = new Set([...customIds].map((id) => parseCustomId(id)?.name));
  return [
    ...commands
      .flatMap(({ data }) => runnable(data))
      .filter((name) => !ran.has(name))
      .map((name) => `the command "${name}" was never run to an answer`),
    ...components
      .filter(({ name }) => !used.has(name))
      .map(({ name }) => `the component "${name}" was never used to an answer`),
  ];
}
