import { expect, test } from 'vitest';
import { RawSession } from './rawSession.ts';
import { call, eventually, open, problems } from './support.ts';

type Body = { id: string };

test('a thread from a message shares its id, and there is only one', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const tavern = sandbox.channel('tavern');
  const said = await sandbox.as('Ada').say(tavern, 'a story');
  const path = `/channels/${tavern}/messages/${said.id}/threads`;
  const made = await call(sandbox, 'POST', path, { name: 'Aside', auto_archive_duration: 60 });
  expect(made).toMatchObject({ status: 201, body: { id: said.id, type: 11, parent_id: tavern } });
  expect(await call(sandbox, 'POST', path, { name: 'Again' })).toMatchObject({
    body: { code: 160004 },
  });
  expect(await session.event('THREAD_CREATE')).toMatchObject({ newly_created: true });
  const starter = sandbox.allMessages(said.id)[0];
  expect(starter).toMatchObject({ type: 21, referenced_message: { id: said.id } });
  const [shown] = sandbox.as('Ada').messages(tavern);
  expect(shown?.thread).toMatchObject({ id: said.id, name: 'Aside' });
});

test.each([
  ['', 1_440, 'name'],
  ['x'.repeat(101), 1_440, 'name'],
  ['a', 61, 'auto_archive_duration'],
])(
  'a thread called "%s" that is archived after %i minutes cannot be made',
  async (name, minutes, field) => {
    const sandbox = await open();
    const body = { name, type: 11, auto_archive_duration: minutes };
    const made = await call(
      sandbox,
      'POST',
      `/channels/${sandbox.channel('tavern')}/threads`,
      body,
    );
    expect(problems(made.body).map(([path]) => path)).toContain(field);
  },
);

test('an archived thread cannot be edited in (50083); writing opens it', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const thread = await sandbox.as('Ada').createThread(tavern, 'Aside');
  const path = `/channels/${thread.id}`;
  const sent = (await call(sandbox, 'POST', `${path}/messages`, { content: 'a' })).body as Body;
  sandbox.controls.setThread(thread.id, { archived: true });
  const edit = () => call(sandbox, 'PATCH', `${path}/messages/${sent.id}`, { content: 'b' });
  expect(await edit()).toMatchObject({ status: 400, body: { code: 50083 } });
  expect(await call(sandbox, 'PATCH', path, { name: 'Other' })).toMatchObject({
    body: { code: 50083 },
  });
  expect((await call(sandbox, 'POST', `${path}/messages`, { content: 'c' })).status).toBe(200);
  expect((await call(sandbox, 'GET', path)).body).toMatchObject({
    thread_metadata: { archived: false },
  });
  expect((await edit()).status).toBe(200);
});

test('a locked thread is closed to those who do not manage threads (160005)', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const thread = await sandbox.as('Ada').createThread(tavern, 'Aside');
  sandbox.controls.setThread(thread.id, { locked: true });
  const send = () => call(sandbox, 'POST', `/channels/${thread.id}/messages`, { content: 'a' });
  expect((await send()).status).toBe(200);
  sandbox.controls.deny(tavern, ['ManageThreads']);
  expect(await send()).toMatchObject({ status: 400, body: { code: 160005 } });
  await expect(sandbox.as('Bruno').say(thread.id, 'a')).rejects.toMatchObject({ status: 403 });
  const hook = sandbox.controls.createWebhook(tavern, 'By hand');
  const speak = () =>
    call(sandbox, 'POST', `/webhooks/${hook.id}/${hook.token}?thread_id=${thread.id}`, {
      content: 'a',
    });
  expect(await speak()).toMatchObject({ body: { code: 160005 } });
  sandbox.controls.setThread(thread.id, { archived: true });
  expect(await send()).toMatchObject({ body: { code: 50083 } });
  expect(await speak()).toMatchObject({ body: { code: 50083 } });
});

