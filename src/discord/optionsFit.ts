import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as Type,
} from 'discord.js';
import { z } from 'zod';
import type { AnyCommand } from './command.ts';

/** Discord's limit of a text in a slash command. */
const LONGEST = 6_000;

interface Given {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean | undefined;
  readonly options?: readonly Given[] | undefined;
}

const given: z.ZodType<Given> = z.lazy(() =>
  z.looseObject({
    name: z.string(),
    type: z.number().int(),
    value: z.union([z.string().max(LONGEST), z.number(), z.boolean()]).optional(),
    options: z.array(given).optional(),
  }),
);
const called = z.looseObject({
  name: z.string(),
  type: z.number().int(),
  options: z.array(given).optional(),
});
const menu = z.looseObject({ target_id: z.string().regex(/^\d{1,20}$/) });

/** What a definition may ask of a value. */
type Option = APIApplicationCommandOption & {
  readonly options?: readonly Option[];
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly value: string | number }[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly min_length?: number;
  readonly max_length?: number;
};

/**
 * Whether what someone gives a command is as its definition says: only Discord's own client asks that,
 * and one that was open through an update asks it of the definition before.
 * @param typing nothing has to be complete or right yet
 */
export function optionsFit(
  data: unknown,
  commands: readonly AnyCommand[],
  typing: boolean,
): boolean {
  const call = called.safeParse(data);
  if (!call.success) return false;
  const { name, type, options = [] } = call.data;
  const command = commands.find(({ data: own }) => own.name === name);
  if (command === undefined || (command.data.type ?? ApplicationCommandType.ChatInput) !== type) {
    return false;
  }
  if (type !== ApplicationCommandType.ChatInput) return menu.safeParse(data).success;
  const known = 'options' in command.data ? (command.data.options as readonly Option[]) : [];
  return fitting(known, options, typing);
}

function fitting(known: readonly Option[], all: readonly Given[], typing: boolean): boolean {
  if (known.some(isSub)) {
    const [one, ...more] = all;
    const sub = known.find(({ name, type }) => name === one?.name && type === one.type);
    return (
      more.length === 0 &&
      sub !== undefined &&
      fitting(sub.options ?? [], one?.options ?? [], typing)
    );
  }
  const names = new Set(all.map(({ name }) => name));
  if (names.size < all.length) return false;
  if (!typing && known.some(({ name, required }) => required && !names.has(name))) return false;
  return all.every((each) => {
    const option = known.find(({ name, type }) => name === each.name && type === each.type);
    return option !== undefined && (typing ? each.value !== undefined : holds(option, each.value));
  });
}

const isSub = ({ type }: Option): boolean =>
  type === Type.Subcommand || type === Type.SubcommandGroup;

function holds(option: Option, value: Given['value']): boolean {
  const { type, choices, min_value, max_value, min_length = 0, max_length = LONGEST } = option;
  // Where choices are looked up as one types, anything may be typed.
  const isOffered = !choices?.length || choices.some((choice) => choice.value === value);
  if (type === Type.Boolean) return typeof value === 'boolean';
  if (type === Type.Integer || type === Type.Number) {
    const whole = type === Type.Number || Number.isInteger(value);
    if (typeof value !== 'number' || !whole) return false;
    return value >= (min_value ?? -Infinity) && value <= (max_value ?? Infinity) && isOffered;
  }
  if (typeof value !== 'string') return false;
  return value.length >= min_length && value.length <= max_length && isOffered;
}
