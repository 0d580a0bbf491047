import { defineListener } from '../listener.ts';
import { askAboutPurge, noteRemoved } from '../removedMessages.ts';

export const messageDeleteBulk = defineListener({
  event: 'messageDeleteBulk',
  async handle(bot, messages, channel) {
    const gone = [...messages.keys()].filter((id) => noteRemoved(bot, channel.id, id));
    bot.reconcile.hurry(channel.id);
    await bot.troupe.words.inOrder(channel.id, () => askAboutPurge(bot, channel, gone));
  },
});
