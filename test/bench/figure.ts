/** One measured thing, with what it is compared with, measured in the same run. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What `ratio` is taken against; null where the value itself has a goal. */
  readonly reference: number | null;
  readonly ratio: number | null;
  readonly goal: string;
  readonly ok: boolean;
}

/** A part of the bench: its own file, and a line in the list of `run.ts`. */
export interface Part {
  readonly name: string;
  run(): Promise<Figure[]>;
}

export const PAIRS = 5;

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Milliseconds that some work takes. */
export async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Runs two pieces of work in turns, so that a slow moment of the machine hits both; medians in ms. */
export async function interleaved(
  ours: () => unknown,
  reference: () => unknown,
): Promise<{ ours: number; reference: number; ratio: number }> {
  const pairs: [number, number][] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    pairs.push(
      pair % 2 === 0
        ? [await time(ours), await time(reference)]
        : ([await time(reference), await time(ours)].reverse() as [number, number]),
    );
  }
  return {
    ours: median(pairs.map(([first]) => first)),
    reference: median(pairs.map(([, second]) => second)),
    ratio: median(pairs.map(([first, second]) => second / first)),
  };
}

/** A figure whose value itself has a goal, in milliseconds. */
export const under = (figure: string, value: number, most: number): Figure => ({
  figure,
  value,
  unit: 'ms',
  reference: null,
  ratio: null,
  goal: `under ${most} ms`,
  ok: value < most,
});

/** A figure whose goal is a part of its reference's speed. */
export const compared = (
  figure: string,
  { ours, reference, ratio }: { ours: number; reference: number; ratio: number },
  goal: number,
): Figure => ({
  figure,
  value: ours,
  unit: 'ms',
  reference,
  ratio,
  goal: `at least ${goal} of the floor`,
  ok: ratio >= goal,
});

/** Watches the loop from now on; what it returns gives the longest block since, in milliseconds. */
export function longestBlock(): () => Promise<number> {
  let longest = 0;
  let watching = true;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (watching) setImmediate(look);
  };
  setImmediate(look);
  return async () => {
    watching = false;
    await new Promise((resolve) => setImmediate(resolve));
    return longest;
  };
}
