import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';

/** Ten years at once. */
const MOST_MINUTES = 10 * 366 * 24 * 60;

/** Story time goes on, by what was asked; a chat's first advance may name what its days count from. */
export const clockAdvanced = defineEvent({
  type: 'ClockAdvanced',
  schema: 1,
  scope: 'either',
  mends: false,
  payload: z.object({
    minutes: z.int(),
    /** Such as "Day 1 = the first frost"; null keeps what is known. */
    anchor: z.string().max(200).nullable(),
  }),
  example: { minutes: 120, anchor: null },
  evolve: (story, { minutes, anchor }) => ({
    ...story,
    clock: {
      anchor: anchor ?? story.clock.anchor,
      // A clock may be set back by hand, never to before the story's first minute.
      minutes: Math.max(0, story.clock.minutes + Math.min(minutes, MOST_MINUTES)),
    },
  }),
  label: ({ minutes }) =>
    minutes < 60 ? `${minutes} minutes pass` : `${Math.round(minutes / 60)} hours pass`,
  blank: ({ minutes }) => ({ minutes, anchor: null }),
});
