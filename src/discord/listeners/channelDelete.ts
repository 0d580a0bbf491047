import { defineListener } from '../listener.ts';

/** The story of a channel that vanished is put away, not lost. */
export const channelDelete = defineListener({
  event: 'channelDelete',
  async handle({ troupe, stage }, channel) {
    stage.channelRemoved(channel.id);
    await troupe.channelGone(channel.id);
  },
});
