import { defineListener } from '../listener.ts';

export const messageDeleteBulk = defineListener({
  event: 'messageDeleteBulk',
  handle({ stage }, messages) {
    for (const id of messages.keys()) stage.messageRemoved(id);
  },
});
