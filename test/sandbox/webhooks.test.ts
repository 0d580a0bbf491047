import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { RawSession } from './rawSession.ts';
import { call, open, problems } from './support.ts';

interface Hook {
  id: string;
  token: string;
  path: string;
}

const button = { type: 1, components: [{ type: 2, style: 2, label: 'Go', custom_id: 'go' }] };
const link = { type: 1, components: [{ type: 2, style: 5, label: 'Go', url: 'https://a.test' }] };

async function create(sandbox: Sandbox, channel = sandbox.channel('tavern')): Promise<Hook> {
  const answer = await call(sandbox, 'POST', `/channels/${channel}/webhooks`, { name: 'Troupe' });
  const { id, token } = answer.body as { id: string; token: string };
  return { id, token, path: `/webhooks/${id}/${token}` };
}

test('a channel holds 15 webhooks: 30007 after that', async () => {
  const sandbox = await open();
  for (let made = 0; made < 15; made += 1) await create(sandbox);
  const path = `/channels/${sandbox.channel('tavern')}/webhooks`;
  expect(await call(sandbox, 'POST', path, { name: 'one more' })).toMatchObject({
    status: 400,
    body: { code: 30007 },
  });
  expect((await call(sandbox, 'GET', path)).body).toHaveLength(15);
});

test.each([
  ['', 'BASE_TYPE_REQUIRED'],
  ['x'.repeat(81), 'BASE_TYPE_MAX_LENGTH'],
  ['Clyde the Owl', 'USERNAME_INVALID_CONTAINS'],
  ['my discord friend', 'USERNAME_INVALID_CONTAINS'],
])('a webhook can neither be called nor speak as "%s"', async (name, code) => {
  const sandbox = await open();
  const path = `/channels/${sandbox.channel('tavern')}/webhooks`;
  expect(problems((await call(sandbox, 'POST', path, { name })).body)).toEqual([['name', code]]);
  const hook = await create(sandbox);
  const spoken = await call(sandbox, 'POST', hook.path, { content: 'a', username: name });
  expect(problems(spoken.body)).toEqual([['username', code]]);
});

test('a name of 80 characters and an https picture are taken', async () => {
  const sandbox = await open();
  const hook = await create(sandbox);
  const body = { content: 'a', username: 'x'.repeat(80), avatar_url: 'https://a.test/b.png' };
  expect((await call(sandbox, 'POST', `${hook.path}?wait=true`, body)).status).toBe(200);
  const bad = await call(sandbox, 'POST', hook.path, { ...body, avatar_url: 'data:image/png,a' });
  expect(problems(bad.body)).toEqual([['avatar_url', 'URL_TYPE_INVALID_SCHEME']]);
});

test('executing answers 204, or with the message when it is asked to wait', async () => {
  const sandbox = await open();
  const hook = await create(sandbox);
  expect(await call(sandbox, 'POST', hook.path, { content: 'a' })).toMatchObject({
    status: 204,
    body: undefined,
  });
  expect(await call(sandbox, 'POST', `${hook.path}?wait=true`, { content: 'b' })).toMatchObject({
    status: 200,
    body: { content: 'b', webhook_id: hook.id, application_id: sandbox.applicationId },
  });
});

test('interactive components need a webhook that the application owns', async () => {
  const sandbox = await open();
  const { id, token } = sandbox.controls.createWebhook(sandbox.channel('tavern'), 'By hand');
  const path = `/webhooks/${id}/${token}?with_components=true`;
  const refused = await call(sandbox, 'POST', path, { content: 'a', components: [button] });
  expect(refused.status).toBe(400);
  expect(problems(refused.body)[0]?.[1]).toBe('APPLICATION_WEBHOOK_REQUIRED');
  const taken = await call(sandbox, 'POST', path, { content: 'a', components: [link] });
  expect(taken.status).toBe(204);
});

test('a webhook that is gone is 10015, a wrong token 50027, another’s message 10008', async () => {
  const sandbox = await open();
  const hook = await create(sandbox);
  const said = await sandbox.as('Ada').say(sandbox.channel('tavern'), 'mine');
  const edit = { content: 'changed' };
  expect(await call(sandbox, 'PATCH', `${hook.path}/messages/${said.id}`, edit)).toMatchObject({
    status: 404,
    body: { code: 10008 },
  });
  expect(await call(sandbox, 'POST', `/webhooks/${hook.id}/other`, edit)).toMatchObject({
    status: 401,
    body: { code: 50027 },
  });
  sandbox.controls.deleteWebhooks(sandbox.channel('tavern'));
  expect(await call(sandbox, 'POST', hook.path, edit)).toMatchObject({
    status: 404,
    body: { code: 10015 },
  });
});

