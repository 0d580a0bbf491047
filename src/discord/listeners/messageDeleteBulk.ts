import { purgeRow } from '../components/purge.ts';
import { defineListener } from '../listener.ts';
import { publicLocale } from '../publicTexts.ts';
import { sendOnce } from '../sendOnce.ts';
import { textsFor } from '../texts.ts';

/** A purge, a ban or a retention bot does not rewrite the story by itself: its owner is asked. */
export const messageDeleteBulk = defineListener({
  event: 'messageDeleteBulk',
  async handle({ stage, troupe }, messages, channel) {
    const gone = [...messages.keys()].filter((id) => !stage.isOwnDeletion(id));
    const whole = gone.filter((id) => !troupe.words.isStreaming(id));
    for (const id of gone) {
      stage.messageRemoved(channel.id, id);
      troupe.panels.messageGone(channel.id, id);
    }
    const purges = await troupe.words.inOrder(channel.id, () => troupe.words.purged(whole));
    // Direct messages are never deleted in bulk.
    const guild = 'guild' in channel ? channel.guild : null;
    const locale = guild && publicLocale(troupe, guild.id, guild.preferredLocale);
    const { purge } = textsFor(locale).words;
    for (const { id, chat, owner, turns } of purges) {
      await sendOnce(channel, `purge:${id.slice(-19)}`, {
        content: purge.question(owner.replace('user:', ''), turns),
        components: [purgeRow(chat, id, locale)],
      });
    }
  },
});
