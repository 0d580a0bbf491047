import { REST, Routes, type TextChannel } from 'discord.js';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { call, login, open } from './support.ts';

/** Time stands still unless it is moved, so that no test depends on how fast it runs. */
function still() {
  const start = Date.now();
  return { now: () => start, setTimeout, clearTimeout } as never;
}

const limited = () => open({ rateLimits: 'discord', clock: still() });

async function send(sandbox: Sandbox, channel = 'tavern') {
  return call(sandbox, 'POST', `/channels/${sandbox.channel(channel)}/messages`, { content: 'a' });
}

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let done = 0; done < count; done += 1) results.push(await work());
  return results;
}

test('five messages pass in 5 s, the sixth is told how long to wait', async () => {
  const sandbox = await limited();
  const passed = await times(5, () => send(sandbox));
  expect(passed.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(passed.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual([
    '4',
    '3',
    '2',
    '1',
    '0',
  ]);
  const refused = await send(sandbox);
  expect(refused.status).toBe(429);
  expect(refused.body).toEqual({
    message: 'You are being rate limited.',
    retry_after: 5,
    global: false,
  });
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    'retry-after': '5',
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': '5.000',
    'x-ratelimit-scope': 'user',
  });
  sandbox.faults.moveClock(5_000);
  expect((await send(sandbox)).status).toBe(200);
});

test('channels count apart', async () => {
  const sandbox = await limited();
  await times(5, () => send(sandbox));
  expect((await send(sandbox, 'lighthouse')).status).toBe(200);
});

test('sends and edits share a bucket’s name and count apart', async () => {
  const sandbox = await limited();
  const first = await send(sandbox);
  await times(4, () => send(sandbox));
  const { id } = first.body as { id: string };
  const path = `/channels/${sandbox.channel('tavern')}/messages/${id}`;
  const edits = await times(6, () => call(sandbox, 'PATCH', path, { content: 'b' }));
  expect(edits.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  const bucket = ({ headers }: { headers: Headers }) => headers.get('x-ratelimit-bucket');
  expect(edits.map(bucket)).toEqual(Array(6).fill(bucket(first)));
});

test('a webhook speaks 5 times in 2 s, 30 times a minute in a channel', async () => {
  const sandbox = await limited();
  const made = await call(sandbox, 'POST', `/channels/${sandbox.channel('tavern')}/webhooks`, {
    name: 'a',
  });
  const { id, token } = made.body as { id: string; token: string };
  const speak = () => call(sandbox, 'POST', `/webhooks/${id}/${token}?wait=true`, { content: 'a' });
  for (let burst = 0; burst < 6; burst += 1) {
    const answers = await times(5, speak);
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    if (burst === 0) expect((await speak()).body).toMatchObject({ retry_after: 2 });
    if (burst < 5) sandbox.faults.moveClock(2_000);
  }
  sandbox.faults.moveClock(2_000);
  const refused = await speak();
  expect(refused.status).toBe(429);
  expect(refused.body).toMatchObject({ retry_after: 48 });
});

test('fifty requests a second pass in all; interactions do not count', async () => {
  const sandbox = await limited();
  const ask = () => call(sandbox, 'GET', `/users/@me`);
  const channels = () => call(sandbox, 'GET', `/guilds/${sandbox.guild}`);
  await times(25, ask);
  await times(25, channels);
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(refused.body).toMatchObject({ global: true });
  expect(refused.headers.get('x-ratelimit-global')).toBe('true');
  expect(refused.headers.get('x-ratelimit-scope')).toBe('global');
  const callback = await call(sandbox, 'POST', '/interactions/123456789012345678/a/callback', {
    type: 5,
  });
  expect(callback.body).toMatchObject({ code: 10062 });
});

test('too many invalid requests shut everything out', async () => {
  const sandbox = await open({
    rateLimits: { invalid: { limit: 3, windowMs: 600_000 } },
    clock: still(),
  });
  const wrong = () => call(sandbox, 'GET', '/users/@me', undefined, { authorization: 'Bot wrong' });
  expect((await times(3, wrong)).map(({ status }) => status)).toEqual([401, 401, 401]);
  expect((await call(sandbox, 'GET', '/users/@me')).status).toBe(429);
  sandbox.faults.moveClock(600_001);
  expect((await call(sandbox, 'GET', '/users/@me')).status).toBe(200);
});

test('a 429 of shared scope does not count as invalid', async () => {
  const sandbox = await open({
    rateLimits: { invalid: { limit: 1, windowMs: 600_000 } },
    clock: still(),
  });
  sandbox.faults.rateLimit({ path: '/users/@me' }, { scope: 'shared' });
  expect((await call(sandbox, 'GET', '/users/@me')).status).toBe(429);
  expect((await call(sandbox, 'GET', '/users/@me')).status).toBe(200);
});

test('allowances can be drawn, and are drawn the same by the same numbers', async () => {
  const draw = () => {
    let state = 7;
    return () => {
      state = (state * 16_807) % 2_147_483_647;
      return state / 2_147_483_647;
    };
  };
  const headers = async () => {
    const sandbox = await open({ rateLimits: 'drawn', random: draw(), clock: still() });
    const answer = await send(sandbox);
    return ['limit', 'reset-after'].map((name) => answer.headers.get(`x-ratelimit-${name}`));
  };
  expect(await headers()).toEqual(await headers());
});

test('discord.js keeps to what the headers say: ten sends in a row meet no 429', async () => {
  const sandbox = await open({
    rateLimits: { send: { limit: 5, windowMs: 300 } },
  });
  const client = await login(sandbox);
  const channel = (await client.channels.fetch(sandbox.channel('tavern'))) as TextChannel;
  await Promise.all(Array.from({ length: 10 }, (_, index) => channel.send(`${index}`)));
  expect(sandbox.violations).toEqual([]);
});

test('messages over an hour old have an edit limit of their own: 30046', async () => {
  const sandbox = await open();
  const { body } = await send(sandbox);
  const path = `/channels/${sandbox.channel('tavern')}/messages/${(body as { id: string }).id}`;
  const edit = () => call(sandbox, 'PATCH', path, { content: 'b' });
  expect((await times(6, edit)).every(({ status }) => status === 200)).toBe(true);
  sandbox.faults.moveClock(3_600_001);
  const late = await times(6, edit);
  expect(late.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(late.at(-1)?.body).toMatchObject({ code: 30046 });
});

test('one bucket name for two allowances makes discord.js hold a send back; a second instance does not', async () => {
  const window = { limit: 5, windowMs: 1_000 };
  const sandbox = await open({ rateLimits: { send: window, edit: window } });
  const client = await login(sandbox);
  const channel = (await client.channels.fetch(sandbox.channel('tavern'))) as TextChannel;
  const message = await channel.send('streaming');
  for (let edit = 0; edit < 5; edit += 1) await message.edit(`${edit}`);
  const order: string[] = [];
  const rest = new REST({ api: sandbox.api }).setToken(sandbox.token);
  await Promise.all([
    channel.send('by the same').then(() => order.push('the same')),
    rest
      .post(Routes.channelMessages(channel.id), { body: { content: 'by another' } })
      .then(() => order.push('another')),
  ]);
  expect(order).toEqual(['another', 'the same']);
  expect(sandbox.violations).toEqual([]);
});
