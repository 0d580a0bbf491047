import { type APIApplicationCommand, ApplicationCommandType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import {
  commandInText,
  isOffered,
  readOption,
  searchCommands,
  slashCommands,
} from '../../src/sandbox/page/slashCommands.js';

function command(fields: Partial<APIApplicationCommand>) {
  return {
    id: '1',
    application_id: '2',
    version: '3',
    type: ApplicationCommandType.ChatInput,
    name: 'start',
    description: 'Bring a character in',
    default_member_permissions: null,
    ...fields,
  } as APIApplicationCommand;
}

const option = (fields: object) => ({ name: 'x', description: 'An x', type: 3, ...fields });

describe('commands as one types them', () => {
  const commands = [
    command({
      options: [option({ name: 'mood' }), option({ name: 'character', required: true })] as never,
    }),
    command({
      name: 'character',
      options: [
        option({ name: 'create', type: 1 }),
        option({ name: 'sheet', type: 2, options: [option({ name: 'show', type: 1 })] }),
      ] as never,
    }),
    command({ name: 'Rewind to here', type: ApplicationCommandType.Message }),
  ];
  const all = slashCommands(commands, { guild: '9' });

  it('lists what can be run, subcommands by themselves, menus left out', () => {
    expect(all.map(({ name }) => name)).toEqual([
      'character create',
      'character sheet show',
      'start',
    ]);
    expect(all[1]?.path).toEqual(['character', 'sheet', 'show']);
  });

  it('asks for required options first', () => {
    expect(all[2]?.options.map(({ name }) => name)).toEqual(['character', 'mood']);
  });

  it('finds by beginning before it finds by content', () => {
    expect(searchCommands(all, 'st')[0]?.name).toBe('start');
    expect(searchCommands(all, 'show').map(({ name }) => name)).toEqual(['character sheet show']);
    expect(searchCommands(all, 'nothing')).toEqual([]);
    expect(searchCommands(all, '')).toHaveLength(3);
  });

  it('knows a command that was typed in full', () => {
    expect(commandInText(all, '/start mira')).toMatchObject({ rest: 'mira' });
    expect(commandInText(all, '/start')).toBeNull();
    expect(commandInText(all, '/character create ')?.command.name).toBe('character create');
  });

  it('offers a command where it belongs', () => {
    expect(isOffered(command({ guild_id: '9' }), '9')).toBe(true);
    expect(isOffered(command({ guild_id: '9' }), null)).toBe(false);
    expect(isOffered(command({ contexts: [0] }), null)).toBe(false);
    expect(isOffered(command({ contexts: [0, 1] }), null)).toBe(true);
    expect(isOffered(command({}), null)).toBe(true);
  });
});

describe('what an option was given', () => {
  it.each([
    [option({ type: 4 }), '12', { value: 12 }],
    [option({ type: 4 }), '1.5', { problem: 'Give a whole number.' }],
    [option({ type: 10 }), '1.5', { value: 1.5 }],
    [option({ type: 4, min_value: 1 }), '0', { problem: 'Not less than 1.' }],
    [option({ type: 4, max_value: 5 }), '6', { problem: 'Not more than 5.' }],
    [option({ type: 4 }), 'many', { problem: 'Give a number.' }],
    [option({ type: 5 }), 'Yes', { value: true }],
    [option({ type: 5 }), 'false', { value: false }],
    [option({ type: 6 }), '<@100000000000000001>', { value: '100000000000000001' }],
    [option({ type: 6 }), 'Mira', { problem: 'Choose one of the list.' }],
    [option({}), ' as it is ', { value: ' as it is ' }],
    [option({ min_length: 3 }), 'ab', { problem: 'At least 3 characters.' }],
    [option({ max_length: 3 }), 'abcd', { problem: 'At most 3 characters.' }],
    [option({ choices: [{ name: 'Calm', value: 'c' }] }), 'calm', { value: 'c' }],
    [
      option({ choices: [{ name: 'Calm', value: 'c' }] }),
      'wild',
      { problem: 'Choose one of the list.' },
    ],
  ])('%j and %j', (given, text, read) => expect(readOption(given, text)).toEqual(read));
});
