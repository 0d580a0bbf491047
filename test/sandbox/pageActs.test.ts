import { ChannelType, Events } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { problemsIn } from '../../src/sandbox/people/requestLog.ts';
import { call, eventually, login, open } from './support.ts';

const rights = (sandbox: Awaited<ReturnType<typeof open>>, name: string) => {
  const id = sandbox.people[name] ?? '';
  return sandbox.as('Ada').view().guilds[0]?.rights[id];
};

describe('threads and posts of people', () => {
  test('a post is a thread that begins with its text, and the application hears of both', async () => {
    const sandbox = await open();
    const client = await login(sandbox);
    const heard: string[] = [];
    client.on(Events.ThreadCreate, ({ name }) => heard.push(name));
    client.on(Events.MessageCreate, ({ content }) => heard.push(content));
    const bruno = sandbox.as('Bruno');
    const post = await bruno.createPost(sandbox.channel('tales'), 'The long night', 'It began so.');
    expect(sandbox.allMessages(post.id).map(({ id }) => id)).toEqual([post.id]);
    await expect.poll(() => heard).toEqual(['The long night', 'It began so.']);
    await expect(bruno.createPost(sandbox.channel('tavern'), 'a', 'b')).rejects.toThrow('forum');
    await expect(bruno.createPost(sandbox.channel('tales'), 'a', ' ')).rejects.toThrow('read');
  });

  test('a private thread is seen by those who were brought in', async () => {
    const sandbox = await open();
    const client = await login(sandbox);
    const heard: string[] = [];
    client.on(Events.ThreadCreate, ({ name }) => heard.push(name));
    const bruno = sandbox.as('Bruno');
    const chiara = sandbox.as('Chiara');
    const thread = await bruno.createPrivateThread(sandbox.channel('tavern'), 'Whispers');
    expect(thread.type).toBe(ChannelType.PrivateThread);
    expect(sandbox.allMessages(sandbox.channel('tavern'))).toEqual([]);
    await expect(chiara.say(thread.id, 'May I?')).rejects.toMatchObject({ status: 404 });
    await bruno.addToThread(thread.id, chiara.id);
    await chiara.say(thread.id, 'Here I am');
    await bruno.addToThread(thread.id, sandbox.applicationId);
    // Bot managers of threads are told when it is made, and again when they are brought in.
    await expect.poll(() => heard).toContain('Whispers');
    await chiara.leaveThread(thread.id);
    expect(chiara.messages(thread.id)).toEqual([]);
  });

  test('an archived thread is listed apart, opens when someone writes, and not when locked', async () => {
    const sandbox = await open();
    const tavern = sandbox.channel('tavern');
    const [ada, bruno] = [sandbox.as('Ada'), sandbox.as('Bruno')];
    const thread = await bruno.createThread(tavern, 'The cellar');
    const listed = () =>
      bruno.view().guilds[0]?.channels.some(({ id }) => id === thread.id) ?? false;
    await bruno.changeThread(thread.id, { archived: true });
    expect(listed()).toBe(false);
    expect(bruno.archivedThreads(tavern).map(({ name }) => name)).toEqual(['The cellar']);
    await bruno.say(thread.id, 'Anyone?');
    expect(listed()).toBe(true);

    await expect(bruno.changeThread(thread.id, { locked: true })).rejects.toMatchObject({
      status: 403,
    });
    await ada.changeThread(thread.id, { locked: true, archived: true });
    await expect(bruno.say(thread.id, 'And now?')).rejects.toMatchObject({ status: 403 });
    expect(listed()).toBe(false);
  });

  test('a thread is renamed by its owner and by those who manage threads', async () => {
    const sandbox = await open();
    const thread = await sandbox.as('Bruno').createThread(sandbox.channel('tavern'), 'One');
    await expect(
      sandbox.as('Chiara').changeThread(thread.id, { name: 'Two' }),
    ).rejects.toMatchObject({ status: 403 });
    expect((await sandbox.as('Bruno').changeThread(thread.id, { name: 'Three' })).name).toBe(
      'Three',
    );
  });
});

