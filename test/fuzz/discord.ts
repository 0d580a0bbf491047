/** `npm run fuzz:discord [-- --steps 200 --runs 10 --seed 1]`: people who do anything, on a Discord that fails. */
import { parseArgs } from 'node:util';
import { wander } from '../support/wandering/wander.ts';

const BETWEEN = 20;
const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '200' },
    runs: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    verbose: { type: 'boolean', default: false },
  },
});
const [steps, runs, first] = [values.steps, values.runs, values.seed].map(Number) as [
  number,
  number,
  number,
];
for (let seed = first; seed < first + runs; seed += 1) {
  const { problems, done, figures } = await wander(seed, steps, BETWEEN);
  const told = Object.entries(figures).map(([name, value]) => `${value} ${name}`);
  console.log(`seed ${seed}: ${told.join(', ')}: ${problems.length === 0 ? 'all agrees' : ''}`);
  if (problems.length === 0) continue;
  if (values.verbose) console.log(done.join('\n'));
  console.log(problems.join('\n'));
  console.log(`npm run fuzz:discord -- --steps ${steps} --runs 1 --seed ${seed} --verbose`);
  process.exitCode = 1;
}
