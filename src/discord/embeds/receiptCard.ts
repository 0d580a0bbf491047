import { type APIEmbed, escapeMarkdown } from 'discord.js';
import type { ReplyReceipt } from '../../app/words.ts';
import type { Texts } from '../texts.ts';
import { contextCard } from './contextCard.ts';

/** Discord's limit of a field. */
const FIELD = 1_024;
/** Of a memory's text on the card. */
const EXCERPT = 120;

/** What a reply was written from: how much of what, what was remembered, and what did not fit. */
export function receiptCard({ name, receipt, memories }: ReplyReceipt, texts: Texts): APIEmbed {
  const { why } = texts.words;
  const lines = memories.map(({ text, pinned, score, included }) =>
    why.memory(text === null ? why.unwitnessed : excerpt(text), pinned ? null : score, included),
  );
  const value = fitted(lines);
  return {
    ...contextCard(name, receipt, texts),
    title: why.title,
    ...(value === '' ? {} : { fields: [{ name: why.remembered, value }] }),
  };
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return escapeMarkdown(line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line);
}

/** As many whole lines as fit. */
function fitted(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > FIELD) break;
    text += text === '' ? line : `\n${line}`;
  }
  return text;
}
