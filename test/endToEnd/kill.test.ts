import { expect, onTestFinished, test } from 'vitest';
import { openKillHouse } from '../support/killHouse.ts';
import { seeded } from '../support/seeded.ts';

/** `TROUPE_KILLS=300 npx vitest run test/endToEnd/kill.test.ts` is the long form. */
const KILLS = Number(process.env.TROUPE_KILLS ?? 30);
/** Lives between two looks at what has come of them. */
const BETWEEN = 10;
const SEED = Number(process.env.TROUPE_SEED ?? 1);

test(
  `killed at ${KILLS} random points, every reply is in its channel once, as the log has it`,
  async () => {
    const house = await openKillHouse(seeded(SEED));
    onTestFinished(() => house.close());
    for (let kills = 1; kills <= KILLS; kills += 1) {
      await house.live();
      if (kills % BETWEEN === 0) await house.settle();
    }
    expect.hasAssertions();
  },
  KILLS * 10_000,
);
