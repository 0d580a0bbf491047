import type { APIEmbed } from 'discord.js';
import type { Draft } from '../../app/casting.ts';
import { fillMacros } from '../../engine/macros.ts';
import type { Sheet } from '../../engine/sheet.ts';
import { button, buttonRow } from '../buttons.ts';
import { customId } from '../component.ts';
import { withPortrait } from '../portraitFile.ts';
import { shorten } from '../shorten.ts';
import type { Texts } from '../texts.ts';
import { ACCENT } from './helpCard.ts';

/** The forms in which a sheet is filled in. */
export const parts = ['basics', 'opening', 'voice', 'ways', 'picture'] as const;
export type Part = (typeof parts)[number];
export const SHEET_PART = 'sheet-part';

export const steps = ['edit', 'adult', 'done', 'discard'] as const;
export type Step = (typeof steps)[number];
export const SHEET_STEP = 'sheet-step';

/** Without these, nobody can be played. */
const NEEDED = ['name', 'persona'] as const;
const VALUE = 300;

export interface DraftView {
  /** What the draft goes by. */
  readonly id: string;
  readonly draft: Draft;
  readonly picture: Uint8Array | null;
  /** What whoever writes goes by. */
  readonly viewer: string;
}

/** A character that is being written: what is filled in, what is missing, and the ways on. */
export function draftCard({ id, draft, picture, viewer }: DraftView, { characters: words }: Texts) {
  const sheet = draft.sheet as Partial<Sheet>;
  const missing = NEEDED.filter((field) => !sheet[field]).map((field) => words.fields[field]);
  const ways = [sheet.frame, sheet.instructions].some(Boolean) || sheet.markdown;
  const greetings = (sheet.greeting ? 1 : 0) + (sheet.alternateGreetings?.length ?? 0);
  const summaries: Record<Exclude<Part, 'picture'>, readonly string[]> = {
    basics: [sheet.pronouns ?? '', sheet.summary ?? '', sheet.persona ?? ''],
    opening: [
      [sheet.place, sheet.time].filter(Boolean).join(', '),
      sheet.kickoff ?? '',
      sheet.greeting ? `“${shorten(sheet.greeting, 120)}”` : '',
      greetings > 1 ? words.greetings(greetings) : '',
    ],
    voice: [
      words.traitsAndLines(sheet.traits?.length ?? 0, sheet.voice?.length ?? 0).join(', '),
      sheet.backstory ? words.past(sheet.backstory.length) : '',
    ],
    ways: [ways ? words.own : words.asUsual],
  };
  const filled = (line: string) => fillMacros(line, { char: sheet.name ?? '', user: viewer });
  const value = (lines: readonly string[]) =>
    lines
      .filter(Boolean)
      .map((line) => shorten(filled(line), VALUE))
      .join('\n') || words.empty;
  const entries = sheet.book?.entries.length ?? 0;
  const embed: APIEmbed = {
    color: sheet.colour === undefined ? ACCENT : Number.parseInt(sheet.colour.slice(1), 16),
    author: { name: sheet.name || words.unnamed },
    description: missing.length > 0 ? words.missing(missing) : words.ready,
    fields: [
      ...parts
        .filter((part) => part !== 'picture')
        .map((part) => ({ name: words.parts[part], value: value(summaries[part]) })),
      ...(sheet.adult ? [{ name: words.adult, value: words.adultIs }] : []),
      ...(entries === 0 ? [] : [{ name: words.lore, value: words.entries(entries) }]),
    ],
    footer: { text: words.footer },
  };
  const step = (name: Step) => customId(SHEET_STEP, id, name);
  const adult = button(
    'Secondary',
    sheet.adult ? words.unmarkAdult : words.markAdult,
    step('adult'),
  );
  return {
    ...withPortrait(embed, picture),
    components: [
      buttonRow(
        ...parts.map((part) =>
          button('Secondary', words.parts[part], customId(SHEET_PART, id, part)),
        ),
      ),
      buttonRow(
        { ...button('Primary', words.done, step('done')), disabled: missing.length > 0 },
        adult,
        button('Danger', words.discard, step('discard')),
      ),
    ],
  };
}
