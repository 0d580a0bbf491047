import type { APIEmbed, APIEmbedField } from 'discord.js';

/** Discord's limits of an embed (UTF-16 units: never less than however else they may be counted). */
export const LIMITS = {
  title: 256,
  description: 4_096,
  fields: 25,
  name: 256,
  value: 1_024,
  footer: 2_048,
  author: 256,
  total: 6_000,
} as const;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Marks that turn the direction of what stands after them, too. */
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
const MARKUP = /^[\\*_~`|>#\-+[\]()<]/;
const [ISOLATE, END] = ['\u2068', '\u2069'];
const MORE = '…';

/**
 * A text that somebody wrote, as it is to be read: no markdown, no mention, no turned direction; cut
 * between graphemes where it is long.
 *
 * @param most UTF-16 units, what marks it up included.
 */
export const plain = (text: string, most: number): string => isolated(text, most, escaped);

/** The same where Discord reads no markdown: in footers, the names of authors, and menus. */
export const bare = (text: string, most: number): string => isolated(text, most, (each) => each);

const escaped = (grapheme: string): string => (MARKUP.test(grapheme) ? `\\${grapheme}` : grapheme);

function isolated(text: string, most: number, shown: (grapheme: string) => string): string {
  const line = text.replaceAll(TURNING, '').replaceAll(/\s+/g, ' ').trim();
  const room = most - ISOLATE.length - END.length;
  let [whole, cut] = ['', ''];
  for (const { segment } of graphemes.segment(line)) {
    const next = whole + shown(segment);
    if (next.length > room) return wrapped(cut + MORE);
    whole = next;
    if (whole.length <= room - MORE.length) cut = whole;
  }
  return whole === '' ? '' : wrapped(whole);
}

/** Latin and most other letters need no walls around them; what runs from the right does. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]|[\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const wrapped = (text: string): string =>
  RIGHT_TO_LEFT.test(text) ? `${ISOLATE}${text}${END}` : text;

/** As many whole lines as fit, and a word about the others. @param more for those that do not */
export function lines(
  all: readonly string[],
  most: number,
  more: (left: number) => string,
  between = '\n',
): string {
  const whole = all.join(between);
  if (whole.length <= most) return whole;
  let text = '';
  for (const [at, line] of all.entries()) {
    const next = text === '' ? line : `${text}${between}${line}`;
    const left = all.length - at - 1;
    if (next.length + between.length + more(left).length > most) {
      return [text, more(left + 1)].filter(Boolean).join(between);
    }
    text = next;
  }
  return text;
}

/** Cuts a card down to what Discord takes in all: fields from the last on give way. */
export function fitted(embed: APIEmbed): APIEmbed {
  const fields: APIEmbedField[] = [];
  let left = LIMITS.total - lengthOf({ ...embed, fields: [] });
  for (const field of embed.fields ?? []) {
    left -= field.name.length + field.value.length;
    if (left < 0 || fields.length === LIMITS.fields) break;
    fields.push(field);
  }
  return embed.fields === undefined ? embed : { ...embed, fields };
}

export const lengthOf = ({ title, description, footer, author, fields }: APIEmbed): number =>
  [title, description, footer?.text, author?.name]
    .concat((fields ?? []).flatMap(({ name, value }) => [name, value]))
    .reduce((sum, part) => sum + (part?.length ?? 0), 0);

/** Seconds since 1970, as Discord's own timestamps take them. @param iso as the log has it */
export const seconds = (iso: string): number => Math.floor(Date.parse(iso) / 1_000);
