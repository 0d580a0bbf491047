import { expect, test } from 'vitest';
import { call, eventually, login, open } from './support.ts';

const russian = (text: string) => ({ ru: text });
const commands = [
  {
    name: 'go',
    description: 'Go',
    description_localizations: russian('Идти'),
    options: [
      {
        type: 3,
        name: 'where',
        description: 'Where',
        description_localizations: russian('Куда'),
        choices: [{ name: 'home', name_localizations: russian('домой'), value: 'h' }],
      },
    ],
  },
  { type: 3, name: 'Keep this', name_localizations: russian('Сохранить это') },
];

const opened = async () => {
  const sandbox = await open();
  const path = `/applications/${sandbox.applicationId}/commands`;
  expect((await call(sandbox, 'PUT', path, commands)).status).toBe(200);
  const [first = ''] = Object.keys(sandbox.people);
  return { sandbox, path, ann: sandbox.as(first) };
};

test('a person reads commands in the language that they chose, and sends what they always were', async () => {
  const { sandbox, ann } = await opened();
  const shown = () => {
    const [go, menu] = ann.view().commands;
    const option = (go?.options ?? [])[0] as { description: string; choices: { name: string }[] };
    return [go?.description, option.description, option.choices[0]?.name, menu?.name_localized];
  };
  expect([ann.view().locale, ...shown()]).toEqual(['en-US', 'Go', 'Where', 'home', undefined]);
  await ann.act({ kind: 'setLocale', locale: 'ru' });
  expect([ann.view().locale, ...shown()]).toEqual(['ru', 'Идти', 'Куда', 'домой', 'Сохранить это']);
  expect(ann.view().commands.map(({ name }) => name)).toEqual(['go', 'Keep this']);
  await expect(ann.act({ kind: 'setLocale', locale: 'xx' })).rejects.toThrow('no such language');

  const client = await login(sandbox);
  sandbox.controls.setGuildLocale(sandbox.guild, 'de');
  await eventually(() =>
    client.guilds.cache.find(({ preferredLocale }) => preferredLocale === 'de'),
  );
  const heard: string[] = [];
  client.on('interactionCreate', (interaction) => {
    heard.push(interaction.locale, interaction.guildLocale ?? '');
    if (interaction.isChatInputCommand()) void interaction.reply('Going.');
  });
  await ann.command(sandbox.channel('tavern'), 'go', { where: 'h' });
  expect(heard).toEqual(['ru', 'de']);
});

test('an application is given all languages of its commands only where it asks for them', async () => {
  const { sandbox, path } = await opened();
  const { body: bare } = await call(sandbox, 'GET', path);
  expect(JSON.stringify(bare)).not.toMatch(/_localizations|[а-я]/i);
  const { body: whole } = await call(sandbox, 'GET', `${path}?with_localizations=true`);
  expect(whole).toMatchObject(commands);
});

test('of a command in several languages, the longest counts against its 8,000 characters', async () => {
  const sandbox = await open();
  const option = (index: number) => ({
    type: 3,
    name: `o${index}`,
    description: 'Short',
    description_localizations: russian('ж'.repeat(100)),
    choices: Array.from({ length: 3 }, (_, at) => ({
      name: `${at}`,
      name_localizations: russian(`${at}${'ж'.repeat(98)}`),
      value: `${at}`,
    })),
  });
  const path = `/applications/${sandbox.applicationId}/commands`;
  const put = (length: number) =>
    call(sandbox, 'PUT', path, [
      { name: 'go', description: 'Go', options: Array.from({ length }, (_, at) => option(at)) },
    ]);
  expect((await put(19)).status).toBe(200);
  expect((await put(20)).status).toBe(400);
});
