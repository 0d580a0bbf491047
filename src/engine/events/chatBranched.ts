import { z } from 'zod';
import { A_STORY, unless } from '../blanking.ts';
import { defineEvent } from '../defineEvent.ts';
import { chatId, entityId, homeId, nodeId } from '../ids.ts';
import { kickoffCard, withoutWords } from '../kickoff/kickoffCard.ts';
import { defaultSettings, settings, withoutTexts } from '../world.ts';

/** Stories of schema 1 had no books. */
const withoutBooks = (payload: unknown): unknown => {
  const { settings, ...rest } = payload as { settings: object };
  return { ...rest, settings: { books: [], ...settings } };
};

/** A chat that shares its parent's line up to a node, which never changes, and nothing after it. */
export const chatBranched = defineEvent({
  type: 'ChatBranched',
  schema: 2,
  scope: 'frame',
  payload: z.object({
    home: homeId,
    name: z.string(),
    owner: entityId,
    parent: chatId,
    after: nodeId,
    card: kickoffCard.nullable(),
    /** A copy of the parent's, to be changed on its own from then on. */
    settings,
  }),
  example: {
    home: '100000000000000001',
    name: 'What if she had stayed',
    owner: 'user:100000000000000002',
    parent: 'c1',
    after: 'n1',
    card: null,
    settings: defaultSettings,
  },
  upcasts: [withoutBooks],
  evolve: (frame, { home, name, owner, parent, after, card, settings }) => ({
    ...frame,
    home,
    name,
    owner,
    card,
    settings,
    parent,
    begunAfter: after,
    head: after,
  }),
  label: ({ name, owner }, names) => `${names(owner)} branched off "${name}"`,
  blank: ({ name, card, settings, ...branch }, { said, repeated }) => ({
    ...branch,
    name: unless(name, said, A_STORY),
    // Both are copies of the parent's.
    card: card && withoutWords(card, repeated),
    settings: { ...defaultSettings, ...withoutTexts(settings, repeated) },
  }),
});
