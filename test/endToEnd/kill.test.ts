import { expect, onTestFinished, test } from 'vitest';
import { openKillHouse, STREAMS } from '../support/killHouse.ts';
import { seeded } from '../support/seeded.ts';

/** `TROUPE_KILLED_STREAMS=300 npx vitest run test/endToEnd/kill.test.ts` is the long form. */
const POINTS = Number(process.env.TROUPE_KILLED_STREAMS ?? 30);
const SEED = Number(process.env.TROUPE_SEED ?? 1);
/** Lives between two looks at what has come of them. */
const BETWEEN = 6;

test(
  `killed at ${POINTS} random points of streams, every reply is in its channel once, as the log has it`,
  async () => {
    const house = await openKillHouse(seeded(SEED));
    onTestFinished(() => house.close());
    for (let kills = 1; kills <= POINTS / STREAMS; kills += 1) {
      await house.live();
      if (kills % BETWEEN === 0) await house.settle();
    }
    expect.hasAssertions();
  },
  30_000 + POINTS * 2_000,
);
