import type { Part, Parts } from '../app/classifier.ts';

export interface Checked {
  readonly answer: Readonly<Record<string, unknown>>;
  /** Names of the parts that did not fit, or lost elements. */
  readonly bad: readonly string[];
  /** Nothing of what was said is of use. */
  readonly useless: boolean;
}

/** Checks each part by itself: one that does not fit falls to its fallback, and the others stand. */
export function checkParts(parts: Parts, said: Readonly<Record<string, unknown>>): Checked {
  const answer: Record<string, unknown> = {};
  const bad: string[] = [];
  let fallen = 0;
  for (const [name, part] of Object.entries(parts)) {
    const value = Object.hasOwn(said, name) ? said[name] : undefined;
    const { fits, whole, output } = check(part, value);
    answer[name] = output;
    if (!whole) bad.push(name);
    if (!fits) fallen++;
  }
  return { answer, bad, useless: fallen === Object.keys(parts).length };
}

function check(part: Part<Parts[string]['schema']>, value: unknown) {
  const { schema, element, fallback } = part;
  const all = schema.safeParse(value);
  if (all.success) return { fits: true, whole: true, output: all.data };
  if (element !== undefined && Array.isArray(value)) {
    const fitting = value.filter((each) => element.safeParse(each).success);
    const some = schema.safeParse(fitting);
    if (some.success && fitting.length > 0) return { fits: true, whole: false, output: some.data };
  }
  return { fits: false, whole: false, output: fallback };
}
