import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { placeId } from '../ids.ts';

export const placeCreated = defineEvent({
  type: 'PlaceCreated',
  schema: 1,
  scope: 'opens',
  payload: z.object({ place: placeId, name: z.string().min(1) }),
  example: { place: 'place:p1', name: 'The Drowned Bell' },
  evolve: (story, { place, name }) => ({
    ...story,
    places: { ...story.places, [place]: { name } },
  }),
  label: ({ name }) => `${name} is a place in this story`,
});
