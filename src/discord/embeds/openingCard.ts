import type { APIEmbed } from 'discord.js';
import type { Welcome } from '../../app/ports/rooms.ts';
import type { Sheet } from '../../engine/sheet.ts';
import { excerpt } from '../excerpt.ts';
import { shorten } from '../shorten.ts';
import type { Texts } from '../texts.ts';

/** Room for the line below the prose; a description holds 4,096 characters. */
const PROSE = 3_900;
/** A field holds 1,024. */
const FIELD = 1_000;

/** Where the story begins: the kickoff, and who, where, when. */
export function openingCard(
  { card, sheet, names }: Omit<Extract<Welcome, { kind: 'opening' }>, 'kind'>,
  about: { readonly user: string; readonly avatar: string | null; readonly offline: boolean },
  { start: words }: Texts,
): APIEmbed {
  const told = excerpt(card.kickoff, PROSE);
  const others = card.others.map(({ character }) => names[character] ?? '').filter(Boolean);
  const inline = (name: string, value: string) => ({
    name,
    value: shorten(value, FIELD),
    inline: true,
  });
  return {
    color: accent(sheet),
    author: { name: sheet.name, ...(about.avatar === null ? {} : { icon_url: about.avatar }) },
    description: [told, `-# ${words.began(about.user)}`].filter(Boolean).join('\n\n'),
    fields: [
      ...(others.length === 0 ? [] : [inline(words.who, [sheet.name, ...others].join(', '))]),
      inline(words.where, card.place),
      inline(words.when, card.time),
      ...(card.weather === null ? [] : [inline(words.weather, card.weather)]),
    ],
    ...(about.offline ? { footer: { text: words.offline } } : {}),
  };
}

export const accent = (sheet: Sheet): number => Number.parseInt(sheet.colour.slice(1), 16);
