import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import type { StoryClock } from '../state/story.ts';

/** Ten years at once. */
const MOST_MINUTES = 10 * 366 * 24 * 60;

/** Story time goes on, by what was asked; a chat's first advance may name what its days count from. */
export const clockAdvanced = defineEvent({
  type: 'ClockAdvanced',
  schema: 2,
  scope: 'either',
  mends: false,
  payload: z.object({
    minutes: z.int(),
    /** Such as "Day 1 = the first frost"; null keeps what is known. */
    anchor: z.string().max(200).nullable(),
    /** For display. */
    before: z.object({ minutes: z.int(), anchor: z.string().nullable() }).optional(),
  }),
  upcasts: [(payload) => payload],
  example: { minutes: 120, anchor: null },
  evolve: (story, advance) => ({ ...story, clock: advanced(story.clock, advance) }),
  label: ({ minutes }) => (minutes < 0 ? 'The clock is set back' : 'Time passes'),
  moves: true,
  blank: (advance, { said, repeated }) => ({
    ...advance,
    anchor: unless(advance.anchor, said, null),
    ...(advance.before && {
      before: { ...advance.before, anchor: unless(advance.before.anchor, repeated, null) },
    }),
  }),
});

/** A clock may be set back by hand, never to before the story's first minute. */
export const advanced = (clock: StoryClock, { minutes, anchor }: StoryClock): StoryClock => ({
  anchor: anchor ?? clock.anchor,
  minutes: Math.max(0, clock.minutes + Math.min(minutes, MOST_MINUTES)),
});
