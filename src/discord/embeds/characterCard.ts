import type { APIEmbed } from 'discord.js';
import { NOBODY } from '../../engine/erasure.ts';
import type { EntityId } from '../../engine/ids.ts';
import { fillMacros } from '../../engine/macros.ts';
import type { AuthoredCharacter } from '../../engine/state/home.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import { withPortrait } from '../portraitFile.ts';
import { shorten } from '../shorten.ts';
import type { Texts } from '../texts.ts';
import { accent } from './openingCard.ts';

export const CHARACTER_STEP = 'character';
export const characterSteps = ['edit', 'retire'] as const;
export const NEW_SHEET = 'new-sheet';
export const SHARE_MEMORIES = 'share-memories';

export interface CharacterView {
  readonly id: EntityId;
  readonly character: AuthoredCharacter;
  readonly picture: Uint8Array | null;
  /** Whether whoever looks may rewrite it. */
  readonly own: boolean;
  /** The story here, where it plays by an older version in it. */
  readonly older: string | null;
  /** Whether it is reminded in one story of the others here; null in direct messages, where it never is. */
  readonly shares: boolean | null;
  /** What whoever looks goes by. */
  readonly viewer: string;
}

/** A character as everyone may see it: nothing of what only its player should come upon. */
export function characterCard(view: CharacterView, { characters: words }: Texts) {
  const { id, character, picture, own, older, shares, viewer } = view;
  const { sheet, author, revision, retired } = character;
  const greetings = (sheet.greeting === '' ? 0 : 1) + sheet.alternateGreetings.length;
  const person = author === NOBODY ? '' : `<@${author.slice('user:'.length)}>`;
  const who = author.startsWith('user:') ? person : words.show.troupe;
  const fields: [string, string, boolean][] = [
    [
      words.show.firstWords,
      shorten(fillMacros(sheet.greeting, { char: sheet.name, user: viewer }), 1_000),
      false,
    ],
    [words.card.openings, greetings > 1 ? String(greetings) : '', true],
    [words.fields.place, sheet.place, true],
    [words.show.writtenBy, who, true],
    [words.sharing.title, shares === null ? '' : words.sharing.means(shares), false],
  ];
  const marks = [
    words.show.revision(revision),
    sheet.adult ? words.show.adult : '',
    retired ? words.show.retired : '',
  ];
  const embed: APIEmbed = {
    color: accent(sheet),
    author: { name: [sheet.name, sheet.pronouns].filter(Boolean).join(', ') },
    ...(sheet.summary === '' ? {} : { description: sheet.summary }),
    fields: fields
      .filter(([, value]) => value !== '')
      .map(([name, value, inline]) => ({ name, value, inline })),
    footer: { text: marks.filter(Boolean).join(' · ') },
  };
  const buttons = [
    ...(older === null
      ? []
      : [button('Primary', words.show.useHere, customId(NEW_SHEET, older, id))]),
    ...(own ? [button('Secondary', words.edit, customId(CHARACTER_STEP, id, 'edit'))] : []),
    ...(own && shares !== null
      ? [
          button(
            'Secondary',
            words.sharing.change(!shares),
            customId(SHARE_MEMORIES, id, shares ? 'apart' : 'shared'),
          ),
        ]
      : []),
    ...(own && !retired
      ? [button('Danger', words.retire, customId(CHARACTER_STEP, id, 'retire'))]
      : []),
  ];
  return {
    ...withPortrait(embed, picture),
    components: buttons.length === 0 ? [] : [buttonRow(...buttons)],
  };
}
