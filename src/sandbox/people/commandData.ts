import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIAttachment,
  ApplicationCommandOptionType as OptionType,
} from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { storeFiles } from '../messages/attachments.ts';
import { channelPermissions } from '../permissions.ts';
import type { GivenOption } from '../protocol.ts';
import { channelObject, memberObject, userOf } from '../state/objects.ts';
import type { ChannelRecord } from '../state/records.ts';
import { ActError } from './actError.ts';
import { filesOf } from './files.ts';

type Choices = readonly { value: string | number }[] | undefined;
type Limits = APIApplicationCommandOption & {
  choices?: Choices;
  autocomplete?: boolean;
  min_value?: number;
  max_value?: number;
  min_length?: number;
  max_length?: number;
};

interface Data {
  id: string;
  name: string;
  type: number;
  guild_id?: string;
  options?: object[];
  resolved?: Resolved;
}

interface Resolved {
  users?: Record<string, object>;
  members?: Record<string, object>;
  channels?: Record<string, object>;
  roles?: Record<string, object>;
  attachments?: Record<string, object>;
}

/**
 * The data of a slash command as someone fills it in. With `focused` it is an autocomplete: then nothing
 * has to be complete or right yet.
 * @throws ActError on what Discord's own client would not let anyone send
 */
export function commandData(
  discord: Discord,
  channel: ChannelRecord,
  command: APIApplicationCommand,
  path: readonly string[],
  given: readonly GivenOption[],
  focused?: string,
): Data {
  const resolved: Resolved = {};
  const level = (
    options: readonly APIApplicationCommandOption[],
    rest: readonly string[],
  ): object[] => {
    const [name, ...deeper] = rest;
    if (name !== undefined) {
      const sub = options.find((option) => option.name === name);
      if (!sub || !isSub(sub)) throw new ActError(`/${path.join(' ')} does not exist`);
      return [{ type: sub.type, name, options: level(sub.options ?? [], deeper) }];
    }
    if (options.some(isSub)) throw new ActError(`/${path.join(' ')} needs a subcommand`);
    if (focused === undefined) demandRequired(options, given);
    return given.map((item) => {
      const option = options.find((other) => other.name === item.name);
      if (!option) throw new ActError(`/${path.join(' ')} has no option ${item.name}`);
      if (option.type === OptionType.Attachment) {
        const attachment = attach(discord, channel, item);
        resolved.attachments = { ...resolved.attachments, [attachment.id]: attachment };
        return { type: option.type, name: item.name, value: attachment.id };
      }
      const isFocused = item.name === focused;
      if (focused === undefined) demandFits(option as Limits, item.value);
      if (focused === undefined)
        resolve(discord, channel, option.type, String(item.value), resolved);
      return {
        type: option.type,
        name: item.name,
        value: isFocused ? String(item.value) : item.value,
        ...(isFocused && { focused: true }),
      };
    });
  };
  const options = level(command.options ?? [], path.slice(1));
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id !== undefined && { guild_id: command.guild_id }),
    ...(options.length > 0 && { options }),
    ...(Object.keys(resolved).length > 0 && { resolved }),
  };
}

function attach(
  discord: Discord,
  channel: ChannelRecord,
  { name, file }: GivenOption,
): APIAttachment {
  if (!file) throw new ActError(`The option ${name} must be a file`);
  const [attachment] = storeFiles(discord, channel.id, filesOf([file]), []);
  if (!attachment) throw new ActError('The file could not be kept');
  return attachment;
}

/** The option of a command by its path, for autocomplete. */
export function optionAt(
  command: APIApplicationCommand,
  path: readonly string[],
  name: string,
): Limits | undefined {
  let options: readonly APIApplicationCommandOption[] = command.options ?? [];
  for (const step of path.slice(1)) {
    const sub = options.find((option) => option.name === step);
    options = sub && isSub(sub) ? (sub.options ?? []) : [];
  }
  return options.find((option) => option.name === name) as Limits | undefined;
}

function isSub(
  option: APIApplicationCommandOption,
): option is Extract<
  APIApplicationCommandOption,
  { type: typeof OptionType.Subcommand | typeof OptionType.SubcommandGroup }
> {
  return option.type === OptionType.Subcommand || option.type === OptionType.SubcommandGroup;
}

function demandRequired(
  options: readonly APIApplicationCommandOption[],
  given: readonly GivenOption[],
): void {
  for (const option of options) {
    if (!option.required || given.some(({ name }) => name === option.name)) continue;
    throw new ActError(`The option ${option.name} is required`);
  }
}

function demandFits(option: Limits, value: GivenOption['value']): void {
  const wrong = (why: string) => new ActError(`The option ${option.name} ${why}`);
  switch (option.type) {
    case OptionType.Boolean:
      if (typeof value !== 'boolean') throw wrong('must be true or false');
      return;
    case OptionType.Integer:
    case OptionType.Number:
      if (typeof value !== 'number') throw wrong('must be a number');
      if (option.type === OptionType.Integer && !Number.isInteger(value)) {
        throw wrong('must be a whole number');
      }
      if (value < (option.min_value ?? -Infinity)) throw wrong('is too small');
      if (value > (option.max_value ?? Infinity)) throw wrong('is too large');
      break;
    default:
      if (typeof value !== 'string') throw wrong('must be text');
      if (value === '' || value.length > (option.max_length ?? 6_000)) {
        throw wrong('is empty or too long');
      }
      if (value.length < (option.min_length ?? 0)) throw wrong('is too short');
  }
  if (option.choices?.length && !option.choices.some((choice) => choice.value === value)) {
    throw wrong('must be one of its choices');
  }
}

/** Adds what an id stands for. @throws ActError when there is no such thing */
export function resolve(
  { world }: Discord,
  channel: ChannelRecord,
  type: number,
  id: string,
  into: Resolved,
): void {
  const user = world.users.get(id);
  const role = world.guilds.get(channel.guild ?? '')?.roles.find((item) => item.id === id);
  const isUser = type === OptionType.User || (type === OptionType.Mentionable && user);
  if (isUser) {
    if (!user) throw new ActError('There is no such person');
    into.users = { ...into.users, [id]: userOf(world, id) };
    const member = world.member(channel.guild ?? '', id);
    if (member) {
      const { user: _, ...rest } = memberObject(world, member);
      const permissions = String(channelPermissions(world, channel, id));
      into.members = { ...into.members, [id]: { ...rest, permissions } };
    }
  } else if (type === OptionType.Role || type === OptionType.Mentionable) {
    if (!role) throw new ActError('There is no such role');
    into.roles = { ...into.roles, [id]: role };
  } else if (type === OptionType.Channel) {
    const target = world.channels.get(id);
    if (!target || target.guild !== channel.guild) throw new ActError('There is no such channel');
    into.channels = { ...into.channels, [id]: channelObject(world, target) };
  }
}

export type { Resolved };
