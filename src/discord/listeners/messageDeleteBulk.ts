import { defineListener } from '../listener.ts';

export const messageDeleteBulk = defineListener({
  event: 'messageDeleteBulk',
  handle({ stage }, messages) {
    for (const { channelId, id } of messages.values()) stage.messageRemoved(channelId, id);
  },
});
