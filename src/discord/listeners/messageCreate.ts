import { commandMention } from '../commandMention.ts';
import { heardIn, isPersons, localeOf, saysSomething, tellHearing } from '../hearMessage.ts';
import { defineListener } from '../listener.ts';
import { sendOnce } from '../sendOnce.ts';
import { textsFor } from '../texts.ts';

/** A person's message in a story's channel is a turn; elsewhere only what is meant for the bot is answered. */
export const messageCreate = defineListener({
  event: 'messageCreate',
  async handle({ client, troupe, reconcile }, message) {
    if (!isPersons(message)) return;
    if (troupe.storyIn(message.channelId) === null) {
      const isNamed = client.user !== null && message.mentions.users.has(client.user.id);
      // In direct messages there is nobody else to write to.
      const called = isNamed || message.guildId === null;
      if (called && message.channel.isSendable()) {
        const { offer } = textsFor(localeOf(troupe, message));
        const content = offer(commandMention(client, 'start'));
        await sendOnce(message.channel, `offer:${message.id}`, { content });
      }
      return;
    }
    if (!saysSomething(message)) return;
    const said = heardIn(message);
    reconcile.hurry(message.channelId);
    const hear = () => troupe.hear(said);
    const heard = await troupe.words.inOrder(message.channelId, hear);
    await tellHearing(troupe, message, heard);
  },
});
