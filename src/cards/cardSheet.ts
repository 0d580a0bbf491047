import type { Lorebook } from '../engine/lore/lorebook.ts';
import { fillMacros } from '../engine/macros.ts';
import { type Sheet, sheet as sheetSchema } from '../engine/sheet.ts';
import { type Card, type CardFields, newCard, withFields } from './card.ts';
import { CardError } from './cardError.ts';
import { isObject, type JsonObject } from './json.ts';
import { writeLorebook } from './lorebookJson.ts';

/** Something that did not fit and was cut to the length that it may have. */
export interface Cut {
  readonly field: keyof Sheet;
  /** Characters that it had, and that it may have. */
  readonly had: number;
  readonly limit: number;
}

export interface SheetFromCard {
  readonly sheet: Sheet;
  readonly cuts: readonly Cut[];
}

const LIMITS = {
  persona: 32_000,
  kickoff: 8_000,
  greeting: 8_000,
  frame: 16_000,
  instructions: 8_000,
};
const MOST_TRAITS = 20;
const MOST_VOICES = 20;

/**
 * The sheet that a card gives. `{{char}}` is filled in; `{{user}}` stays, since who that is shows in play.
 * @param card the hash of its file, and of its picture, where they are kept.
 * @throws {CardError} `no-name` for a name that Discord does not take, such as one with "discord" in it.
 */
export function sheetFromCard(
  { fields, book }: Card,
  kept: { readonly card: string | null; readonly avatar: string | null },
): SheetFromCard {
  const cuts: Cut[] = [];
  const char = fields.nickname.trim() || fields.name.trim();
  const filled = (text: string) => fillMacros(text, { char, user: '{{user}}' }).trim();
  const bounded = (field: keyof typeof LIMITS, text: string): string => {
    const limit = LIMITS[field];
    const whole = filled(text);
    if (whole.length > limit) cuts.push({ field, had: whole.length, limit });
    return whole.slice(0, limit).trim();
  };
  const traits = traitsOf(filled(fields.personality));
  const about = traits === null ? [fields.description, fields.personality] : [fields.description];
  const persona = bounded('persona', about.filter((each) => each.trim() !== '').join('\n\n'));
  const greetings = [fields.greeting, ...fields.alternateGreetings]
    .filter((each) => each.trim() !== '')
    .map((each) => bounded('greeting', each));
  const parsed = sheetSchema.safeParse({
    name: fields.name.trim().slice(0, 80),
    pronouns: '',
    colour: colourOf(fields.name),
    summary: summaryOf(fields, persona),
    persona: persona === '' ? char : persona,
    traits: traits ?? [],
    voice: voiceOf(filled(fields.examples), char),
    backstory: '',
    relationship: '',
    kickoff: bounded('kickoff', fields.scenario),
    place: '',
    time: '',
    greeting: greetings[0] ?? '',
    alternateGreetings: greetings.slice(1, 51),
    frame: bounded('frame', fields.systemPrompt.replaceAll('{{original}}', '')) || null,
    instructions:
      bounded('instructions', fields.postHistory.replaceAll('{{original}}', '')) || null,
    book: book && withWholeNames(book, char, fields.name),
    adult: fields.tags.some((tag) => /^(nsfw|adult|18\+|explicit)$/i.test(tag.trim())),
    markdown: false,
    ...kept,
  });
  if (!parsed.success) throw new CardError('no-name', { cause: parsed.error });
  return { sheet: parsed.data, cuts };
}

/** Who knows of an entry is told by name; a card may say it by nickname. */
const withWholeNames = (book: Lorebook, nickname: string, name: string): Lorebook => ({
  ...book,
  entries: book.entries.map((entry) => ({
    ...entry,
    knownBy: entry.knownBy.map((each) => (each === nickname ? name.trim().slice(0, 80) : each)),
  })),
});

/**
 * A character as a card: the one that it came from, with what was changed since, or a new one.
 * @param origin the card as it was read; null for a character that was written here.
 */
export function cardFromSheet(sheet: Sheet, origin: Card | null): JsonObject {
  if (origin === null) {
    return withBook(newCard({ ...fieldsOf(sheet), name: sheet.name }), sheet.book, null);
  }
  const before = sheetFromCard(origin, { card: sheet.card, avatar: sheet.avatar }).sheet;
  const [was, is] = [fieldsOf(before), fieldsOf(sheet)];
  const changes = Object.fromEntries(
    Object.entries(is).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(was[field as keyof typeof was]),
    ),
  );
  return withBook(withFields(origin, changes), sheet.book, before.book);
}

/** The card with its book, where that was changed. */
function withBook(json: JsonObject, book: Sheet['book'], before: Sheet['book']): JsonObject {
  if (JSON.stringify(book) === JSON.stringify(before)) return json;
  const written = { character_book: book === null ? null : writeLorebook(book) };
  return isObject(json.data)
    ? { ...json, data: { ...json.data, ...written } }
    : { ...json, ...written };
}

function fieldsOf(sheet: Sheet): Partial<CardFields> {
  const past = [sheet.persona, sheet.backstory, sheet.relationship];
  return {
    name: sheet.name,
    description: past.filter((each) => each !== '').join('\n\n'),
    personality: sheet.traits.join(', '),
    scenario: sheet.kickoff,
    greeting: sheet.greeting,
    alternateGreetings: sheet.alternateGreetings,
    examples: sheet.voice.map((line) => `<START>\n{{char}}: ${line}`).join('\n'),
    systemPrompt: sheet.frame ?? '',
    postHistory: sheet.instructions ?? '',
  };
}

/** A list of short words is traits; prose is a part of who the character is. */
function traitsOf(personality: string): string[] | null {
  const words = personality
    .split(/[,;\n]/)
    .map((each) => each.trim().replace(/\.$/, ''))
    .filter((each) => each !== '');
  const short = words.every((each) => each.length <= 40 && !/[.!?]\s/.test(each));
  return short ? words.slice(0, MOST_TRAITS) : null;
}

/** What the character says in the card's examples. */
function voiceOf(examples: string, char: string): string[] {
  const own = `${char}:`.toLowerCase();
  return examples
    .split(/<START>|\n(?=[^\n:]{1,80}:)/i)
    .map((each) => each.trim())
    .filter((each) => each.toLowerCase().startsWith(own))
    .map((each) => each.slice(own.length).trim().slice(0, 400).trim())
    .filter((each) => each !== '')
    .slice(0, MOST_VOICES);
}

function summaryOf({ creatorNotes, tags }: CardFields, persona: string): string {
  const first = /^[^\n]*?[.!?…](?=\s|$)|^[^\n]+/.exec(creatorNotes.trim() || persona)?.[0] ?? '';
  const line = first.length > 0 && first.length <= 90 ? first : '';
  return line || tags.slice(0, 5).join(', ').slice(0, 90) || first.slice(0, 90).trim();
}

/** A colour of its own for every name, neither glaring nor dim. */
function colourOf(name: string): string {
  let mixed = 7;
  for (const char of name) mixed = (mixed * 31 + (char.codePointAt(0) ?? 0)) % 360;
  const channel = (shift: number) => {
    const wave = Math.abs(((mixed + shift) % 360) / 60 - 3) - 1;
    return Math.round(96 + 100 * Math.min(1, Math.max(0, wave)));
  };
  return `#${[0, 240, 120].map((shift) => channel(shift).toString(16).padStart(2, '0')).join('')}`;
}
