import type { APIEmbed } from 'discord.js';
import type { ReadCard } from '../../app/ports/cards.ts';
import { fillMacros } from '../../engine/macros.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import { withPortrait } from '../portraitFile.ts';
import { shorten } from '../shorten.ts';
import type { Texts } from '../texts.ts';
import { SHEET_STEP, type Step } from './draftCard.ts';
import { accent } from './openingCard.ts';

const LISTED = 8;

/** What a card holds, before anything of it is kept. */
export function importCard(
  id: string,
  read: ReadCard,
  picture: Uint8Array | null,
  viewer: string,
  { characters: words }: Texts,
) {
  const { sheet, form, version, creator, creatorNotes, cuts, notes } = read;
  const greetings = (sheet.greeting === '' ? 0 : 1) + sheet.alternateGreetings.length;
  const entries = sheet.book?.entries.length ?? 0;
  const named = (field: string) => (words.fields as Record<string, string>)[field] ?? field;
  const paths = [...new Set(notes.map(({ path }) => path))];
  const listed = paths
    .slice(0, LISTED)
    .map((path) => `\`${shorten(path, 60).replaceAll('`', '’')}\``);
  const more = paths.length - listed.length;
  const fields: [string, string, boolean][] = [
    [words.card.form, words.card.formIs(form, version), true],
    [words.card.openings, String(greetings), true],
    [words.lore, words.entries(entries), true],
    [words.card.by, shorten(creator, 100), true],
    [
      words.show.firstWords,
      shorten(fillMacros(sheet.greeting, { char: sheet.name, user: viewer }), 500),
      false,
    ],
    [
      words.card.cut,
      cuts.map(({ field, had, limit }) => words.card.cutTo(named(field), had, limit)).join('\n'),
      false,
    ],
    [
      words.card.noEffect,
      [listed.join(', '), more > 0 ? words.card.more(more) : ''].filter(Boolean).join(' '),
      false,
    ],
  ];
  const embed: APIEmbed = {
    color: accent(sheet),
    title: words.card.title(sheet.name),
    description: shorten(sheet.summary || creatorNotes || sheet.persona, 400),
    fields: fields
      .filter(([, value]) => value !== '')
      .map(([name, value, inline]) => ({ name, value: value.slice(0, 1_024), inline })),
    footer: {
      text: [sheet.adult ? `${words.adult}.` : '', words.card.footer].filter(Boolean).join(' '),
    },
  };
  const step = (name: Step) => customId(SHEET_STEP, id, name);
  return {
    ...withPortrait(embed, picture),
    components: [
      buttonRow(
        button('Primary', words.card.confirm, step('done')),
        button('Secondary', words.edit, step('edit')),
        button('Danger', words.discard, step('discard')),
      ),
    ],
  };
}
