import { expect, test } from 'vitest';
import { wander } from '../support/wandering/wander.ts';

const SEED = Number(process.env.TROUPE_WANDER_SEED ?? Date.now() % 1_000_000_000);
const STEPS = Number(process.env.TROUPE_WANDER_STEPS ?? 100);

test(`whatever anyone does, channels, prompts and views hold what is in the story and no more (seed ${SEED})`, async () => {
  const { problems, done, figures } = await wander(SEED, STEPS, 20);
  expect(problems, [`seed ${SEED}`, ...done].join('\n')).toEqual([]);
  expect(figures.turns).toBeGreaterThan(10);
}, 60_000);
