import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType as Type,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { complain } from './check.ts';
import { channelTypes, flagBits, snowflake, text, unique } from './fields.ts';

const SLASH_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** Characters that a slash command may have in all. */
const MAX_CHARACTERS = 8_000;

const slashName = z.string().superRefine((name, context) => {
  if (name.length < 1 || name.length > 32) {
    complain(context, [], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 32 in length.');
  } else if (!SLASH_NAME.test(name) || name !== name.toLowerCase()) {
    complain(context, [], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
});

const localized = (max: number) => z.record(z.string(), text(max, 1)).nullish();

export const choice = z.looseObject({
  name: text(100, 1),
  name_localizations: localized(100),
  value: z.union([text(100), z.number()]),
});

/** Whether a choice or a bound is one for options of that type. */
function isOfType(type: OptionType, value: string | number): boolean {
  if (type === OptionType.String) return typeof value === 'string';
  if (type === OptionType.Integer) return Number.isSafeInteger(value);
  return typeof value === 'number';
}

const option: z.ZodType<APIApplicationCommandOption> = z.lazy(() =>
  z
    .looseObject({
      type: z.number().int().min(1).max(11),
      name: slashName,
      name_localizations: localized(32),
      description: text(100, 1),
      description_localizations: localized(100),
      required: z.boolean().nullish(),
      choices: z.array(choice).max(25).nullish(),
      options: options.nullish(),
      autocomplete: z.boolean().nullish(),
      channel_types: channelTypes.nullish(),
      min_value: z.number().nullish(),
      max_value: z.number().nullish(),
      min_length: z.number().int().min(0).max(6_000).nullish(),
      max_length: z.number().int().min(1).max(6_000).nullish(),
    })
    .superRefine((value, context) => {
      if (value.autocomplete && value.choices?.length) {
        complain(
          context,
          ['choices'],
          'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
          'Choices and autocomplete exclude each other',
        );
      }
      for (const [index, { value: chosen }] of (value.choices ?? []).entries()) {
        if (isOfType(value.type, chosen)) continue;
        complain(
          context,
          ['choices', index, 'value'],
          'BASE_TYPE_INVALID',
          'The value of a choice must be of the type of its option',
        );
      }
      for (const end of ['min_value', 'max_value'] as const) {
        if (typeof value[end] !== 'number' || isOfType(value.type, value[end])) continue;
        complain(context, [end], 'NUMBER_TYPE_COERCE', `Value ${value[end]} is not int.`);
      }
      const names = value.choices?.map(({ name }) => name) ?? [];
      if (new Set(names).size !== names.length) {
        complain(
          context,
          ['choices'],
          'APPLICATION_COMMAND_OPTION_CHOICE_NAME_DUPLICATED',
          'Choice names must be unique',
        );
      }
    }),
) as unknown as z.ZodType<APIApplicationCommandOption>;

const options = z
  .array(option)
  .max(25)
  .superRefine((list, context) => {
    let optionalSeen = false;
    const nests = (type: OptionType) =>
      type === OptionType.Subcommand || type === OptionType.SubcommandGroup;
    for (const [index, item] of list.entries()) {
      if (list.findIndex(({ name }) => name === item.name) !== index) {
        complain(
          context,
          [index, 'name'],
          'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED',
          'Option names must be unique',
        );
      }
      if (nests(item.type) !== nests(list[0]?.type ?? item.type)) {
        complain(
          context,
          [index, 'type'],
          'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
          'Sub-command and sub-command group option types are mutually exclusive to all other types',
        );
      }
      if (nests(item.type)) continue;
      if (item.required && optionalSeen) {
        complain(
          context,
          [index],
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
          'Required options must be placed before non-required options',
        );
      }
      if (!item.required) optionalSeen = true;
    }
  });

export const command = z
  .looseObject({
    id: snowflake.nullish(),
    name: z.string(),
    type: z.number().int().min(1).max(3).default(Type.ChatInput),
    description: z.string().nullish(),
    options: options.nullish(),
    default_member_permissions: flagBits.nullish(),
    dm_permission: z.boolean().nullish(),
    nsfw: z.boolean().nullish(),
    contexts: unique(z.array(z.number().int().min(0).max(2)).min(1)).nullish(),
    integration_types: unique(z.array(z.number().int().min(0).max(1)).min(1)).nullish(),
    name_localizations: localized(32),
    description_localizations: localized(100),
    handler: z.number().int().min(1).max(2).nullish(),
  })
  .superRefine((value, context) => {
    const name = value.type === Type.ChatInput ? slashName : text(32, 1);
    if (!name.safeParse(value.name).success) {
      complain(context, ['name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
    if (value.type === Type.ChatInput) {
      const described = text(100, 1).safeParse(value.description ?? '');
      if (!described.success) {
        complain(
          context,
          ['description'],
          'BASE_TYPE_BAD_LENGTH',
          'Must be between 1 and 100 in length.',
        );
      }
      if (characters(value) > MAX_CHARACTERS) {
        complain(
          context,
          [],
          'APPLICATION_COMMAND_TOO_LARGE',
          `Command exceeds maximum size (${MAX_CHARACTERS})`,
        );
      }
    } else if (value.description || value.options?.length) {
      complain(
        context,
        ['description'],
        'APPLICATION_COMMAND_INVALID_DESCRIPTION',
        'Context menu commands cannot have description or options',
      );
    }
  });

export type CommandBody = z.infer<typeof command>;

interface Counted {
  name?: string | undefined;
  name_localizations?: Localizations;
  description?: string | null | undefined;
  description_localizations?: Localizations;
  options?: readonly unknown[] | null | undefined;
  choices?:
    | readonly { name: string; name_localizations?: Localizations; value: string | number }[]
    | null
    | undefined;
}

type Localizations = Partial<Record<string, string | null>> | null | undefined;

/** Of a text in all languages, the longest counts. */
const longest = (text: string | null | undefined, others: Localizations): number =>
  Math.max(0, ...[text, ...Object.values(others ?? {})].map((each) => each?.length ?? 0));

/** Names, descriptions and choice values together, all levels. */
function characters(part: Counted): number {
  const own =
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations);
  const choices = part.choices ?? [];
  const chosen = choices.reduce(
    (sum, { name, name_localizations, value }) =>
      sum + longest(name, name_localizations) + String(value).length,
    0,
  );
  return (part.options ?? []).reduce<number>(
    (sum, inner) => sum + characters(inner as Counted),
    own + chosen,
  );
}
