import {
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ComponentType,
  ApplicationCommandOptionType as Option,
} from 'discord.js';
import { z } from 'zod';
import { commands } from '../../../commands/index.ts';
import { components } from '../../../src/discord/components/index.ts';
import { actions } from '../../../src/discord/drawer/actions/index.ts';
import { modals } from '../../../src/discord/modals/index.ts';
import { bookId, chatId, nodeId, snowflake } from '../../../src/engine/ids.ts';

/** A story and where it is played, by every id that somebody could put into a payload. */
export interface Place {
  readonly guild: string | null;
  readonly channel: string;
  readonly chat: string;
  readonly node: string;
  /** A message of the story's. */
  readonly message: string;
  readonly save: string;
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Data = Record<string, Json>;

export type Kind = 'slash' | 'typing' | 'menu' | 'press' | 'form';

/** One thing that can be asked of the bot, with a payload's `data` that fits a place. */
export interface Call {
  readonly kind: Kind;
  readonly name: string;
  data(place: Place, pick: Pick): Data;
}

/** One of a list, at random. */
export type Pick = <T>(list: readonly T[]) => T;

interface Asked extends Record<string, unknown> {
  readonly type: number;
  readonly name: string;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly value: Json }[];
  readonly min_value?: number;
  readonly options?: readonly Asked[];
}

const CHARACTER = 'character:wenna-tarrant';
const FILE = '1000000000000000001';
const isSub = ({ type }: Asked): boolean =>
  type === Option.Subcommand || type === Option.SubcommandGroup;

/** Ids that an option offers are of the place; what is free is a word. */
function valueFor(option: Asked, place: Place, pick: Pick): Json {
  if (option.choices?.length) return pick(option.choices).value;
  if (option.type === Option.Boolean) return pick([true, false]);
  if (option.type === Option.Integer || option.type === Option.Number) {
    return Math.max(1, option.min_value ?? 1);
  }
  if (option.type === Option.Attachment) return FILE;
  if (!option.autocomplete) return pick(['Rain', 'Two words', place.message]);
  return pick([CHARACTER, place.node, place.chat, place.save]);
}

function calls(command: Asked, path: readonly Asked[] = []): Call[] {
  const options = (path.at(-1) ?? command).options ?? [];
  if (options.some(isSub)) return options.flatMap((sub) => calls(command, [...path, sub]));
  const name = [command.name, ...path.map((sub) => sub.name)].join(' ');
  const make = (given: readonly Data[], resolved: Data | null): Data => {
    const nested = path.reduceRight<Data[]>(
      (inner, sub) => [{ type: sub.type, name: sub.name, options: inner }],
      [...given],
    );
    const data = { id: '1', name: command.name, type: 1, options: nested };
    return resolved === null ? data : { ...data, resolved };
  };
  const fill = (option: Asked, place: Place, pick: Pick): Data => ({
    name: option.name,
    type: option.type,
    value: valueFor(option, place, pick),
  });
  const file = { id: FILE, filename: 'card.json', size: 9, url: 'http://127.0.0.1:9/card.json' };
  const files: Data = { attachments: { [FILE]: { ...file, proxy_url: file.url } } };
  const slash: Call = {
    kind: 'slash',
    name: `/${name}`,
    data: (place, pick) => {
      const given = options.filter(({ required }) => required === true || pick([true, false]));
      const hasFile = given.some(({ type }) => type === Option.Attachment);
      return make(
        given.map((option) => fill(option, place, pick)),
        hasFile ? files : null,
      );
    },
  };
  const typing = options
    .filter(({ autocomplete }) => autocomplete)
    .map(
      (option): Call => ({
        kind: 'typing',
        name: `/${name} ${option.name}:`,
        data: (place, pick) => {
          const typed = pick(['', 'w', 'the ', place.save]);
          return make(
            [{ name: option.name, type: option.type, value: typed, focused: true }],
            null,
          );
        },
      }),
    );
  return [slash, ...typing];
}

/** What arguments that are no ids are: of several components, as their schemas take them. */
const WORDS = ['0', '5', 'character', 'wenna-tarrant', '-', 'yes', 'note', '', CHARACTER];
const VIEWS = ['sco', 'caf', 'meo', 'sof', 'sef', 'y.1.2.3'];

/** Arguments of a custom id that its schema takes, those that are ids being of the place. */
export function argsOf(schema: z.ZodType, place: Place, pick: Pick): string[] | null {
  const tuple = schema instanceof z.ZodTuple ? schema : null;
  const items = (tuple?.def.items ?? []) as unknown as z.ZodType[];
  const pool = [...WORDS, ...VIEWS, place.message];
  const draw = (item: z.ZodType): string => {
    if (item === chatId) return place.chat;
    if (item === nodeId) return place.node;
    if (item === bookId) return 'a-book';
    if (item === snowflake) return place.message;
    if (item instanceof z.ZodEnum) return String(pick(item.options));
    return pick(pool.filter((each) => item.safeParse(each).success));
  };
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const more = tuple?.def.rest ? [pick(actions).code, pick(['0', '5', ''])] : [];
    const args = [...items.map(draw), ...more];
    if (schema.safeParse(args).success) return args;
  }
  return null;
}

const CHOSEN = ['round', 'sampling', 'speak', 'en', 'basics', 'yes', '0', 'wenna-tarrant'];

const press = ({ name, args }: { readonly name: string; readonly args: z.ZodType }): Call => ({
  kind: 'press',
  name: `the button ${name}`,
  data: (place, pick): Data => {
    const custom_id = ['1', name, ...(argsOf(args, place, pick) ?? [])].join(':');
    const { Button, StringSelect, RoleSelect } = ComponentType;
    const type: number = pick<number>([Button, StringSelect, RoleSelect]);
    if (type === Button) return { custom_id, component_type: type };
    return { custom_id, component_type: type, values: [pick(CHOSEN)] };
  },
});

/** Every field of every form: each reads those that it knows. */
const FIELDS =
  'text name note depth instructions temperature topP penalties maxTokens stop soft hard pronouns ' +
  'description summary persona colour kickoff place time greeting alternateGreetings traits voice ' +
  'backstory relationship frame keys secondaryKeys content knownBy personTurns personTokens homeTokens ' +
  'significance amount affinity trust facts weather action posture holding status opening opened';
const form = ({ name, args }: { readonly name: string; readonly args: z.ZodType }): Call => ({
  kind: 'form',
  name: `the form ${name}`,
  data: (place, pick) => ({
    custom_id: ['1', name, ...(argsOf(args, place, pick) ?? [])].join(':'),
    components: FIELDS.split(' ').map((custom_id) => ({
      type: ComponentType.Label,
      component: { type: ComponentType.TextInput, custom_id, value: pick(['', 'A word', '7']) },
    })),
  }),
});

/** All that is in the lists: every subcommand, every option that completes, menu, button, select and form. */
export const allCalls: readonly Call[] = [
  ...commands.flatMap(({ data }): Call[] => {
    if (!('type' in data) || data.type !== ApplicationCommandType.Message) {
      return calls(data as unknown as Asked & APIApplicationCommandOption);
    }
    const menu = (place: Place): Data => ({
      id: '1',
      name: data.name,
      type: data.type,
      target_id: place.message,
    });
    return [{ kind: 'menu', name: data.name, data: menu }];
  }),
  ...components.map(press),
  ...modals.map(form),
];
