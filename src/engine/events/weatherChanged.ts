import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';

export const weatherChanged = defineEvent({
  type: 'WeatherChanged',
  schema: 1,
  scope: 'either',
  mends: false,
  payload: z.object({ weather: z.string().min(1).max(200).nullable() }),
  example: { weather: 'Sleet, driven by a west wind' },
  evolve: (story, { weather }) => ({ ...story, weather }),
  label: ({ weather }) => weather ?? 'The weather is nothing to speak of',
  blank: () => ({ weather: null }),
});
