import { Events, GatewayIntentBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/sandbox/index.ts';
import { ALL_INTENTS, RawSession } from './rawSession.ts';
import { call, eventually, login, open } from './support.ts';

const GUILDS = 1;
const GUILD_MESSAGES = 1 << 9;
const DIRECT_MESSAGES = 1 << 12;
const MESSAGE_CONTENT = 1 << 15;

describe('the gateway closes a connection', () => {
  test.each<[number, string, (session: RawSession, token: string) => void]>([
    [4001, 'that sends an unknown operation', (session) => session.send(99, null)],
    [4002, 'that sends no JSON', (session) => session.socket.send('{')],
    [4002, 'that sends more than 4,096 bytes', (session) => session.send(3, 'x'.repeat(4_096))],
    [4005, 'that identifies twice', (session, token) => identify(session, { token })],
  ])('%i %s', async (code, _, act) => {
    const sandbox = await open();
    const session = await RawSession.identify(sandbox);
    act(session, sandbox.token);
    expect((await session.end()).code).toBe(code);
  });

  test.each<[number, string, object]>([
    [4002, 'without properties', { properties: undefined }],
    [4004, 'with a wrong token', { token: 'wrong' }],
    [4010, 'as a shard that cannot be', { shard: [2, 2] }],
    [4013, 'with intents that do not exist', { intents: 1 << 30 }],
    [4014, 'with intents that it was not granted', { intents: ALL_INTENTS }],
  ])('%i that identifies %s', async (code, _, more) => {
    const sandbox = await open({ deniedIntents: MESSAGE_CONTENT });
    const session = new RawSession(sandbox);
    await session.op(10);
    identify(session, { token: sandbox.token, intents: GUILDS, ...more });
    expect((await session.end()).code).toBe(code);
  });

  test('4003 that speaks before it identified', async () => {
    const session = new RawSession(await open());
    await session.op(10);
    session.send(3, {});
    expect((await session.end()).code).toBe(4003);
  });

  test('4008 that sends more than 120 times a minute', async () => {
    const session = await RawSession.identify(await open());
    for (let sent = 0; sent < 120; sent += 1) session.send(1, null);
    expect((await session.end()).code).toBe(4008);
  });

  test('4009 that does not beat', async () => {
    const hasty: Clock = {
      now: () => Date.now(),
      setTimeout: (run, ms) => setTimeout(run, ms / 500),
      clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
    };
    const session = await RawSession.identify(await open({ clock: hasty }));
    expect((await session.end()).code).toBe(4009);
  });

  test('4012 that wants another version', async () => {
    expect((await new RawSession(await open(), 'v=6&encoding=json').end()).code).toBe(4012);
  });
});

function identify(session: RawSession, data: object): void {
  session.send(2, { intents: GUILDS, properties: {}, ...data });
}

test('a heartbeat is acknowledged', async () => {
  const session = await RawSession.identify(await open());
  session.send(1, null);
  await session.op(11);
});

describe('intents', () => {
  test('decide which events come', async () => {
    const sandbox = await open();
    const guilds = await RawSession.identify(sandbox, { intents: GUILDS });
    const messages = await RawSession.identify(sandbox, { intents: GUILD_MESSAGES });
    const ada = sandbox.as('Ada');
    const direct = await ada.openDirectMessage();
    await ada.say(direct.id, 'psst');
    await ada.say(sandbox.channel('tavern'), 'hello');
    await messages.event('MESSAGE_CREATE');
    expect(messages.events('MESSAGE_CREATE')).toHaveLength(1);
    expect(messages.events('GUILD_CREATE')).toEqual([]);
    expect(guilds.events('GUILD_CREATE')).toHaveLength(1);
    expect(guilds.events('MESSAGE_CREATE')).toEqual([]);
  });

  test('withhold what people wrote without MESSAGE_CONTENT, but for what is meant for the application', async () => {
    const sandbox = await open();
    const session = await RawSession.identify(sandbox, {
      intents: GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES,
    });
    const ada = sandbox.as('Ada');
    const tavern = sandbox.channel('tavern');
    await ada.say(tavern, 'for everyone');
    await ada.say(tavern, `<@${sandbox.applicationId}> for you`);
    await call(sandbox, 'POST', `/channels/${tavern}/messages`, { content: 'by you' });
    await ada.say((await ada.openDirectMessage()).id, 'psst');
    const seen = () => session.events('MESSAGE_CREATE').map(({ content }) => content);
    await eventually(() => seen().length === 4 || undefined);
    expect(seen()).toEqual(['', `<@${sandbox.applicationId}> for you`, 'by you', 'psst']);
  });

  test('count for reading back by REST too', async () => {
    const sandbox = await open({ deniedIntents: MESSAGE_CONTENT });
    const tavern = sandbox.channel('tavern');
    const said = await sandbox.as('Ada').say(tavern, 'for everyone');
    await sandbox.as('Ada').say(tavern, `<@${sandbox.applicationId}> for you`);
    const list = await call(sandbox, 'GET', `/channels/${tavern}/messages`);
    expect(list.body).toMatchObject([
      { content: `<@${sandbox.applicationId}> for you` },
      { content: '' },
    ]);
    const one = await call(sandbox, 'GET', `/channels/${tavern}/messages/${said.id}`);
    expect(one.body).toMatchObject({ content: '' });
    expect(one.body).not.toHaveProperty('guild_id');
  });

  test('leave other members out of a guild without GUILD_MEMBERS', async () => {
    const session = await RawSession.identify(await open(), { intents: GUILDS });
    const guild = await session.event('GUILD_CREATE');
    expect(guild.members).toHaveLength(1);
  });
});

describe('a session', () => {
  test('is resumed with everything that happened meanwhile, in order', async () => {
    const sandbox = await open();
    const session = await RawSession.identify(sandbox);
    const { session_id } = await session.event('READY');
    await session.event('GUILD_CREATE');
    const seq = session.frames.findLast(({ s }) => s !== null)?.s;
    sandbox.faults.disconnect();
    await session.end();
    await sandbox.as('Ada').say(sandbox.channel('tavern'), 'one');
    await sandbox.as('Ada').say(sandbox.channel('tavern'), 'two');
    const next = new RawSession(sandbox);
    await next.op(10);
    next.send(6, { token: sandbox.token, session_id, seq });
    await next.event('RESUMED');
    expect(next.frames.map(({ t }) => t)).toEqual([
      null,
      'MESSAGE_CREATE',
      'MESSAGE_CREATE',
      'RESUMED',
    ]);
    expect(next.events('MESSAGE_CREATE').map(({ content }) => content)).toEqual(['one', 'two']);
  });

  test('that is not known cannot be resumed; nor one from the future', async () => {
    const sandbox = await open();
    const first = new RawSession(sandbox);
    await first.op(10);
    first.send(6, { token: sandbox.token, session_id: 'none', seq: 1 });
    expect((await first.op(9)).d).toBe(false);
    const known = await RawSession.identify(sandbox);
    const { session_id } = await known.event('READY');
    const second = new RawSession(sandbox);
    await second.op(10);
    second.send(6, { token: sandbox.token, session_id, seq: 99 });
    expect((await second.end()).code).toBe(4007);
  });

  test('ends when its client closes it with 1000', async () => {
    const sandbox = await open();
    const session = await RawSession.identify(sandbox);
    const { session_id } = await session.event('READY');
    session.socket.close(1000);
    await session.end();
    await eventually(() => !sandbox.online || undefined);
    const next = new RawSession(sandbox);
    await next.op(10);
    next.send(6, { token: sandbox.token, session_id, seq: 1 });
    expect((await next.op(9)).d).toBe(false);
  });

  test('starts only so often: too many identifies at once are invalid', async () => {
    const sandbox = await open({ rateLimits: { maxConcurrency: 1 } });
    await RawSession.identify(sandbox);
    const second = new RawSession(sandbox);
    await second.op(10);
    second.sendIdentify(sandbox);
    expect((await second.op(9)).d).toBe(false);
    const { body } = await call(sandbox, 'GET', '/gateway/bot');
    expect(body).toMatchObject({
      session_start_limit: { total: 1_000, remaining: 999, max_concurrency: 1 },
    });
  });
});

test('a day has only so many identifies', async () => {
  const sandbox = await open({ rateLimits: { identifiesPerDay: 1 } });
  await RawSession.identify(sandbox);
  const second = new RawSession(sandbox);
  await second.op(10);
  second.sendIdentify(sandbox);
  expect((await second.op(9)).d).toBe(false);
  sandbox.faults.moveClock(86_400_001);
  await RawSession.identify(sandbox);
});

test('shards share the guilds between them, and direct messages go to the first', async () => {
  const sandbox = await open();
  const guilds = [
    sandbox.guild,
    ...['B', 'C', 'D'].map((name) => sandbox.controls.createGuild(name)),
  ];
  const shards = await Promise.all(
    [0, 1].map((index) => RawSession.identify(sandbox, { shard: [index, 2] })),
  );
  const idsOf = (session: RawSession | undefined) =>
    ((session?.events('READY')[0]?.guilds ?? []) as { id: string }[]).map(({ id }) => id);
  for (const [index, shard] of shards.entries()) {
    const own = guilds.filter((id) => Number((BigInt(id) >> 22n) % 2n) === index);
    expect(idsOf(shard)).toEqual(own);
  }
  const ada = sandbox.as('Ada');
  await ada.say((await ada.openDirectMessage()).id, 'psst');
  await shards[0]?.event('MESSAGE_CREATE');
  expect(shards[1]?.events('MESSAGE_CREATE')).toEqual([]);
});

test('discord.js can ask for members', async () => {
  const sandbox = await open();
  const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers];
  const client = await login(sandbox, { intents });
  const guild = client.guilds.cache.get(sandbox.guild);
  expect((await guild?.members.fetch())?.size).toBe(4);
  expect(
    (await guild?.members.fetch({ query: 'br', limit: 5 }))?.map(({ displayName }) => displayName),
  ).toEqual(['Bruno']);
});

