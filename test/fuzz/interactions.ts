/**
 * `npm run fuzz:interactions [-- --runs N] [--seed S]`: hostile interactions, half of them valid ones with
 * exactly one field changed and half of them random, against everything that the bot answers to.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
console.log(`seed ${values.seed}, ${values.runs} interactions`);
const { status } = spawnSync('vitest', ['run', 'test/endToEnd/hostile.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, HOSTILE_RUNS: values.runs, HOSTILE_SEED: values.seed },
});
process.exitCode = status ?? 1;
