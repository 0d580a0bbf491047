import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Opening } from '../../app/openings.ts';
import { fillMacros } from '../../engine/macros.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import { excerpt } from '../excerpt.ts';
import { shorten } from '../shorten.ts';
import type { Texts } from '../texts.ts';
import { bar } from './bar.ts';
import { accent } from './openingCard.ts';

export const BEGIN = 'begin';
export const EDIT_OPENING = 'edit-opening';
export const CHOOSE_GREETING = 'first-words';
export const CANCEL_OPENING = 'cancel-opening';

/** Stretches that are shown of long prose, all of which is read once the story begins. */
const PROSE = 400;
/** A field holds 1,024 characters. */
const FIELD = 1_000;

/** An opening to look at before anything begins. */
export function kickoffCard(opening: Opening, avatar: string | null, texts: Texts) {
  const { start: words, drawer, characters } = texts;
  const { card, sheet, names, guest, replaces, sharing } = opening;
  const filled = (text: string) => fillMacros(text, { char: sheet.name, user: guest });
  const inline = (name: string, value: string | null): APIEmbedField[] =>
    value === null ? [] : [{ name, value: shorten(value, FIELD), inline: true }];
  const others = card.others.map(({ character }) => names[character] ?? '');
  const doing = card.activities.map(({ entity, posture, verb }) => {
    const what = [posture, verb].filter(Boolean).join(', ');
    return `**${names[entity]}** ${what}`;
  });
  const first =
    card.greeting === '' ? `*${words.ownWords}*` : excerpt(filled(card.greeting), PROSE);
  const embed: APIEmbed = {
    color: accent(sheet),
    author: { name: sheet.name, ...(avatar === null ? {} : { icon_url: avatar }) },
    ...(card.kickoff === '' ? {} : { description: excerpt(filled(card.kickoff), PROSE) }),
    fields: [
      ...(others.length === 0 ? [] : inline(words.who, [sheet.name, ...others].join(', '))),
      ...inline(words.where, card.place),
      ...inline(words.when, card.time),
      ...inline(words.weather, card.weather),
      ...inline(words.days, card.anchor),
      ...(doing.length === 0
        ? []
        : [{ name: words.doing, value: excerpt(doing.join('\n'), FIELD) }]),
      { name: words.toYou(guest), value: excerpt(standings(opening, drawer), FIELD) },
      { name: words.first(opening.at, opening.of), value: first },
      ...(sharing.length === 0
        ? []
        : [
            {
              name: characters.sharing.title,
              value: characters.sharing.begins(sharing.map((name) => `**${name}**`).join(', ')),
            },
          ]),
    ],
    footer: { text: words.draft },
  };
  return {
    content: replaces === null ? '' : words.replaces(replaces),
    embeds: [embed],
    components: [buttons(opening, words)],
  };
}

function standings({ card, names, guest }: Opening, words: Texts['drawer']): string {
  const entities = [card.character, ...card.others.map(({ character }) => character)];
  return entities
    .map((entity) => {
      const seed = card.seeds.find((each) => each.entity === entity);
      const { affinity, trust, summary } = seed ?? { affinity: 50, trust: 50, summary: '' };
      const lines = [
        ...(entities.length === 1 ? [] : [`**${names[entity]}**`]),
        scored(words, words.affinity, words.affinityScale, affinity),
        scored(words, words.trust, words.trustScale, trust),
        fillMacros(summary, { char: names[entity] ?? '', user: guest }),
      ];
      return lines.filter(Boolean).join('\n');
    })
    .join('\n');
}

const scored = (
  words: Texts['drawer'],
  name: string,
  scale: readonly string[],
  score: number,
): string =>
  words.score(
    name,
    scale[Math.min(scale.length - 1, Math.floor(score / 20))] ?? '',
    bar(score),
    score,
  );

function buttons({ id, at, of, replaces, sheet }: Opening, { buttons: words }: Texts['start']) {
  const turn = (text: string, by: number) =>
    button(
      'Secondary',
      text,
      customId(CHOOSE_GREETING, id, String((at + by + of) % of), text === words.later ? 'l' : 'e'),
    );
  const edit = button('Secondary', words.edit, customId(EDIT_OPENING, id));
  const greetings = of > 1 ? [turn(words.earlier, -1), turn(words.later, 1)] : [];
  const begin = customId(BEGIN, id);
  const cancel = customId(CANCEL_OPENING, id);
  // The safe one first: what puts a story away is not.
  return replaces === null
    ? buttonRow(
        button('Primary', words.begin, begin),
        edit,
        ...greetings,
        button('Secondary', words.cancel, cancel),
      )
    : buttonRow(
        button('Secondary', words.keep, cancel),
        edit,
        ...greetings,
        button('Danger', words.anew(sheet.name), begin),
      );
}