test('discord.js comes back after a lost connection and misses nothing', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const seen: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => seen.push(content));
  const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
  sandbox.faults.disconnect();
  await sandbox.as('Ada').say(sandbox.channel('tavern'), 'while you were away');
  await resumed;
  await eventually(() => seen.includes('while you were away') || undefined);
});

test('discord.js starts anew when its session is gone', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const ready = new Promise((resolve) => client.once(Events.ShardReady, resolve));
  sandbox.faults.disconnect({ resumable: false });
  await ready;
  const seen = new Promise<string>((resolve) =>
    client.once(Events.MessageCreate, ({ content }) => resolve(content)),
  );
  await sandbox.as('Ada').say(sandbox.channel('tavern'), 'hello again');
  expect(await seen).toBe('hello again');
});

test('a guild that is created or left is told', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const joined = new Promise<string>((resolve) =>
    client.once(Events.GuildCreate, ({ name }) => resolve(name)),
  );
  const id = sandbox.controls.createGuild('The Annex', ['foyer']);
  expect(await joined).toBe('The Annex');
  const left = new Promise<string>((resolve) =>
    client.once(Events.GuildDelete, (guild) => resolve(guild.id)),
  );
  sandbox.controls.removeApplication(id);
  expect(await left).toBe(id);
});