test('a private thread is seen by its members and those who manage threads', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const body = { name: 'Between us', type: 12 };
  const made = await call(sandbox, 'POST', `/channels/${tavern}/threads`, body);
  const { id } = made.body as Body;
  const bruno = sandbox.as('Bruno');
  await expect(bruno.say(id, 'a')).rejects.toMatchObject({ status: 404 });
  const member = `/channels/${id}/thread-members/${bruno.id}`;
  expect((await call(sandbox, 'PUT', member)).status).toBe(204);
  await bruno.say(id, 'here I am');
  expect((await call(sandbox, 'GET', `/channels/${id}/thread-members`)).body).toHaveLength(2);
  expect((await call(sandbox, 'DELETE', member)).status).toBe(204);
  expect(bruno.messages(id)).toEqual([]);
});

test('threads are listed while they are active, then among the archived', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const { id } = await sandbox.as('Ada').createThread(tavern, 'Aside');
  const active = async () =>
    (
      (await call(sandbox, 'GET', `/guilds/${sandbox.guild}/threads/active`)).body as {
        threads: Body[];
      }
    ).threads.map((thread) => thread.id);
  const archived = async () =>
    (
      (await call(sandbox, 'GET', `/channels/${tavern}/threads/archived/public`)).body as {
        threads: Body[];
      }
    ).threads.map((thread) => thread.id);
  expect([await active(), await archived()]).toEqual([[id], []]);
  expect((await call(sandbox, 'PATCH', `/channels/${id}`, { archived: true })).status).toBe(200);
  expect([await active(), await archived()]).toEqual([[], [id]]);
});

test('a post in a forum begins with a message of the same id', async () => {
  const sandbox = await open();
  const forum = sandbox.controls.createChannel(sandbox.guild, { name: 'tales', type: 15 });
  const path = `/channels/${forum}/threads`;
  const made = await call(sandbox, 'POST', path, { name: 'A tale', message: { content: 'Once' } });
  const { id } = made.body as Body;
  expect(made.body).toMatchObject({ type: 11, parent_id: forum, message: { id, content: 'Once' } });
  expect(await call(sandbox, 'POST', path, { name: 'A tale', message: {} })).toMatchObject({
    body: { code: 50006 },
  });
  expect(
    await call(sandbox, 'POST', `/channels/${forum}/messages`, { content: 'a' }),
  ).toMatchObject({
    body: { code: 50008 },
  });
});

test('a channel that is deleted takes its threads along', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const tavern = sandbox.channel('tavern');
  const thread = await sandbox.as('Ada').createThread(tavern, 'Aside');
  sandbox.controls.deleteChannel(tavern);
  await session.event('CHANNEL_DELETE');
  expect(session.events('THREAD_DELETE')).toMatchObject([{ id: thread.id }]);
  expect(await call(sandbox, 'GET', `/channels/${thread.id}`)).toMatchObject({
    body: { code: 10003 },
  });
});

test('whoever writes in a thread has joined it', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const thread = await sandbox.as('Ada').createThread(sandbox.channel('tavern'), 'Aside');
  await sandbox.as('Bruno').say(thread.id, 'me too');
  const joined = await eventually(() => session.events('THREAD_MEMBERS_UPDATE')[0]);
  expect(joined).toMatchObject({ added_members: [{ user_id: sandbox.as('Bruno').id }] });
});

test('a thread is archived when nothing happened in it for as long as it asks for', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const body = { name: 'Aside', type: 11, auto_archive_duration: 60 };
  const made = await call(sandbox, 'POST', `/channels/${sandbox.channel('tavern')}/threads`, body);
  const { id } = made.body as Body;
  sandbox.faults.moveClock(58 * 60_000);
  await sandbox.as('Ada').say(id, 'still here');
  const archived = async () =>
    (
      (await call(sandbox, 'GET', `/channels/${id}`)).body as {
        thread_metadata: { archived: boolean };
      }
    ).thread_metadata.archived;
  sandbox.faults.moveClock(30 * 60_000);
  await session.event('THREAD_MEMBERS_UPDATE');
  expect(await archived()).toBe(false);
  sandbox.faults.moveClock(31 * 60_000);
  await session.event('THREAD_UPDATE');
  expect(await archived()).toBe(true);
});
