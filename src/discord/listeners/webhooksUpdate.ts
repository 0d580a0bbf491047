import { defineListener } from '../listener.ts';

/** Somebody may have deleted the webhook by which characters speak: the next words need another. */
export const webhooksUpdate = defineListener({
  event: 'webhooksUpdate',
  handle({ stage }, channel) {
    return stage.webhooksChanged(channel);
  },
});
