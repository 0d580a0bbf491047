import { describe, expect, test } from 'vitest';
import { RawSession } from './rawSession.ts';
import { call, eventually, open } from './support.ts';

test('without seeing a channel everything there is 50001', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const said = await sandbox.as('Ada').say(tavern, 'hello');
  sandbox.controls.deny(tavern, ['ViewChannel']);
  const path = `/channels/${tavern}`;
  for (const [method, where, body] of [
    ['GET', path, undefined],
    ['GET', `${path}/messages`, undefined],
    ['GET', `${path}/messages/${said.id}`, undefined],
    ['POST', `${path}/messages`, { content: 'a' }],
    ['POST', `${path}/webhooks`, { name: 'a' }],
    ['POST', `${path}/typing`, undefined],
  ] as const) {
    expect(await call(sandbox, method, where, body)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
  }
});

describe('50013 without', () => {
  test.each([
    ['SendMessages', 'POST', '/messages', { content: 'a' }],
    ['EmbedLinks', 'POST', '/messages', { embeds: [{ title: 'a' }] }],
    ['ManageWebhooks', 'POST', '/webhooks', { name: 'a' }],
    ['ManageWebhooks', 'GET', '/webhooks', undefined],
    ['SendMessages', 'POST', '/typing', undefined],
    ['CreatePublicThreads', 'POST', '/threads', { name: 'a', type: 11 }],
    ['CreatePrivateThreads', 'POST', '/threads', { name: 'a', type: 12 }],
    ['ManageMessages', 'POST', '/messages/bulk-delete', { messages: ['1', '2'] }],
  ] as const)('%s: %s %s', async (permission, method, path, body) => {
    const sandbox = await open();
    const tavern = sandbox.channel('tavern');
    sandbox.controls.deny(tavern, [permission]);
    const answer = await call(sandbox, method, `/channels/${tavern}${path}`, body);
    expect(answer).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  test('ManageMessages, to delete what someone else wrote; one’s own always goes', async () => {
    const sandbox = await open();
    const tavern = sandbox.channel('tavern');
    sandbox.controls.deny(tavern, ['ManageMessages']);
    const said = await sandbox.as('Ada').say(tavern, 'mine');
    const { body } = await call(sandbox, 'POST', `/channels/${tavern}/messages`, { content: 'a' });
    const own = (body as { id: string }).id;
    const remove = (id: string) => call(sandbox, 'DELETE', `/channels/${tavern}/messages/${id}`);
    expect(await remove(said.id)).toMatchObject({ status: 403, body: { code: 50013 } });
    expect((await remove(own)).status).toBe(204);
  });

  test('ManageThreads or ManageChannels, to change what is not one’s own', async () => {
    const sandbox = await open();
    const tavern = sandbox.channel('tavern');
    const thread = await sandbox.as('Ada').createThread(tavern, 'Hers');
    sandbox.controls.deny(tavern, ['ManageThreads']);
    for (const id of [thread.id, tavern]) {
      const answer = await call(sandbox, 'PATCH', `/channels/${id}`, { name: 'mine' });
      expect(answer).toMatchObject({ status: 403, body: { code: 50013 } });
    }
  });
});

test('without ReadMessageHistory a list is empty and a reply is 160002', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const said = await sandbox.as('Ada').say(tavern, 'hello');
  sandbox.controls.deny(tavern, ['ReadMessageHistory']);
  const path = `/channels/${tavern}/messages`;
  expect((await call(sandbox, 'GET', path)).body).toEqual([]);
  const reply = { content: 'a', message_reference: { message_id: said.id } };
  expect(await call(sandbox, 'POST', path, reply)).toMatchObject({ body: { code: 160002 } });
});

test('another’s message cannot be edited', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const said = await sandbox.as('Ada').say(tavern, 'mine');
  const path = `/channels/${tavern}/messages/${said.id}`;
  expect(await call(sandbox, 'PATCH', path, { content: 'b' })).toMatchObject({
    status: 403,
    body: { code: 50005 },
  });
});

test('an interaction is answered even where the application may not write', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  await call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, [
    { name: 'go', description: 'Go' },
  ]);
  const session = await RawSession.identify(sandbox);
  sandbox.controls.deny(tavern, ['SendMessages']);
  const result = sandbox.as('Ada').command(tavern, 'go');
  const { id, token } = await session.interaction();
  const body = { type: 4, data: { content: 'here' } };
  expect((await call(sandbox, 'POST', `/interactions/${id}/${token}/callback`, body)).status).toBe(
    204,
  );
  expect((await result).kind).toBe('message');
});

test('an overwrite for the member wins over one for everyone, and comes with CHANNEL_UPDATE', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const tavern = sandbox.channel('tavern');
  sandbox.controls.deny(tavern, ['SendMessages'], sandbox.guild);
  const send = () => call(sandbox, 'POST', `/channels/${tavern}/messages`, { content: 'a' });
  expect((await send()).status).toBe(403);
  sandbox.controls.allow(tavern, ['SendMessages']);
  expect((await send()).status).toBe(200);
  await eventually(() => session.events('CHANNEL_UPDATE').length === 2 || undefined);
});

test('what happens in a channel that the application cannot see is not told to it', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  sandbox.controls.deny(sandbox.channel('tavern'), ['ViewChannel']);
  await sandbox.as('Ada').say(sandbox.channel('tavern'), 'unheard');
  await sandbox.as('Ada').say(sandbox.channel('lighthouse'), 'heard');
  expect((await session.event('MESSAGE_CREATE')).content).toBe('heard');
});

test('people are bound by permissions too', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const bruno = sandbox.as('Bruno');
  sandbox.controls.deny(tavern, ['SendMessages'], bruno.id);
  await expect(bruno.say(tavern, 'a')).rejects.toMatchObject({ status: 403 });
  const said = await sandbox.as('Ada').say(tavern, 'mine');
  await expect(bruno.edit(said, 'his')).rejects.toMatchObject({ status: 403 });
  await expect(bruno.delete(said)).rejects.toMatchObject({ status: 403 });
  sandbox.controls.deny(tavern, ['ViewChannel'], bruno.id);
  expect(bruno.messages(tavern)).toEqual([]);
  const names = bruno.view().guilds[0]?.channels.map(({ name }) => name);
  expect(names).toEqual(['lighthouse', 'rehearsal-room', 'tales']);
});

test('a command for those who manage the server is nobody else’s', async () => {
  const sandbox = await open();
  await RawSession.identify(sandbox);
  const manageGuild = String(1 << 5);
  await call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, [
    { name: 'configure', description: 'Configure', default_member_permissions: manageGuild },
  ]);
  const tavern = sandbox.channel('tavern');
  await expect(sandbox.as('Bruno').command(tavern, 'configure')).rejects.toThrow('no command');
});

test('a role gives what it holds, and not more', async () => {
  const sandbox = await open();
  await RawSession.identify(sandbox);
  await call(sandbox, 'PUT', `/applications/${sandbox.applicationId}/commands`, [
    { name: 'go', description: 'Go', default_member_permissions: String(1 << 13) },
  ]);
  const bruno = sandbox.as('Bruno');
  const tavern = sandbox.channel('tavern');
  const said = await sandbox.as('Ada').say(tavern, 'hello');
  await expect(bruno.delete(said)).rejects.toMatchObject({ status: 403 });
  const role = sandbox.controls.createRole(sandbox.guild, 'Steward', ['ManageMessages']);
  sandbox.controls.setRoles(sandbox.guild, bruno.id, [role]);
  await bruno.delete(said);
  expect(sandbox.allMessages(tavern)).toEqual([]);
});
