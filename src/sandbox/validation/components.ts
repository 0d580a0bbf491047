import { ButtonStyle, ComponentType as Type } from 'discord-api-types/v10';
import { z } from 'zod';
import { complain } from './check.ts';
import { channelTypes, link, partialEmoji, snowflake, text } from './fields.ts';

const id = z.number().int().min(0).max(0x7fffffff).nullish();
const customId = text(100, 1);
const media = z.looseObject({ url: link('attachment') });

const button = z
  .looseObject({
    type: z.literal(Type.Button),
    id,
    style: z.number().int().min(1).max(6),
    label: text(80).nullish(),
    emoji: partialEmoji.nullish(),
    custom_id: customId.nullish(),
    url: text(512).pipe(link('discord')).nullish(),
    sku_id: snowflake.nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine(({ style, label, emoji, custom_id, url }, context) => {
    const isLink = style === ButtonStyle.Link;
    if (style === ButtonStyle.Premium) return;
    if (isLink && !url) complain(context, ['url'], 'BASE_TYPE_REQUIRED', 'A url is required');
    if (!isLink && !custom_id) {
      complain(context, ['custom_id'], 'BASE_TYPE_REQUIRED', 'A custom id is required');
    }
    if (custom_id && url) {
      complain(
        context,
        ['custom_id'],
        'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
        'A custom id and url cannot both be specified',
      );
    } else if (!isLink && url) {
      complain(context, ['url'], 'BUTTON_COMPONENT_INVALID_URL', 'A url is only for link buttons');
    }
    if (!label && !emoji) {
      complain(
        context,
        ['label'],
        'BUTTON_COMPONENT_EMPTY_LABEL',
        'A label or an emoji is required',
      );
    }
  });

const option = z.looseObject({
  label: text(100, 1),
  value: text(100, 1),
  description: text(100).nullish(),
  emoji: partialEmoji.nullish(),
  default: z.boolean().nullish(),
});

const choice = {
  id,
  custom_id: customId,
  placeholder: text(150).nullish(),
  min_values: z.number().int().min(0).max(25).nullish(),
  max_values: z.number().int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
};

const stringSelect = z
  .looseObject({
    type: z.literal(Type.StringSelect),
    ...choice,
    options: z.array(option).min(1).max(25),
  })
  .superRefine(({ options, min_values, max_values }, context) => {
    const values = options.map(({ value }) => value);
    for (const [index, value] of values.entries()) {
      if (values.indexOf(value) === index) continue;
      complain(
        context,
        ['options', index, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    if ((max_values ?? 1) > options.length || (min_values ?? 1) > (max_values ?? 1)) {
      complain(
        context,
        ['max_values'],
        'SELECT_COMPONENT_MAX_VALUES',
        'The values cannot be more than the options, nor the least more than the most',
      );
    }
    if (options.filter((item) => item.default).length > (max_values ?? 1)) {
      complain(
        context,
        ['options'],
        'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES',
        'There are more defaults than values may be chosen',
      );
    }
  });

const entitySelect = (
  type:
    | typeof Type.UserSelect
    | typeof Type.RoleSelect
    | typeof Type.MentionableSelect
    | typeof Type.ChannelSelect,
  ...kinds: ('user' | 'role' | 'channel')[]
) =>
  z.looseObject({
    type: z.literal(type),
    ...choice,
    channel_types: channelTypes.nullish(),
    default_values: z
      .array(z.looseObject({ id: snowflake, type: z.enum(kinds) }))
      .max(25)
      .nullish(),
  });

const selects = [
  stringSelect,
  entitySelect(Type.UserSelect, 'user'),
  entitySelect(Type.RoleSelect, 'role'),
  entitySelect(Type.MentionableSelect, 'user', 'role'),
  entitySelect(Type.ChannelSelect, 'channel'),
] as const;

export const selectComponents = selects;

const row = z
  .looseObject({
    type: z.literal(Type.ActionRow),
    id,
    components: z
      .array(z.discriminatedUnion('type', [button, ...selects]))
      .min(1)
      .max(5),
  })
  .superRefine(({ components }, context) => {
    if (components.length > 1 && components.some(({ type }) => type !== Type.Button)) {
      complain(
        context,
        ['components'],
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      );
    }
  });

export const textDisplay = z.looseObject({
  type: z.literal(Type.TextDisplay),
  id,
  content: text(4_000, 1),
});

const thumbnail = z.looseObject({
  type: z.literal(Type.Thumbnail),
  id,
  media,
  description: text(1_024, 1).nullish(),
  spoiler: z.boolean().nullish(),
});

const section = z.looseObject({
  type: z.literal(Type.Section),
  id,
  components: z.array(textDisplay).min(1).max(3),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
});

const gallery = z.looseObject({
  type: z.literal(Type.MediaGallery),
  id,
  items: z
    .array(
      z.looseObject({
        media,
        description: text(1_024, 1).nullish(),
        spoiler: z.boolean().nullish(),
      }),
    )
    .min(1)
    .max(10),
});

const file = z.looseObject({
  type: z.literal(Type.File),
  id,
  file: media,
  spoiler: z.boolean().nullish(),
});

const separator = z.looseObject({
  type: z.literal(Type.Separator),
  id,
  divider: z.boolean().nullish(),
  spacing: z.union([z.literal(1), z.literal(2)]).nullish(),
});

const inContainer = [row, textDisplay, section, gallery, file, separator] as const;

const container = z.looseObject({
  type: z.literal(Type.Container),
  id,
  components: z.array(z.discriminatedUnion('type', inContainer)).min(1).max(40),
  accent_color: z.number().int().min(0).max(0xffffff).nullish(),
  spoiler: z.boolean().nullish(),
});

/** Components of a message without the V2 flag: rows only. */
export const classicComponents = z
  .array(z.discriminatedUnion('type', [row]))
  .max(5)
  .superRefine((components, context) => uniqueCustomIds(components, context));

/** Components of a message with the V2 flag. */
export const layoutComponents = z
  .array(z.discriminatedUnion('type', [...inContainer, container]))
  .max(40)
  .superRefine((components, context) => {
    uniqueCustomIds(components, context);
    const all = [...walk(components)].map(({ component }) => component);
    if (all.length > 40) {
      complain(
        context,
        [],
        'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
        'The total number of components cannot exceed 40',
      );
    }
    const words = all.reduce(
      (sum, { type, content }) => sum + (type === Type.TextDisplay ? (content?.length ?? 0) : 0),
      0,
    );
    if (words > 4_000) {
      complain(
        context,
        [],
        'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
        'The total text displayed cannot exceed 4000 characters',
      );
    }
  });

/** A component as it is found in a tree, whatever its type. */
export interface AnyComponent {
  type: number;
  custom_id?: string | null;
  content?: string;
  disabled?: boolean | null;
  components?: AnyComponent[];
  component?: AnyComponent;
  accessory?: AnyComponent;
  [key: string]: unknown;
}

/** Every component of a tree with its path. */
export function* walk(
  components: readonly unknown[],
  path: (string | number)[] = [],
): Generator<{ component: AnyComponent; path: (string | number)[] }> {
  for (const [index, item] of components.entries()) {
    // Trees are also walked before they were checked.
    if (typeof item !== 'object' || item === null) continue;
    const component = item as AnyComponent;
    const here = [...path, index];
    yield { component, path: here };
    if (Array.isArray(component.components))
      yield* walk(component.components, [...here, 'components']);
    for (const side of ['component', 'accessory'] as const) {
      const child = component[side];
      if (child)
        for (const inner of walk([child]))
          yield { ...inner, path: [...here, side, ...inner.path.slice(1)] };
    }
  }
}

export function uniqueCustomIds(
  components: readonly unknown[],
  context: z.RefinementCtx,
  root: string[] = [],
): void {
  const seen = new Set<string>();
  for (const { component, path } of walk(components, root)) {
    const { custom_id } = component;
    if (typeof custom_id !== 'string') continue;
    if (seen.has(custom_id)) {
      complain(
        context,
        [...path, 'custom_id'],
        'COMPONENT_CUSTOM_ID_DUPLICATED',
        'Component custom id cannot be duplicated',
      );
    }
    seen.add(custom_id);
  }
}
