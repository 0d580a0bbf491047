import { expect, test } from 'vitest';
import { routes } from '../../src/sandbox/routes/index.ts';
import { RawSession } from './rawSession.ts';
import { call, open } from './support.ts';

type Body = { id: string; token: string };

const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const OWL = encodeURIComponent('🦉');

/** Written against Discord's documentation alone: no library stands between. */
test('every route does what it is there for, and every event comes', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const { applicationId: app, guild } = sandbox;
  const tavern = `/channels/${sandbox.channel('tavern')}`;
  const ada = sandbox.as('Ada');
  const ok = async (method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await call(sandbox, method, path, body);
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer.body as Body;
  };
  sandbox.controls.allow(sandbox.channel('tavern'), ['PinMessages', 'ManageChannels']);
  const role = sandbox.controls.createRole(guild, 'Steward', ['ManageChannels']);
  const own = sandbox.as('Ada').view().bot?.id ?? '';
  const bot = (
    (await ok('GET', `/guilds/${guild}/members/${own}`)) as unknown as { roles: string[] }
  ).roles;
  sandbox.controls.setRoles(guild, own, [...bot, role]);

  for (const path of [
    '/gateway',
    '/gateway/bot',
    '/users/@me',
    `/users/${ada.id}`,
    '/users/@me/guilds',
    '/applications/@me',
    '/oauth2/applications/@me',
    `/guilds/${guild}`,
    `/guilds/${guild}/channels`,
    `/guilds/${guild}/roles`,
    `/guilds/${guild}/members`,
    `/guilds/${guild}/members?limit=10`,
    tavern,
  ]) {
    await ok('GET', path);
  }

  const emoji = await ok('POST', `/applications/${app}/emojis`, { name: 'mira', image: PNG });
  await ok('GET', `/applications/${app}/emojis`);
  await ok('GET', `/applications/${app}/emojis/${emoji.id}`);
  await ok('PATCH', `/applications/${app}/emojis/${emoji.id}`, { name: 'mira_2' });

  const spare = await ok('POST', `/guilds/${guild}/channels`, { name: 'spare' });
  await ok('PATCH', `/channels/${spare.id}`, { name: 'spare-room', topic: 'Empty' });
  await ok('DELETE', `/channels/${spare.id}`);
  await ok('POST', '/users/@me/channels', { recipient_id: ada.id });

  const sent = await ok('POST', `${tavern}/messages`, { content: 'a' });
  const message = `${tavern}/messages/${sent.id}`;
  await ok('GET', `${tavern}/messages`);
  await ok('GET', message);
  await ok('PATCH', message, { content: 'b' });
  await ok('POST', `${tavern}/typing`);
  await ok('PUT', `${message}/reactions/${OWL}/@me`);
  await ok('PUT', `${message}/reactions/mira_2:${emoji.id}/@me`);
  await ok('GET', `${message}/reactions/${OWL}`);
  await ok('DELETE', `${message}/reactions/${OWL}/@me`);
  await ada.react({ id: sent.id, channel_id: sandbox.channel('tavern') }, '🦉');
  await ok('DELETE', `${message}/reactions/${OWL}/${ada.id}`);
  await ok('DELETE', `${message}/reactions/mira_2:${emoji.id}`);
  await ok('DELETE', `${message}/reactions`);
  for (const pins of [`${tavern}/pins`, `${tavern}/messages/pins`]) {
    await ok('PUT', `${pins}/${sent.id}`);
    await ok('GET', pins);
    await ok('DELETE', `${pins}/${sent.id}`);
  }

  await ok('POST', `${message}/threads`, { name: 'From a message' });
  await ok('GET', `/guilds/${guild}/threads/active`);
  const thread = await ok('POST', `${tavern}/threads`, { name: 'By itself', type: 11 });
  const members = `/channels/${thread.id}/thread-members`;
  await ok('PUT', `${members}/${ada.id}`);
  await ok('GET', members);
  await ok('GET', `${members}/${ada.id}?with_member=true`);
  await ok('DELETE', `${members}/${ada.id}`);
  await ok('PATCH', `/channels/${thread.id}`, { archived: true });
  await ok('GET', `${tavern}/threads/archived/public`);
  await ok('GET', `${tavern}/threads/archived/private`);
  await ok('GET', `${tavern}/users/@me/threads/archived/private`);
  await ok('PATCH', `/channels/${thread.id}`, { archived: false });
  await ok('DELETE', `/channels/${thread.id}`);

  const hook = await ok('POST', `${tavern}/webhooks`, { name: 'Troupe', avatar: PNG });
  const byToken = `/webhooks/${hook.id}/${hook.token}`;
  await ok('GET', `${tavern}/webhooks`);
  await ok('GET', `/guilds/${guild}/webhooks`);
  await ok('GET', `/webhooks/${hook.id}`);
  await ok('GET', byToken);
  await ok('PATCH', `/webhooks/${hook.id}`, { name: 'Troupe 2' });
  await ok('PATCH', byToken, { name: 'Troupe 3' });
  const spoken = await ok('POST', `${byToken}?wait=true`, { content: 'a', username: 'Mira' });
  await ok('GET', `${byToken}/messages/${spoken.id}`);
  await ok('PATCH', `${byToken}/messages/${spoken.id}`, { content: 'b' });
  await ok('DELETE', `${byToken}/messages/${spoken.id}`);
  await ok('DELETE', byToken);
  const other = await ok('POST', `${tavern}/webhooks`, { name: 'Other' });
  await ok('DELETE', `/webhooks/${other.id}`);

  for (const commands of [
    `/applications/${app}/commands`,
    `/applications/${app}/guilds/${guild}/commands`,
  ]) {
    await ok('PUT', commands, []);
    const go = await ok('POST', commands, { name: 'go', description: 'Go' });
    await ok('GET', commands);
    await ok('GET', `${commands}/${go.id}`);
    await ok('PATCH', `${commands}/${go.id}`, { description: 'Go on' });
    if (commands.includes('guilds')) await ok('DELETE', `${commands}/${go.id}`);
  }
  void ada.command(sandbox.channel('tavern'), 'go');
  const interaction = await session.interaction();
  await ok('POST', `/interactions/${interaction.id}/${interaction.token}/callback`, {
    type: 4,
    data: { content: 'gone' },
  });
  const answers = `/webhooks/${app}/${interaction.token}`;
  await ok('GET', `${answers}/messages/@original`);
  const further = await ok('POST', answers, { content: 'and on' });
  await ok('PATCH', `${answers}/messages/${further.id}`, { content: 'and on, and on' });
  await ok('DELETE', `${answers}/messages/@original`);
  const globals = (await ok('GET', `/applications/${app}/commands`)) as unknown as Body[];
  await ok('DELETE', `/applications/${app}/commands/${globals[0]?.id}`);

  await ok('DELETE', message);
  const two = [
    await ada.say(sandbox.channel('tavern'), 'a'),
    await ada.say(sandbox.channel('tavern'), 'b'),
  ];
  await ok('POST', `${tavern}/messages/bulk-delete`, { messages: two.map(({ id }) => id) });
  await ok('DELETE', `/applications/${app}/emojis/${emoji.id}`);
  sandbox.controls.createPerson('Dara');
  sandbox.controls.removeApplication(sandbox.controls.createGuild('The Annex'));
  sandbox.controls.createChannel(guild, 'the-last');

  const asked = new Set(sandbox.requests.map(({ route }) => route));
  expect(
    routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !asked.has(route)),
  ).toEqual([]);
  expect(sandbox.violations).toEqual([]);

  await session.event('GUILD_DELETE');
  const told = new Set(session.frames.map(({ t }) => t));
  for (const name of [
    'READY',
    'GUILD_CREATE',
    'GUILD_MEMBER_ADD',
    'GUILD_MEMBER_UPDATE',
    'GUILD_ROLE_CREATE',
    'CHANNEL_CREATE',
    'CHANNEL_UPDATE',
    'CHANNEL_DELETE',
    'CHANNEL_PINS_UPDATE',
    'THREAD_CREATE',
    'THREAD_UPDATE',
    'THREAD_DELETE',
    'THREAD_MEMBERS_UPDATE',
    'MESSAGE_CREATE',
    'MESSAGE_UPDATE',
    'MESSAGE_DELETE',
    'MESSAGE_DELETE_BULK',
    'MESSAGE_REACTION_ADD',
    'MESSAGE_REACTION_REMOVE',
    'MESSAGE_REACTION_REMOVE_ALL',
    'MESSAGE_REACTION_REMOVE_EMOJI',
    'TYPING_START',
    'WEBHOOKS_UPDATE',
    'INTERACTION_CREATE',
  ]) {
    expect(told, name).toContain(name);
  }
});
