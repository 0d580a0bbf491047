import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../src/app/ports/clock.ts';

const HASTE = 25;
const began = Date.now();

/** Time that runs faster, for waits after failures. Only where the sandbox keeps no limits. */
export const hastyClock: Clock = {
  now: () => began + (Date.now() - began) * HASTE,
  sleep: (ms, signal) => sleep(ms / HASTE, undefined, signal ? { signal } : {}),
};
