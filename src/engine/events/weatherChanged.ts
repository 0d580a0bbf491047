import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';

export const weatherChanged = defineEvent({
  type: 'WeatherChanged',
  schema: 2,
  scope: 'either',
  mends: false,
  payload: z.object({
    weather: z.string().min(1).max(200).nullable(),
    /** For display. */
    before: z.string().nullable().optional(),
  }),
  upcasts: [(payload) => payload],
  example: { weather: 'Sleet, driven by a west wind' },
  evolve: (story, { weather }) => ({ ...story, weather }),
  label: ({ weather }) =>
    weather === null ? 'The weather is nothing to speak of' : 'The weather changes',
  moves: true,
  blank: ({ weather, before }, { said, repeated }) => ({
    weather: unless(weather, said, null),
    ...(before === undefined ? {} : { before: unless(before, repeated, null) }),
  }),
});
