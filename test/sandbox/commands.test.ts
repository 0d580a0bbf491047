import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { RawSession } from './rawSession.ts';
import { call, open, problems } from './support.ts';

const x = (length: number) => 'x'.repeat(length);
const command = (more: object = {}) => ({ name: 'go', description: 'Go', ...more });
const option = (more: object = {}) => ({ type: 3, name: 'where', description: 'Where', ...more });
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

const put = (sandbox: Sandbox, commands: object[]) =>
  call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, commands);

describe('a command is taken', () => {
  test.each<[string, object[]]>([
    ['with a name of 32', [command({ name: x(32) })]],
    ['with a description of 100', [command({ description: x(100) })]],
    ['with 25 options', [command({ options: many(25, (index) => option({ name: `o${index}` })) })]],
    [
      'with 25 choices',
      [
        command({
          options: [
            option({ choices: many(25, (index) => ({ name: `${index}`, value: `${index}` })) }),
          ],
        }),
      ],
    ],
    ['among 100', many(100, (index) => command({ name: `c${index}` }))],
    ['of a context menu, with blanks in its name', [{ type: 3, name: 'Rewind to here' }]],
    ['in another script', [command({ name: 'начать' })]],
  ])('%s', async (_, commands) => {
    expect((await put(await open(), commands)).status).toBe(200);
  });
});

describe('a command is refused', () => {
  test.each<[string, object, string, string]>([
    ['with a name of 33', { name: x(33) }, '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['with capitals', { name: 'Go' }, '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['with blanks', { name: 'go on' }, '0.name', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['without a description', { description: '' }, '0.description', 'BASE_TYPE_BAD_LENGTH'],
    ['with a description of 101', { description: x(101) }, '0.description', 'BASE_TYPE_BAD_LENGTH'],
    [
      'with an option that is not described',
      { options: [option({ description: '' })] },
      '0.options.0.description',
      'BASE_TYPE_REQUIRED',
    ],
    [
      'with 26 options',
      { options: many(26, (index) => option({ name: `o${index}` })) },
      '0.options',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with one option twice',
      { options: [option(), option()] },
      '0.options.1.name',
      'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED',
    ],
    [
      'with a required option after another',
      { options: [option(), option({ name: 'b', required: true })] },
      '0.options.1',
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'with 26 choices',
      {
        options: [
          option({ choices: many(26, (index) => ({ name: `${index}`, value: `${index}` })) }),
        ],
      },
      '0.options.0.choices',
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'with choices that complete',
      { options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] },
      '0.options.0.choices',
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
    ],
    [
      'with a subcommand beside an option',
      { options: [option(), { type: 1, name: 'b', description: 'b' }] },
      '0.options.1.type',
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      'with more than 8,000 characters',
      {
        options: many(25, (index) =>
          option({
            name: `o${index}`,
            choices: many(25, (at) => ({ name: `${at}${x(10)}`, value: `${at}` })),
          }),
        ),
      },
      '0',
      'APPLICATION_COMMAND_TOO_LARGE',
    ],
    [
      'as a context menu with a description',
      { type: 3 },
      '0.description',
      'APPLICATION_COMMAND_INVALID_DESCRIPTION',
    ],
  ])('%s', async (_, change, path, code) => {
    const { status, body } = await put(await open(), [command(change)]);
    expect(status).toBe(400);
    expect(problems(body)).toContainEqual([path, code]);
  });

  test('as one of 101, or of 16 context menus: 30032', async () => {
    const sandbox = await open();
    const slash = many(101, (index) => command({ name: `c${index}` }));
    const menus = many(16, (index) => ({ type: 3, name: `Menu ${index}` }));
    for (const commands of [slash, menus]) {
      expect(await put(sandbox, commands)).toMatchObject({ status: 400, body: { code: 30032 } });
    }
  });

  test('under a name that is given twice', async () => {
    const { body } = await put(await open(), [command(), command()]);
    expect(problems(body)).toEqual([['1', 'APPLICATION_COMMANDS_DUPLICATE_NAME']]);
  });

  test('as the 201st new one of a day: 30034', async () => {
    const sandbox = await open();
    for (const round of ['a', 'b']) {
      await put(
        sandbox,
        many(100, (index) => command({ name: `${round}${index}` })),
      );
    }
    expect(await put(sandbox, [command()])).toMatchObject({ body: { code: 30034 } });
    sandbox.faults.moveClock(86_400_001);
    expect((await put(sandbox, [command()])).status).toBe(200);
  });
});

test('the same list again keeps the ids and creates nothing', async () => {
  const sandbox = await open();
  const ids = async () =>
    ((await put(sandbox, [command(), { type: 3, name: 'Go' }])).body as { id: string }[]).map(
      ({ id }) => id,
    );
  expect(await ids()).toEqual(await ids());
});

test('single commands are made, replaced, changed and deleted', async () => {
  const sandbox = await open();
  const path = `/applications/${sandbox.applicationId}/guilds/${sandbox.guild}/commands`;
  const made = await call(sandbox, 'POST', path, command());
  const { id } = made.body as { id: string };
  expect(made).toMatchObject({ status: 201, body: { guild_id: sandbox.guild } });
  expect(await call(sandbox, 'POST', path, command({ description: 'Again' }))).toMatchObject({
    status: 200,
    body: { id, description: 'Again' },
  });
  const change = { description: 'Third' };
  expect((await call(sandbox, 'PATCH', `${path}/${id}`, change)).body).toMatchObject(change);
  expect((await call(sandbox, 'GET', `${path}/${id}`)).body).toMatchObject({ id, name: 'go' });
  expect((await call(sandbox, 'DELETE', `${path}/${id}`)).status).toBe(204);
  expect(await call(sandbox, 'GET', `${path}/${id}`)).toMatchObject({ body: { code: 10063 } });
});

test('a file that is given with a command can be fetched', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  await put(sandbox, [command({ options: [{ type: 11, name: 'card', description: 'Card' }] })]);
  const card = { name: 'card.json', type: 'application/json', base64: btoa('{}') };
  void sandbox.as('Ada').command(sandbox.channel('tavern'), 'go', { card });
  const { data } = await session.interaction();
  const [option] = data.options as { value: string }[];
  const { attachments } = data.resolved as { attachments: Record<string, { url: string }> };
  const url = attachments[option?.value ?? '']?.url ?? '';
  expect(await (await fetch(url)).text()).toBe('{}');
});