describe('permissions given and taken from the page', () => {
  test('what is taken is refused, and the application hears of it', async () => {
    const sandbox = await open();
    const client = await login(sandbox);
    const tavern = sandbox.channel('tavern');
    const set = (permission: string, allowed: boolean, who: 'application' | 'everyone') =>
      sandbox.as('Ada').act({ kind: 'setPermission', channel: tavern, who, permission, allowed });
    const webhooks = async () =>
      (await call(sandbox, 'GET', `/channels/${tavern}/webhooks`)).status;
    expect(await webhooks()).toBe(200);
    let updates = 0;
    client.on(Events.ChannelUpdate, () => {
      updates += 1;
    });
    await set('ManageWebhooks', false, 'application');
    expect(await webhooks()).toBe(403);
    await set('ManageWebhooks', true, 'application');
    expect(await webhooks()).toBe(200);
    const channel = await client.channels.fetch(tavern, { force: true });
    expect(channel?.toJSON()).toMatchObject({ permissionOverwrites: [] });

    await set('ViewChannel', false, 'application');
    await eventually(() => (updates === 3 ? true : undefined));
    expect((await call(sandbox, 'GET', `/channels/${tavern}`)).body).toMatchObject({ code: 50001 });
    await set('SendMessages', false, 'everyone');
    await expect(sandbox.as('Bruno').say(tavern, 'a')).rejects.toMatchObject({ status: 403 });
    expect(sandbox.as('Bruno').view().guilds[0]?.readOnly).toContain(tavern);
  });

  test('with access come the threads that were hidden', async () => {
    const sandbox = await open();
    const tavern = sandbox.channel('tavern');
    const take = (allowed: boolean) =>
      sandbox.as('Ada').act({
        kind: 'setPermission',
        channel: tavern,
        who: 'application',
        permission: 'ViewChannel',
        allowed,
      });
    await take(false);
    const client = await login(sandbox);
    const thread = await sandbox.as('Ada').createThread(tavern, 'Unseen');
    expect(client.channels.cache.has(thread.id)).toBe(false);
    await take(true);
    await eventually(() => client.channels.cache.get(thread.id));
  });

  test('rights are roles of a person', async () => {
    const sandbox = await open();
    const bruno = sandbox.people.Bruno ?? '';
    const set = (given: { manageChannels?: boolean; manageGuild?: boolean }) =>
      sandbox
        .as('Ada')
        .act({ kind: 'setRights', guild: sandbox.guild, person: bruno, rights: given });
    await set({ manageGuild: true });
    expect(rights(sandbox, 'Bruno')).toEqual({
      owner: false,
      manageChannels: false,
      manageGuild: true,
    });
    await set({ manageGuild: false, manageChannels: true });
    expect(rights(sandbox, 'Bruno')).toMatchObject({ manageChannels: true, manageGuild: false });
    const names = sandbox
      .as('Ada')
      .view()
      .guilds[0]?.roles.map(({ name }) => name);
    expect(names).toEqual(['@everyone', 'Troupe', 'Manages the server', 'Manages channels']);
  });

  test('a person is added by a name of their own', async () => {
    const sandbox = await open();
    await sandbox.as('Ada').act({ kind: 'createPerson', name: ' Dara ' });
    await sandbox.as('Dara').say(sandbox.channel('tavern'), 'Evening');
    await expect(sandbox.as('Ada').act({ kind: 'createPerson', name: 'Dara' })).rejects.toThrow(
      'called that already',
    );
  });
});

describe('faults from the page', () => {
  test('they are listed while they last', async () => {
    const sandbox = await open();
    const ada = sandbox.as('Ada');
    const fault = { kind: 'status', status: 503 } as const;
    await ada.act({ kind: 'armFault', fault, times: 1 });
    await ada.act({ kind: 'armFault', fault: { kind: 'latency', ms: 1 } });
    expect(ada.view().faults).toEqual([
      { ...fault, left: 1 },
      { kind: 'latency', ms: 1, left: null },
    ]);
    expect((await call(sandbox, 'GET', '/users/@me')).status).toBe(503);
    expect(ada.view().faults).toEqual([{ kind: 'latency', ms: 1, left: null }]);
    await ada.act({ kind: 'clearFaults' });
    expect(ada.view().faults).toEqual([]);
  });

  test('the gateway is broken off and comes back', async () => {
    const sandbox = await open();
    const ada = sandbox.as('Ada');
    await expect(ada.act({ kind: 'breakGateway', how: 'final' })).rejects.toThrow('not connected');
    await login(sandbox);
    await ada.act({ kind: 'breakGateway', how: 'resumable' });
    expect(sandbox.online).toBe(false);
    await eventually(() => (sandbox.online ? true : undefined), 8_000);
  });
});

