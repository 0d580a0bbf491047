import { defineListener } from '../listener.ts';
import { noteRemoved } from '../removedMessages.ts';

/** Deleting a message takes its turn out of the story. */
export const messageDelete = defineListener({
  event: 'messageDelete',
  async handle(bot, { id, channelId }) {
    const { troupe, reconcile } = bot;
    if (!noteRemoved(bot, channelId, id)) return;
    reconcile.hurry(channelId);
    await troupe.words.inOrder(channelId, () => troupe.words.deleted(id));
  },
});
