import { ComponentType as Type } from 'discord-api-types/v10';
import { z } from 'zod';
import { complain } from './check.ts';
import { selectComponents, textDisplay, uniqueCustomIds } from './components.ts';
import { text } from './fields.ts';

const id = z.number().int().min(0).max(0x7fffffff).nullish();

const input = {
  type: z.literal(Type.TextInput),
  id,
  custom_id: text(100, 1),
  style: z.union([z.literal(1), z.literal(2)]),
  min_length: z.number().int().min(0).max(4_000).nullish(),
  max_length: z.number().int().min(1).max(4_000).nullish(),
  required: z.boolean().nullish(),
  value: text(4_000).nullish(),
  placeholder: text(100).nullish(),
};

/** In a row an input names itself; in a label the label does. */
const namedInput = z.looseObject({ ...input, label: text(45, 1) });
const labelledInput = z.looseObject({ ...input, label: z.null().optional() });

const row = z.looseObject({
  type: z.literal(Type.ActionRow),
  id,
  components: z
    .array(z.discriminatedUnion('type', [namedInput]))
    .min(1)
    .max(1),
});

/** How many files or boxes. */
const upToTen = {
  min_values: z.number().int().min(0).max(10).nullish(),
  max_values: z.number().int().min(1).max(10).nullish(),
};

const fileUpload = z.looseObject({
  type: z.literal(Type.FileUpload),
  id,
  custom_id: text(100, 1),
  ...upToTen,
  required: z.boolean().nullish(),
});

const boxes = (type: number, min: number, max: number) =>
  z.looseObject({
    type: z.literal(type),
    id,
    custom_id: text(100, 1),
    options: z
      .array(
        z.looseObject({
          label: text(100, 1),
          value: text(100, 1),
          description: text(100).nullish(),
          default: z.boolean().nullish(),
        }),
      )
      .min(min)
      .max(max),
    required: z.boolean().nullish(),
  });

const checkbox = z.looseObject({
  type: z.literal(23),
  id,
  custom_id: text(100, 1),
  default: z.boolean().nullish(),
});

const label = z.looseObject({
  type: z.literal(Type.Label),
  id,
  label: text(45, 1),
  description: text(100, 1).nullish(),
  component: z.discriminatedUnion('type', [
    labelledInput,
    ...selectComponents,
    fileUpload,
    boxes(21, 2, 10),
    boxes(22, 1, 10).extend(upToTen),
    checkbox,
  ]),
});

/** What an interaction can open as a modal. */
export const modal = z
  .looseObject({
    custom_id: text(100, 1),
    title: text(45, 1),
    components: z
      .array(z.discriminatedUnion('type', [row, label, textDisplay]))
      .min(1)
      .max(5),
  })
  .superRefine(({ components }, context) => {
    uniqueCustomIds(components, context, ['components']);
    if (components.every(({ type }) => type === Type.TextDisplay)) {
      complain(context, ['components'], 'BASE_TYPE_REQUIRED', 'A modal needs something to fill in');
    }
  });
