import { z } from 'zod';
import { A_STORY, unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { entityId, homeId } from '../ids.ts';
import { kickoffCard, withoutWords } from '../kickoff/kickoffCard.ts';

/** A story was asked for and its opening confirmed; the card is kept, so that a reset can replay it. */
export const chatCreated = defineEvent({
  type: 'ChatCreated',
  schema: 2,
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
      others: [],
      anchor: 'Day 1 = the first frost',
      weather: 'Rain',
      activities: [{ entity: 'character:mira', posture: 'at the bar', verb: 'counting' }],
      seeds: [{ entity: 'character:mira', affinity: 50, trust: 40, summary: 'A guest.' }],
      alternateGreetings: [],
    },
  },
  // Cards of schema 1 lack what has a default, which parsing fills in.
  upcasts: [(payload) => payload],
  evolve: (frame, { home, name, owner, card }) => ({ ...frame, home, name, owner, card }),
  label: ({ name, owner }, names) => `${names(owner)} began "${name}"`,
  blank: ({ name, card, ...chat }, { said }) => ({
    ...chat,
    name: unless(name, said, A_STORY),
    card: withoutWords(card, said),
  }),
});
