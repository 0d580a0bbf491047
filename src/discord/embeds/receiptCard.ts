import { type APIEmbed, escapeMarkdown } from 'discord.js';
import type { ReadReceipt } from '../../app/readReceipt.ts';
import { shorten } from '../shorten.ts';
import type { Texts } from '../texts.ts';
import { bar } from './bar.ts';
import { ACCENT } from './helpCard.ts';

/** Discord's limit of a field. */
const FIELD = 1_024;
/** Of a memory's text on the card. */
const EXCERPT = 140;
/** Of another story's name. */
const NAME = 60;

type Words = Texts['drawerUi']['receipt'];

/** What a reply was made from: how much of what, what came to mind, and what did not fit. */
export const whyCard = (read: ReadReceipt, { drawerUi: { receipt } }: Texts): APIEmbed =>
  card(read, receipt, receipt.why, receipt.room);

/** What a character would read before its next reply. */
export const nextCard = (read: ReadReceipt, { drawerUi: { receipt } }: Texts): APIEmbed =>
  card(read, receipt, receipt.next(read.name), receipt.roomNext);

function card(read: ReadReceipt, words: Words, title: string, room: Words['room']): APIEmbed {
  const { name, receipt } = read;
  const { tokens, budget } = receipt;
  const remembered = fitted(memoryLines(read, words), words);
  return {
    color: ACCENT,
    title,
    description: `${room(escapeMarkdown(name), tokens, budget.soft)}\n${bar(percent(tokens, budget.soft))}`,
    fields: [
      { name: words.made, value: fitted(sectionLines(read, words), words) },
      ...(remembered === '' ? [] : [{ name: words.remembered, value: remembered }]),
      { name: words.cut, value: cutLines(read, words).slice(0, FIELD) },
    ],
    footer: { text: words.footer },
  };
}

const percent = (part: number, whole: number): number =>
  Math.min(100, Math.round((100 * part) / Math.max(1, whole)));

/** In the order in which the character reads them; the bar of the largest is full. */
function sectionLines({ receipt }: ReadReceipt, words: Words): string[] {
  const all = receipt.sections.filter(({ tokens }) => tokens > 0);
  const most = Math.max(...all.map(({ tokens }) => tokens));
  return all.map(({ name, tokens }) => {
    const share = percent(tokens, receipt.tokens);
    return `${bar(percent(tokens, most))} **${words.sections[name] ?? name}** ${words.share(tokens, share)}`;
  });
}

/** A score says something only beside the others of the same prompt: the best is full. */
function memoryLines({ memories }: ReadReceipt, words: Words): string[] {
  const best = Math.max(...memories.map(({ score }) => score ?? 0));
  return memories.map(({ text, pinned, included, score, why, from }) => {
    const told = text === null ? words.unwitnessed : escapeMarkdown(shorten(text, EXCERPT));
    const reasons = pinned ? [words.kept] : why.map((each) => words.because[each] ?? each);
    if (from !== null) {
      reasons.unshift(words.elsewhere(from.name && escapeMarkdown(shorten(from.name, NAME))));
    }
    if (!included) reasons.push(words.leftOut);
    const sign = pinned ? words.pinned : bar(percent(score ?? 0, best));
    return `${sign} ${told}${reasons.length === 0 ? '' : `\n-# ${reasons.join(', ')}`}`;
  });
}

function cutLines({ receipt }: ReadReceipt, words: Words): string {
  const { trimmed, budget } = receipt;
  const named = (why: 'soft-budget' | 'hard-budget') =>
    trimmed
      .filter((each) => each.why === why)
      .map(({ name, items }) => words.parts[name]?.(items) ?? name)
      .join(', ');
  const [soft, hard] = [named('soft-budget'), named('hard-budget')].map(capital);
  const lines = [
    soft && words.cutSoft(soft, budget.soft),
    hard && words.cutHard(hard, budget.hard),
  ].filter(Boolean);
  return lines.join('\n') || words.fits;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** As many whole lines as fit, and how many there are beyond them. */
function fitted(lines: readonly string[], words: Words): string {
  let text = '';
  for (const [at, line] of lines.entries()) {
    const more = `\n-# ${words.more(lines.length - at)}`;
    const longer = text === '' ? line : `${text}\n${line}`;
    const room = at === lines.length - 1 ? FIELD : FIELD - more.length;
    if (longer.length > room) return text + more;
    text = longer;
  }
  return text;
}
