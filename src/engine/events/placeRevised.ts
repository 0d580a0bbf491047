import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { placeId } from '../ids.ts';
import { namedPlace, place as placeShape, SOMEWHERE, withoutNames } from '../world.ts';

export const placeRevised = defineEvent({
  type: 'PlaceRevised',
  schema: 1,
  scope: 'opens',
  mends: false,
  payload: z.object({
    id: placeId,
    changes: placeShape.partial(),
    /** For display. */
    before: placeShape.nullable(),
  }),
  example: { id: 'place:p1', changes: { public: false }, before: null },
  evolve: (story, { id, changes }) => {
    const known = story.places[id];
    if (known === undefined) return story;
    return { ...story, places: { ...story.places, [id]: { ...known, ...changes } } };
  },
  label: () => 'A place was described anew',
  blank: ({ id, changes, before }, { said, repeated }) => ({
    id,
    changes: withoutNames(changes, said),
    before: before && { ...namedPlace(SOMEWHERE), ...withoutNames(before, repeated) },
  }),
});
