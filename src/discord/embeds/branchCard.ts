import type { APIEmbed } from 'discord.js';
import type { MessagePlace, Welcome } from '../../app/ports/rooms.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

const LINE = 300;

/** Where a story goes on from, for whoever comes upon it: what it is, and the last words as a quotation. */
export const branchCard = (
  name: string,
  { of, at, lines }: Extract<Welcome, { kind: 'branch' }>,
  { chats: words }: Texts,
): APIEmbed => ({
  color: ACCENT,
  title: name.slice(0, 256),
  description: [
    ...(of === null ? [] : [words.branchedOff(of, at === null ? null : linkTo(at)), '']),
    ...lines.map(({ name: by, text }) => quoted(by, text)),
  ].join('\n'),
  footer: { text: words.goOn },
});

export const linkTo = ({ guild, channel, message }: MessagePlace): string =>
  `https://discord.com/channels/${guild ?? '@me'}/${channel}/${message}`;

/** A line as Discord shows a quotation, cut where it is long. */
export function quoted(by: string, text: string): string {
  const cut = text.length > LINE ? `${text.slice(0, LINE)}…` : text;
  return `> **${by}**: ${cut.replaceAll('\n', '\n> ')}`;
}
