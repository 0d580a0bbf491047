import { z } from 'zod';
import { unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId, placeId } from '../ids.ts';
import { withPlace } from '../presence.ts';

export const sceneOpened = defineEvent({
  type: 'SceneOpened',
  schema: 1,
  scope: 'either',
  mends: false,
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
  evolve: (story, scene, { node }) => {
    if (node === null) return story;
    const { place, participants } = scene;
    const opened = { ...scene, id: node, startedAt: story.clock.minutes };
    return { ...withPlace(story, participants, place), scene: opened, at: place };
  },
  label: ({ time }) => (time === '' ? 'A scene opens' : `A scene opens, ${time.toLowerCase()}`),
  moves: true,
  blank: ({ time, opening, ...scene }, { said }) => ({
    ...scene,
    time: unless(time, said, ''),
    opening: unless(opening, said, ''),
  }),
});
