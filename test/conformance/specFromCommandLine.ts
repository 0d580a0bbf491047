import { parseArgs } from 'node:util';
import { Spec, SpecProblem } from './spec.ts';

interface Given {
  spec: Spec;
  seed: number | undefined;
  runs: number | undefined;
}

/** Reads `--spec FILE` and the like; says in one line what is wrong and ends the process otherwise. */
export function specFromCommandLine(): Given {
  try {
    const { values } = parseArgs({
      options: { spec: { type: 'string' }, seed: { type: 'string' }, runs: { type: 'string' } },
    });
    if (values.spec === undefined) {
      throw new SpecProblem("--spec FILE is needed: Discord's OpenAPI document as JSON");
    }
    return {
      spec: Spec.read(values.spec),
      seed: whole(values, 'seed'),
      runs: whole(values, 'runs'),
    };
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
}

function whole(values: Record<string, string | undefined>, name: string): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new SpecProblem(`--${name} ${text}: a whole number is needed`);
  return Number(text);
}
