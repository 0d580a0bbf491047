import { type Message, MessageType } from 'discord.js';
import type { Heard, Troupe } from '../../app/troupe.ts';
import { commandMention } from '../commandMention.ts';
import { homeOf } from '../homeOf.ts';
import { defineListener } from '../listener.ts';
import { publicLocale } from '../publicTexts.ts';
import { sendOnce } from '../sendOnce.ts';
import { standingOfAuthor } from '../standing.ts';
import { refusalsFor, textsFor } from '../texts.ts';

/** Longest stretch of a quoted message that a character is reminded of. */
const QUOTE_CHARACTERS = 300;

/** A person's message in a story's channel is a turn; elsewhere only a mention is answered. */
export const messageCreate = defineListener({
  event: 'messageCreate',
  async handle({ client, troupe }, message) {
    // Other applications', webhooks' and the bot's own messages are never turns, nor are system ones.
    if (message.author.bot || message.webhookId !== null) return;
    if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return;
    const here = troupe.storyIn(message.channelId);
    if (here === null) {
      const called = client.user !== null && message.mentions.users.has(client.user.id);
      if (called && message.channel.isSendable()) {
        const { offer } = textsFor(localeOf(troupe, message));
        const content = offer(commandMention(client, 'start'));
        await sendOnce(message.channel, `offer:${message.id}`, { content });
      }
      return;
    }
    const attachments = message.attachments.map(({ name, contentType, size, url }) => ({
      name,
      type: contentType,
      size,
      url: contentType?.startsWith('image/') ? url : null,
    }));
    if (message.content === '' && attachments.length === 0) return;
    const said = {
      channel: message.channelId,
      message: message.id,
      by: standingOfAuthor(message),
      name: message.member?.displayName ?? message.author.displayName,
      text: message.content,
      readable: message.cleanContent,
      // Only what Discord sent along: asking for the quoted message would let later messages overtake.
      quote: quoteOf(message),
      attachments,
    };
    const hear = () => troupe.hear(said);
    const heard = await troupe.words.inOrder(message.channelId, hear);
    const locale = localeOf(troupe, message);
    const texts = textsFor(locale);
    if (heard === 'not-allowed' && troupe.firstForbidden(message.channelId, said.by.person)) {
      const refuse = refusalsFor(locale)['not-allowed'];
      const content = refuse({ right: 'speak', by: 'everyone' });
      await answer(message, content);
    }
    if (heard === 'used-up') {
      const used = troupe.firstUsedUp(message.channelId, said.by.person);
      if (used === null) return;
      const { usedUp, allUsedUp } = texts.settings;
      const content = used.whose === 'person' ? usedUp(used.until) : allUsedUp(used.until);
      await answer(message, content);
    }
    if (heard === 'unheard' && troupe.firstUnheard(message.channelId, message.author.id)) {
      await answer(message, texts.unheard);
    }
  },
});

async function answer(message: Message, content: string): Promise<void> {
  if (!message.channel.isSendable()) return;
  await sendOnce(message.channel, `why:${message.id}`, {
    content,
    // It may be deleted by now.
    reply: { messageReference: message.id, failIfNotExists: false },
    allowedMentions: { parse: [] },
  });
}

const localeOf = (troupe: Troupe, { author, guildId, guild }: Message): string | null =>
  publicLocale(troupe, homeOf({ guildId, user: author }), guild?.preferredLocale ?? null);

function quoteOf(message: Message): Heard['quote'] {
  const id = message.reference?.messageId;
  const quoted = id === undefined ? undefined : message.channel.messages.cache.get(id);
  if (quoted === undefined || quoted.content === '') return null;
  return {
    by: quoted.member?.displayName ?? quoted.author.displayName,
    text: quoted.cleanContent.slice(0, QUOTE_CHARACTERS),
    message: quoted.id,
  };
}
