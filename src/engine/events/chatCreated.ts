import { z } from 'zod';
import { defineEvent } from '../defineEvent.ts';
import { entityId, homeId } from '../ids.ts';
import { kickoffCard } from '../kickoffCard.ts';

/** A story was asked for and its opening confirmed; the card is kept, so that a reset can replay it. */
export const chatCreated = defineEvent({
  type: 'ChatCreated',
  schema: 1,
  scope: 'frame',
  payload: z.object({
    home: homeId,
    name: z.string(),
    owner: entityId,
    card: kickoffCard,
  }),
  example: {
    home: '100000000000000001',
    name: 'Mira at the Drowned Bell',
    owner: 'user:100000000000000002',
    card: {
      character: 'character:mira',
      revision: 1,
      kickoff: 'Rain. The door opens once more.',
      place: 'The Drowned Bell',
      time: 'Late evening',
      greeting: 'You are late for supper.',
    },
  },
  evolve: (frame, { home, name, owner, card }) => ({ ...frame, home, name, owner, card }),
  label: ({ name, owner }, names) => `${names(owner)} began "${name}"`,
});
