import { defineListener } from '../listener.ts';

export const threadDelete = defineListener({
  event: 'threadDelete',
  async handle({ troupe, stage }, thread) {
    stage.channelRemoved(thread.id);
    await troupe.channelGone(thread.id);
  },
});
