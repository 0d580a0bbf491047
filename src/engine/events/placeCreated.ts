import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { placeId } from '../ids.ts';
import { namedPlace, place as placeShape, SOMEWHERE, withoutNames } from '../world.ts';

export const placeCreated = defineEvent({
  type: 'PlaceCreated',
  schema: 1,
  scope: 'either',
  mends: false,
  payload: z.object({ id: placeId, place: placeShape }),
  example: { id: 'place:p1', place: namedPlace('The Drowned Bell') },
  evolve: (story, { id, place }) => ({ ...story, places: { ...story.places, [id]: place } }),
  label: ({ place }) => `${place.name} is a place in this story`,
  moves: true,
  blank: ({ id, place }, { said }) => ({
    id,
    place: { ...namedPlace(SOMEWHERE), ...withoutNames(place, said) },
  }),
});
