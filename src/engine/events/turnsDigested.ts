import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';

/**
 * What was said up to here was gone through, whatever came of it. A node's first run is known by it, and
 * with it that later runs move the world no more.
 */
export const turnsDigested = defineEvent({
  type: 'TurnsDigested',
  schema: 1,
  scope: 'attaches',
  mends: false,
  /** How often the classifier was asked: once, and once more for each group that perceived less. */
  payload: z.object({ calls: z.int().min(0) }),
  example: { calls: 1 },
  evolve: (story) => story,
  label: () => 'What was said sank in',
  moves: true,
  blank: null,
});