test('subcommands and what people choose arrive whole', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  await put(sandbox, [
    command({
      options: [
        {
          type: 1,
          name: 'to',
          description: 'To',
          options: [
            { type: 6, name: 'whom', description: 'Whom', required: true },
            { type: 7, name: 'where', description: 'Where' },
            { type: 4, name: 'often', description: 'Often', min_value: 1, max_value: 3 },
          ],
        },
      ],
    }),
  ]);
  const ada = sandbox.as('Ada');
  const [tavern, lighthouse] = [sandbox.channel('tavern'), sandbox.channel('lighthouse')];
  const whom = sandbox.as('Bruno').id;
  await expect(ada.command(tavern, 'go to', {})).rejects.toThrow('required');
  await expect(ada.command(tavern, 'go to', { whom, often: 4 })).rejects.toThrow('too large');
  await expect(ada.command(tavern, 'go', { whom })).rejects.toThrow('subcommand');
  void ada.command(tavern, 'go to', { whom, where: lighthouse, often: 3 });
  expect(await session.interaction()).toMatchObject({
    type: 2,
    channel_id: tavern,
    member: { user: { id: ada.id } },
    entitlements: [],
    data: {
      name: 'go',
      options: [
        {
          type: 1,
          name: 'to',
          options: [
            { type: 6, name: 'whom', value: whom },
            { type: 7, name: 'where', value: lighthouse },
            { type: 4, name: 'often', value: 3 },
          ],
        },
      ],
      resolved: {
        users: { [whom]: { username: 'bruno' } },
        channels: { [lighthouse]: { name: 'lighthouse' } },
      },
    },
  });
});
