import { z } from 'zod';
import { complain } from './check.ts';
import { link, text } from './fields.ts';

const shown = {
  width: z.number().int().nullish(),
  height: z.number().int().nullish(),
  placeholder: text(64).nullish(),
  placeholder_version: z.number().int().min(0).max(0x7fffffff).nullish(),
  is_animated: z.boolean().nullish(),
  description: text(4_096).nullish(),
};
const url = (...schemes: string[]) =>
  text(2_048)
    .pipe(link(...schemes))
    .nullish();
const image = z.looseObject({ ...shown, url: url('attachment') });

const ISO_8601 = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

const embed = z
  .looseObject({
    title: text(256).nullish(),
    description: text(4_096).nullish(),
    type: z.string().nullish(),
    url: url(),
    timestamp: z.string().nullish(),
    color: z.number().int().min(0).max(0xffffff).nullish(),
    footer: z.looseObject({ text: text(2_048), icon_url: url('attachment') }).nullish(),
    image: image.nullish(),
    thumbnail: image.nullish(),
    // Only Discord's own embeds show these two; what is sent of them is checked all the same.
    video: z.looseObject({ ...shown, url: url() }).nullish(),
    provider: z.looseObject({ name: text(256).nullish(), url: url() }).nullish(),
    author: z
      .looseObject({
        name: text(256, 1),
        url: url(),
        icon_url: url('attachment'),
      })
      .nullish(),
    fields: z
      .array(
        z.looseObject({
          name: text(256, 1),
          value: text(1_024, 1),
          inline: z.boolean().nullish(),
        }),
      )
      .max(25)
      .nullish(),
  })
  .superRefine((value, context) => {
    const { timestamp } = value;
    if (timestamp && !(ISO_8601.test(timestamp) && !Number.isNaN(Date.parse(timestamp)))) {
      complain(
        context,
        ['timestamp'],
        'DATE_TIME_TYPE_PARSE',
        `Could not parse ${timestamp}. Should be ISO8601.`,
      );
    }
    const { title, description, footer, image, thumbnail, author, fields } = value;
    const shows = title || description || footer || image || thumbnail || author || fields?.length;
    if (!shows) complain(context, ['description'], 'BASE_TYPE_REQUIRED', 'This field is required');
  });

type Embed = z.infer<typeof embed>;

/** Up to ten embeds with 6,000 characters over all of them. */
export const embeds = z
  .array(embed)
  .max(10)
  .superRefine((list, context) => {
    if (list.reduce((sum, item) => sum + embedLength(item), 0) <= 6_000) return;
    complain(context, [], 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
  });

function embedLength({ title, description, footer, author, fields }: Embed): number {
  const parts = [title, description, footer?.text, author?.name];
  for (const { name, value } of fields ?? []) parts.push(name, value);
  return parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
}
