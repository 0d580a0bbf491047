import { z } from 'zod';
import { complain } from './check.ts';
import { isUnicodeEmoji } from './emoji.ts';

/** Text up to a length, counted in UTF-16 units: never more generous than Discord's own count. */
export const text = (max: number, min = 0) => z.string().min(min).max(max);

/** An id, as text or as a number. */
export const snowflake = z
  .union([z.string(), z.number()])
  .transform(String)
  .superRefine((value, context) => {
    if (/^\d{1,20}$/.test(value)) return;
    complain(context, [], 'NUMBER_TYPE_COERCE', `Value ${JSON.stringify(value)} is not snowflake.`);
  });

/** One of a few numbers. */
export const choice = <N extends number>(...from: readonly N[]) =>
  z.number().superRefine((value, context) => {
    if (from.some((each) => each === value)) return;
    complain(context, [], 'BASE_TYPE_CHOICES', `Value must be one of {${from.join(', ')}}.`);
  }) as unknown as z.ZodType<N, N>;

/** A whole number of any size: `int()` would stop where they can no longer be told apart. */
export const wholeNumber = z.number().multipleOf(1);

/** Permissions: digits as the documentation has them, or the number that the specification allows. */
export const flagBits = z
  .union([z.string(), wholeNumber.min(0)])
  .transform(String)
  .superRefine((value, context) => {
    if (/^\d{1,20}$/.test(value)) return;
    complain(context, [], 'NUMBER_TYPE_COERCE', `Value ${JSON.stringify(value)} is not int.`);
  });

/** A list with nothing in it twice. */
export const unique = <T extends z.ZodArray>(list: T) =>
  list.superRefine((items, context) => {
    const shown = (items as unknown[]).map((item) => JSON.stringify(item));
    if (new Set(shown).size === shown.length) return;
    complain(context, [], 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
  });

/** The kinds of channel that a select or an option is narrowed to. */
export const channelTypes = unique(z.array(choice(0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15)));

/** A link by http or https, or to a file of the same message. */
export const link = (...schemes: string[]) =>
  z.string().superRefine((value, context) => {
    const allowed = ['http', 'https', ...schemes];
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
    if (scheme === undefined || !URL.canParse(value)) {
      complain(context, [], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    } else if (!allowed.includes(scheme)) {
      complain(
        context,
        [],
        'URL_TYPE_INVALID_SCHEME',
        `Scheme "${scheme}" is not supported. Scheme must be one of (${allowed.map((name) => `'${name}'`).join(', ')}).`,
      );
    }
  });

export const partialEmoji = z
  .looseObject({
    id: snowflake.nullish(),
    name: z.string().nullish(),
    animated: z.boolean().nullish(),
  })
  .superRefine(({ id, name }, context) => {
    if (id || isUnicodeEmoji(name ?? '')) return;
    complain(context, ['name'], 'COMPONENT_INVALID_EMOJI', 'Invalid emoji');
  });

/** How the pictures that Discord takes begin. */
const SIGNATURES: readonly (readonly [type: string, bytes: RegExp])[] = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8/],
  ['image/webp', /^RIFF.{4}WEBP/s],
  ['image/avif', /^.{4}ftypavi[fs]/s],
];

/** An image given as a data URL. What it says of its type is not believed: discord.js calls all of them jpg. */
export const imageData = z.string().superRefine((value, context) => {
  if (/^data:image\/\w+;base64,/.test(value) && decodeImage(value).type !== undefined) return;
  complain(context, [], 'IMAGE_INVALID', 'Invalid image data');
});

/** The bytes of a data URL, and what they are. */
export function decodeImage(data: string): { type: string | undefined; bytes: Buffer } {
  const bytes = Buffer.from(data.slice(data.indexOf(',') + 1), 'base64');
  const start = bytes.toString('latin1', 0, 16);
  return { type: SIGNATURES.find(([, signature]) => signature.test(start))?.[0], bytes };
}
