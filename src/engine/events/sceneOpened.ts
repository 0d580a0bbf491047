import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, placeId } from '../ids.ts';

export const sceneOpened = defineEvent({
  type: 'SceneOpened',
  schema: 1,
  scope: 'opens',
  payload: z.object({
    place: placeId,
    time: z.string(),
    opening: z.string(),
    participants: z.array(entityId),
  }),
  example: {
    place: 'place:p1',
    time: 'Late evening',
    opening: 'Rain. The door opens once more.',
    participants: ['character:mira'],
  },
  evolve: (story, scene) => ({ ...story, scene }),
  label: ({ time }) => `A scene opens, ${time.toLowerCase()}`,
});
