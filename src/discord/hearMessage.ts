import { type Message, MessageType } from 'discord.js';
import type { Hearing } from '../app/hearing.ts';
import type { Heard, Troupe } from '../app/troupe.ts';
import type { EditedMessage } from '../app/words.ts';
import { homeOf } from './homeOf.ts';
import { publicLocale } from './publicTexts.ts';
import { sendOnce } from './sendOnce.ts';
import { standingOfAuthor } from './standing.ts';
import { refusalsFor, textsFor } from './texts.ts';

/** Longest stretch of a quoted message that a character is reminded of. */
const QUOTE_CHARACTERS = 300;

/** Other applications', webhooks' and the bot's own messages are never turns, nor are system ones. */
export const isPersons = ({ author, webhookId, type }: Message): boolean =>
  !author.bot && webhookId === null && (type === MessageType.Default || type === MessageType.Reply);

/** Whether there is anything in a message that a story could hold. */
export const saysSomething = ({ content, attachments }: Message): boolean =>
  content !== '' || attachments.size > 0;

/** A person's message, as a story takes it. */
export function heardIn(message: Message): Heard {
  const attachments = message.attachments.map(({ name, contentType, size, url }) => ({
    name,
    type: contentType,
    size,
    url: contentType?.startsWith('image/') ? url : null,
  }));
  return {
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
}

/** What an author made of a message; null for one that nobody edited, whatever else came of it. */
export const editedIn = (message: Message): EditedMessage | null =>
  message.editedTimestamp === null
    ? null
    : {
        message: message.id,
        by: `user:${message.author.id}`,
        editedAt: message.editedTimestamp,
        text: message.content,
        readable: message.cleanContent,
      };

/** Tells whoever was not heard, or is not answered, once why. */
export async function tellHearing(troupe: Troupe, message: Message, heard: Hearing): Promise<void> {
  const { channelId: channel, author } = message;
  const person = `user:${author.id}` as const;
  const locale = localeOf(troupe, message);
  const texts = textsFor(locale);
  if (heard === 'not-allowed' && troupe.firstForbidden(channel, person)) {
    const refuse = refusalsFor(locale)['not-allowed'];
    await answer(message, refuse({ right: 'speak', by: 'everyone' }));
  }
  if (heard === 'used-up') {
    const used = troupe.firstUsedUp(channel, person);
    if (used === null) return;
    const { usedUp, allUsedUp } = texts.settings;
    await answer(message, used.whose === 'person' ? usedUp(used.until) : allUsedUp(used.until));
  }
  if (heard === 'unheard' && troupe.firstUnheard(channel, author.id)) {
    await answer(message, texts.unheard);
  }
}

async function answer(message: Message, content: string): Promise<void> {
  if (!message.channel.isSendable()) return;
  await sendOnce(message.channel, `why:${message.id}`, {
    content,
    // It may be deleted by now.
    reply: { messageReference: message.id, failIfNotExists: false },
    allowedMentions: { parse: [] },
  });
}

/** The language of what everyone reads where a message stands. */
export const localeOf = (troupe: Troupe, { author, guildId, guild }: Message): string | null =>
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
