/**
 * `npm run fuzz:sandbox -- --spec FILE [--seed N] [--runs N]`: random bodies made from Discord's own
 * schemas, fitting ones and ones with exactly one field made wrong, against every route with a body.
 */
import { routes } from '../../src/sandbox/routes/index.ts';
import { FuzzHouse } from './fuzzHouse.ts';
import { type Target, targets } from './fuzzTargets.ts';
import { judge, type Verdict } from './fuzzVerdict.ts';
import { Generator } from './generate.ts';
import { Random } from './random.ts';
import type { Schema } from './spec.ts';
import { specFromCommandLine } from './specFromCommandLine.ts';
import { spoil } from './spoil.ts';
import { Validator } from './validator.ts';

/** Bodies per target and kind. */
const RUNS = 60;
/** A house is given up after this many bodies, before any of Discord's daily or total limits. */
const BODIES_PER_HOUSE = 12;

const { spec, seed = Math.floor(Math.random() * 1e9), runs = RUNS } = specFromCommandLine();
const validator = new Validator(spec);
const disagreements = new Map<string, { count: number; example: string }>();
let agreed = 0;
let disagreed = 0;

console.log(`seed ${seed}, ${runs} bodies of each kind per target`);
for (const [index, target] of targets.entries()) await fuzz(target, new Random(seed + index));
for (const path of untested()) tell(`${path}: has a body and no target`, '');
for (const [line, { count, example }] of disagreements) {
  console.log(`DISAGREEMENT, ${count} times: ${line}${example && `\n  for example ${example}`}`);
}
console.log(`${agreed} passed, ${disagreed} failed (seed ${seed})`);
process.exitCode = disagreed > 0 ? 1 : 0;

async function fuzz(target: Target, random: Random): Promise<void> {
  const name = [target.route, target.name].filter(Boolean).join(', ');
  const schema = schemaOf(target);
  const counts = { taken: 0, refused: 0, wrongRefused: 0, wrongTaken: 0 };
  let house = await FuzzHouse.open(random);
  for (let run = 0; run < runs * 2; run += 1) {
    if (run > 0 && run % BODIES_PER_HOUSE === 0) {
      await house.close();
      house = await FuzzHouse.open(random);
    }
    const { path, hints } = await target.prepare(house);
    const fitting = new Generator(spec, random, hints).value(schema);
    const [misfit] = validator.misfits(schema, fitting);
    if (misfit) throw new Error(`the generator made a misfit: ${misfit.at} ${misfit.why}`);
    const spoiled = run % 2 === 1 ? spoil({ spec, validator, random }, schema, fitting) : undefined;
    const body = spoiled ? spoiled.body : fitting;
    const [method = ''] = target.route.split(' ');
    const verdict = judge(name, await house.call(method, path, body), spoiled);
    counts[verdict.kind] += 1;
    for (const line of verdict.problems) tell(`${name}: ${line}`, exampleOf(body, verdict));
    if (verdict.problems.length === 0) agreed += 1;
  }
  await house.close();
  const { taken, refused, wrongRefused, wrongTaken } = counts;
  console.log(
    `${name}: of the fitting ${taken} taken, ${refused} refused; of the wrong ${wrongRefused} refused, ${wrongTaken} taken`,
  );
  if (taken === 0) tell(`${name}: not one fitting body was taken`, '');
}

function schemaOf({ route, schema }: Target): Schema {
  if (schema !== undefined) return { $ref: `#/components/schemas/${schema}` };
  const [method = '', path = ''] = route.split(' ');
  const found = spec.find(method, path.replaceAll(/:\w+/g, '1'))?.operation;
  const body = found?.requestBody?.content?.['application/json']?.schema;
  if (!body) throw new Error(`the specification has no body for ${route}`);
  return body;
}

/** Routes of the sandbox that the document gives a body and no target sends one to. */
function untested(): string[] {
  return routes
    .filter(({ method, path }) => {
      const found = spec.find(method, path.replaceAll(/:\w+/g, '1'));
      return found?.operation.requestBody !== undefined;
    })
    .map(({ method, path }) => `${method} ${path}`)
    .filter((route) => !targets.some((target) => target.route === route));
}

function tell(line: string, example: string): void {
  disagreed += 1;
  const known = disagreements.get(line) ?? { count: 0, example };
  // The shortest example is the one to read.
  if (example.length < known.example.length) known.example = example;
  known.count += 1;
  disagreements.set(line, known);
}

function exampleOf(body: unknown, { answer }: Verdict): string {
  return `${JSON.stringify(body).slice(0, 400)} answered ${answer.slice(0, 400)}`;
}
