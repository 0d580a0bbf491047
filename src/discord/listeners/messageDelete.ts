import { defineListener } from '../listener.ts';

/** Deleting a reply while it streams is how one stops it without a button. */
export const messageDelete = defineListener({
  event: 'messageDelete',
  handle({ stage }, message) {
    stage.messageRemoved(message.channelId, message.id);
  },
});
