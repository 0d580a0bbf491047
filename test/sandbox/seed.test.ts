import { expect, test } from 'vitest';
import { call, open } from './support.ts';

test('a fresh sandbox has a playhouse, three people and the application', async () => {
  const sandbox = await open();
  expect(Object.keys(sandbox.channels)).toEqual([
    'tavern',
    'lighthouse',
    'rehearsal-room',
    'tales',
  ]);
  expect(Object.keys(sandbox.people)).toEqual(['Ada', 'Bruno', 'Chiara']);
  const view = sandbox.as('Ada').view();
  expect(view.bot).toMatchObject({ username: 'Troupe', online: false });
  expect(view.guilds[0]?.guild.name).toBe('The Playhouse');
  expect(view.guilds[0]?.members).toHaveLength(4);
});

test('ids are snowflakes of 17 to 19 digits', async () => {
  const sandbox = await open();
  const ids = [
    sandbox.guild,
    sandbox.applicationId,
    ...Object.values(sandbox.channels),
    ...Object.values(sandbox.people),
  ];
  expect(ids.filter((id) => !/^\d{17,19}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test('another beginning can be given: several guilds, other people, forums', async () => {
  const sandbox = await open({
    seed: {
      application: 'Understudy',
      people: ['Dara'],
      guilds: [
        { name: 'One', channels: ['hall', { name: 'tales', type: 15 }] },
        { name: 'Two', channels: [{ name: 'cellar', nsfw: true }] },
      ],
    },
  });
  const view = sandbox.as('Dara').view();
  expect(
    view.guilds.map(({ guild, channels }) => [guild.name, channels.map(({ name }) => name)]),
  ).toEqual([
    ['One', ['hall', 'tales']],
    ['Two', ['cellar']],
  ]);
  expect((await call(sandbox, 'GET', '/users/@me')).body).toMatchObject({ username: 'Understudy' });
});

test('ten sandboxes run side by side and share nothing', async () => {
  const sandboxes = await Promise.all(Array.from({ length: 10 }, () => open()));
  await Promise.all(
    sandboxes.map((sandbox, index) => sandbox.as('Ada').say(sandbox.channel('tavern'), `${index}`)),
  );
  const heard = sandboxes.map((sandbox) => sandbox.allMessages(sandbox.channel('tavern')));
  expect(heard.map((messages) => messages.map(({ content }) => content))).toEqual(
    sandboxes.map((_, index) => [`${index}`]),
  );
  const tokens = new Set(sandboxes.map(({ token }) => token));
  expect(tokens.size).toBe(10);
});
