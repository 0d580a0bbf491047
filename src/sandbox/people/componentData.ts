import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandOptionType as OptionType,
  ComponentType as Type,
} from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { storeFiles } from '../messages/attachments.ts';
import type { GivenFile } from '../protocol.ts';
import type { ChannelRecord, MessageRecord } from '../state/records.ts';
import { type AnyComponent, walk } from '../validation/components.ts';
import { ActError } from './actError.ts';
import { type Resolved, resolve } from './commandData.ts';
import { filesOf } from './files.ts';

/** Which kind of thing each select offers, as an option type. */
const OFFERS: Record<number, number> = {
  [Type.UserSelect]: OptionType.User,
  [Type.RoleSelect]: OptionType.Role,
  [Type.MentionableSelect]: OptionType.Mentionable,
  [Type.ChannelSelect]: OptionType.Channel,
};

/** The component that someone uses. @throws ActError unless it is there and can be used */
export function usableComponent(message: MessageRecord, customId: string): AnyComponent {
  for (const { component } of walk(message.components ?? [])) {
    if (component.custom_id !== customId) continue;
    if (component.disabled) throw new ActError('This is switched off');
    return component;
  }
  throw new ActError('There is nothing like that on this message');
}

/** The data of a choice from a select menu. @throws ActError on values that it does not offer */
export function selectData(
  discord: Discord,
  channel: ChannelRecord,
  component: AnyComponent,
  values: readonly string[],
): object {
  const resolved = chosen(discord, channel, component, values);
  return {
    custom_id: component.custom_id,
    component_type: component.type,
    id: component.id,
    values,
    ...(Object.keys(resolved).length > 0 && { resolved }),
  };
}

function chosen(
  discord: Discord,
  channel: ChannelRecord,
  select: AnyComponent,
  values: readonly string[],
): Resolved {
  const { min_values, max_values, options } = select as {
    min_values?: number;
    max_values?: number;
    options?: { value: string }[];
  };
  if (values.length < (min_values ?? 1) || values.length > (max_values ?? 1)) {
    throw new ActError('Choose fewer or more');
  }
  const resolved: Resolved = {};
  for (const value of values) {
    const offered = OFFERS[select.type];
    if (offered !== undefined) resolve(discord, channel, offered, value, resolved);
    else if (!options?.some((option) => option.value === value)) {
      throw new ActError('That is not one of the options');
    }
  }
  return resolved;
}

/**
 * The data of a filled-in modal. A field with several values takes them separated by commas; what is left
 * out keeps what it was prefilled with.
 */
export function modalData(
  discord: Discord,
  channel: ChannelRecord,
  modal: APIModalInteractionResponseCallbackData,
  values: Record<string, string>,
  files: Record<string, GivenFile[]> = {},
): object {
  const resolved: Resolved = {};
  const fill = (component: AnyComponent): object => {
    const { type, id, custom_id } = component;
    if (type === Type.TextDisplay) return { type, id };
    if (type === Type.ActionRow) return { type, id, components: component.components?.map(fill) };
    if (type === Type.Label) {
      return { type, id, component: component.component && fill(component.component) };
    }
    const given = values[custom_id ?? ''];
    if (type === Type.TextInput) return { type, id, custom_id, value: typed(component, given) };
    if (type === 23) return { type, id, custom_id, value: given === 'true' };
    if (type === Type.FileUpload) {
      const ids = upload(discord, channel, component, files[custom_id ?? ''] ?? [], resolved);
      return { type, id, custom_id, values: ids };
    }
    const list = given === undefined ? defaults(component) : given.split(',').filter(Boolean);
    if (list.length === 0 && (component as { required?: boolean }).required === false) {
      return { type, id, custom_id, values: [] };
    }
    if (type === 21) return { type, id, custom_id, value: list[0] ?? null };
    const most = (component.max_values ?? (type === 22 ? 10 : 1)) as number;
    Object.assign(resolved, chosen(discord, channel, { ...component, max_values: most }, list));
    return { type, id, custom_id, values: list };
  };
  const components = modal.components.map((component) =>
    fill(component as unknown as AnyComponent),
  );
  return {
    custom_id: modal.custom_id,
    components,
    ...(Object.keys(resolved).length > 0 && { resolved }),
  };
}

/** Keeps the files of a field; gives their ids. @throws ActError on fewer or more than it takes */
function upload(
  discord: Discord,
  channel: ChannelRecord,
  component: AnyComponent,
  given: readonly GivenFile[],
  into: Resolved,
): string[] {
  const { required, min_values, max_values } = component as {
    required?: boolean;
    min_values?: number;
    max_values?: number;
  };
  if (given.length === 0 && required === false) return [];
  if (given.length < (min_values ?? 1) || given.length > (max_values ?? 1))
    throw new ActError('Give fewer or more files');
  const stored = storeFiles(discord, channel.id, filesOf(given), []);
  for (const file of stored) into.attachments = { ...into.attachments, [file.id]: file };
  return stored.map(({ id }) => id);
}

function typed(component: AnyComponent, given: string | undefined): string {
  const { required, min_length, max_length, value } = component as {
    required?: boolean;
    min_length?: number;
    max_length?: number;
    value?: string;
  };
  const text = given ?? value ?? '';
  if (text === '' && (required ?? true)) throw new ActError('This field is required');
  if (text !== '' && text.length < (min_length ?? 0)) throw new ActError('That is too short');
  if (text.length > (max_length ?? 4_000)) throw new ActError('That is too long');
  return text;
}

function defaults(component: AnyComponent): string[] {
  const { options, default_values } = component as {
    options?: { value: string; default?: boolean }[];
    default_values?: { id: string }[];
  };
  const chosen = options?.filter((option) => option.default).map(({ value }) => value) ?? [];
  return [...chosen, ...(default_values?.map(({ id }) => id) ?? [])];
}