test('the application cannot edit a webhook’s message as its own', async () => {
  const sandbox = await open();
  const hook = await create(sandbox);
  const { body } = await call(sandbox, 'POST', `${hook.path}?wait=true`, { content: 'a' });
  const path = `/channels/${sandbox.channel('tavern')}/messages/${(body as { id: string }).id}`;
  expect(await call(sandbox, 'PATCH', path, { content: 'b' })).toMatchObject({
    status: 403,
    body: { code: 50005 },
  });
});

test('a message in a thread is only found with its thread', async () => {
  const sandbox = await open();
  const hook = await create(sandbox);
  const thread = await sandbox.as('Ada').createThread(sandbox.channel('tavern'), 'Aside');
  const sent = await call(sandbox, 'POST', `${hook.path}?wait=true&thread_id=${thread.id}`, {
    content: 'a',
  });
  const path = `${hook.path}/messages/${(sent.body as { id: string }).id}`;
  const edit = { content: 'b' };
  expect(await call(sandbox, 'PATCH', path, edit)).toMatchObject({ body: { code: 10008 } });
  expect((await call(sandbox, 'PATCH', `${path}?thread_id=${thread.id}`, edit)).status).toBe(200);
  const other = await sandbox.as('Ada').createThread(sandbox.channel('lighthouse'), 'Elsewhere');
  expect(
    await call(sandbox, 'POST', `${hook.path}?thread_id=${other.id}`, { content: 'a' }),
  ).toMatchObject({ body: { code: 10003 } });
});

test('an edit changes neither name nor picture', async () => {
  const sandbox = await open();
  const hook = await create(sandbox);
  const sent = await call(sandbox, 'POST', `${hook.path}?wait=true`, {
    content: 'a',
    username: 'Mira',
  });
  const path = `${hook.path}/messages/${(sent.body as { id: string }).id}`;
  const edited = await call(sandbox, 'PATCH', path, { content: 'b', username: 'Someone' });
  expect(edited.body).toMatchObject({ content: 'b', author: { username: 'Mira' } });
});

test('creating, renaming, moving and deleting one is told as WEBHOOKS_UPDATE', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const hook = await create(sandbox);
  const moved = await call(sandbox, 'PATCH', `/webhooks/${hook.id}`, {
    name: 'Other',
    channel_id: sandbox.channel('lighthouse'),
  });
  expect(moved.body).toMatchObject({ name: 'Other', channel_id: sandbox.channel('lighthouse') });
  expect((await call(sandbox, 'DELETE', hook.path)).status).toBe(204);
  await sandbox.as('Ada').say(sandbox.channel('tavern'), 'the last event');
  await session.event('MESSAGE_CREATE');
  const channels = session.events('WEBHOOKS_UPDATE').map(({ channel_id }) => channel_id);
  const [tavern, lighthouse] = [sandbox.channel('tavern'), sandbox.channel('lighthouse')];
  expect(channels).toEqual([tavern, tavern, lighthouse, lighthouse]);
});

test('a forum takes a webhook’s message only as a post or in one', async () => {
  const sandbox = await open();
  const forum = sandbox.controls.createChannel(sandbox.guild, { name: 'tales', type: 15 });
  const hook = await create(sandbox, forum);
  const say = (query: string, body: object) => call(sandbox, 'POST', `${hook.path}?${query}`, body);
  expect(await say('', { content: 'a' })).toMatchObject({ body: { code: 220001 } });
  const post = await say('wait=true', { content: 'a', thread_name: 'A tale' });
  const { channel_id, id } = post.body as { channel_id: string; id: string };
  expect(channel_id).toBe(id);
  expect((await say(`thread_id=${channel_id}`, { content: 'b' })).status).toBe(204);
  expect(await say(`thread_id=${channel_id}`, { content: 'b', thread_name: 'c' })).toMatchObject({
    body: { code: 220002 },
  });
});
