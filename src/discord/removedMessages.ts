import type { GuildTextBasedChannel, TextBasedChannel } from 'discord.js';
import type { Bot } from './bot.ts';
import { purgeRow } from './components/purge.ts';
import { sendOnce } from './sendOnce.ts';
import { textsFor } from './texts.ts';

type Needs = Pick<Bot, 'troupe' | 'stage'>;

/**
 * Takes note that a message is gone. True where that is somebody's wish that its turn be gone, too: what
 * the bot takes away itself is nobody's, and deleting a reply while it streams is how one stops it without
 * a button.
 */
export function noteRemoved({ stage, troupe }: Needs, channel: string, message: string): boolean {
  if (stage.isOwnDeletion(message)) return false;
  const streaming = troupe.words.isStreaming(message);
  stage.messageRemoved(channel, message);
  troupe.panels.messageGone(channel, message);
  return !streaming;
}

/** A purge, a ban or a retention bot does not rewrite the story by itself: its owner is asked. */
export async function askAboutPurge(
  { troupe }: Needs,
  channel: TextBasedChannel | GuildTextBasedChannel,
  messages: readonly string[],
): Promise<number> {
  const purges = troupe.words.purged(messages);
  if (!channel.isSendable()) return 0;
  const guild = 'guild' in channel ? channel.guild : null;
  for (const { id, chat, owner, turns } of purges) {
    const locale = troupe.languageIn(chat, guild?.id ?? null, guild?.preferredLocale ?? null);
    const { purge } = textsFor(locale).words;
    await sendOnce(channel, `purge:${id.slice(-19)}`, {
      content: purge.question(owner.replace('user:', ''), turns),
      components: [purgeRow(chat, id, locale)],
    });
  }
  troupe.words.gone(messages);
  return purges.length;
}