describe('the log of requests', () => {
  async function watch(sandbox: Awaited<ReturnType<typeof open>>) {
    const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/sandbox/socket`);
    const heard: { kind: string; entries?: { path: string }[]; fresh?: boolean }[] = [];
    socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data))));
    await new Promise((resolve) => socket.addEventListener('open', resolve));
    return { heard, ask: (on: boolean) => socket.send(JSON.stringify({ watchRequests: on })) };
  }

  test('comes to those who ask, with what was before, until they ask no more', async () => {
    const sandbox = await open({ rateLimits: 'discord' });
    const { heard, ask } = await watch(sandbox);
    await call(sandbox, 'GET', '/users/@me');
    expect(heard).toEqual([]);
    ask(true);
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toMatchObject({ fresh: true, entries: [{ path: '/users/@me', status: 200 }] });
    const tavern = sandbox.channel('tavern');
    await call(sandbox, 'POST', `/channels/${tavern}/messages`, { content: 'x'.repeat(2_001) });
    await expect.poll(() => heard.length).toBe(2);
    expect(heard[1]).toMatchObject({
      fresh: false,
      entries: [{ channel: tavern, status: 400, code: 50035, limit: 5, remaining: 4 }],
    });
    ask(false);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await call(sandbox, 'GET', '/users/@me');
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(heard).toHaveLength(2);
  });

  test('says which thread a webhook’s message was for', async () => {
    const sandbox = await open();
    const tavern = sandbox.channel('tavern');
    const thread = await sandbox.as('Ada').createThread(tavern, 'By the fire');
    const { id, token } = sandbox.controls.createWebhook(tavern, 'stage');
    const execute = (query: string) =>
      call(sandbox, 'POST', `/webhooks/${id}/${token}${query}`, { content: 'Evening' });
    await execute(`?thread_id=${thread.id}`);
    await execute('');
    const { heard, ask } = await watch(sandbox);
    ask(true);
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toMatchObject({ entries: [{ channel: thread.id }, { channel: tavern }] });
  });

  test('what is dropped is told too', async () => {
    const sandbox = await open();
    const { heard, ask } = await watch(sandbox);
    ask(true);
    await expect.poll(() => heard.length).toBe(1);
    sandbox.faults.drop({}, 'before');
    await expect(call(sandbox, 'GET', '/users/@me')).rejects.toThrow();
    sandbox.faults.drop({}, 'after');
    await expect(call(sandbox, 'GET', '/users/@me')).rejects.toThrow();
    const told = () => heard.filter(({ kind }) => kind === 'requests').flatMap((n) => n.entries);
    await expect.poll(told).toMatchObject([
      { status: 0, dropped: true },
      { status: 200, dropped: true },
    ]);
  });

  test('nested errors are read as lines', () => {
    const errors = {
      content: { _errors: [{ code: 'X', message: 'Too long' }] },
      embeds: { 0: { title: { _errors: [{ code: 'X', message: 'Missing' }] } } },
    };
    expect(problemsIn(errors)).toEqual(['content: Too long', 'embeds.0.title: Missing']);
    expect(problemsIn(undefined)).toEqual([]);
  });
});

test('a file that a form was given arrives as an attachment', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const got: unknown[] = [];
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isButton()) {
      await interaction.showModal({
        customId: 'f',
        title: 'A map',
        components: [
          { type: 18, label: 'Map', component: { type: 19, customId: 'map', required: true } },
        ],
      } as never);
    }
    if (!interaction.isModalSubmit()) return;
    got.push(interaction.fields.getUploadedFiles('map')?.map(({ name }) => name));
    await interaction.reply('Thanks');
  });
  const place = await client.channels.fetch(sandbox.channel('tavern'));
  if (!place?.isSendable()) throw new Error('no place');
  const sent = await place.send({
    content: 'A map?',
    components: [
      { type: 1, components: [{ type: 2, style: 1, label: 'Give', customId: 'give' }] },
    ] as never,
  });
  const ada = sandbox.as('Ada');
  const opened = await ada.click({ id: sent.id, channel_id: sent.channelId }, 'give');
  if (opened.kind !== 'modal') throw new Error(opened.kind);
  await expect(ada.submit(opened.modal, {})).rejects.toThrow('files');
  const map = { name: 'map.png', type: 'image/png', base64: btoa('x') };
  await ada.submit(opened.modal, {}, { map: [map] });
  expect(got).toEqual([['map.png']]);
});
