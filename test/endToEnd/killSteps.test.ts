import { onTestFinished, test } from 'vitest';
import { DEEDS } from '../support/mortalDeeds.ts';
import { openMortalHouse } from '../support/mortalHouse.ts';
import { seeded } from '../support/seeded.ts';

/** `TROUPE_DEATHS=300 npx vitest run test/endToEnd/killSteps.test.ts` is the long form. */
const DEATHS = Number(process.env.TROUPE_DEATHS ?? 1);
const SEED = Number(process.env.TROUPE_SEED ?? Date.now() % 1_000_000_000);
/** Part of a deed's name: it alone, cut off after its first step, after its second, and so on to its end. */
const DEED = process.env.TROUPE_DEED ?? null;
/** Deeds at once, and steps that they take together, about. */
const AT_ONCE = 3;
const STEPS = 60;

test(
  `killed in the middle of what people do, it is done as a whole or not at all (seed ${SEED})`,
  async () => {
    const random = seeded(SEED);
    const house = await openMortalHouse(random);
    onTestFinished(() => house.close());
    for (let death = 0; death < DEATHS; death += 1) {
      if (DEED === null) {
        const drawn = DEEDS.map((deed) => ({ deed, order: random() }));
        drawn.sort((a, b) => a.order - b.order);
        const deeds = drawn.slice(0, AT_ONCE).map(({ deed }) => deed);
        await house.die(deeds, 1 + Math.floor(random() * STEPS));
      } else {
        const deeds = DEEDS.filter(({ name }) => name.includes(DEED));
        if ((await house.die(deeds, 1 + death)) === null) return;
      }
    }
  },
  30_000 + DEATHS * 20_000,
);
