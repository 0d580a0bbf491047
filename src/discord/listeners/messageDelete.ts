import { defineListener } from '../listener.ts';

/**
 * Deleting a message takes its turn out of the story; deleting a reply while it streams is how one stops
 * it without a button. What the bot takes away itself is nobody's wish.
 */
export const messageDelete = defineListener({
  event: 'messageDelete',
  async handle({ stage, troupe }, message) {
    if (stage.isOwnDeletion(message.id)) return;
    const streaming = troupe.words.isStreaming(message.id);
    stage.messageRemoved(message.channelId, message.id);
    troupe.panels.messageGone(message.channelId, message.id);
    if (streaming) return;
    await troupe.words.inOrder(message.channelId, () => troupe.words.deleted(message.id));
  },
});
