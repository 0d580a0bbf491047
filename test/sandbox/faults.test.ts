import { Events, type TextChannel } from 'discord.js';
import { expect, test } from 'vitest';
import { RawSession } from './rawSession.ts';
import { call, eventually, login, open } from './support.ts';

const MESSAGES = { method: 'POST', path: '/messages' };

test('an injected error happens as often as it was asked for, and is no violation', async () => {
  const sandbox = await open();
  const send = () =>
    call(sandbox, 'POST', `/channels/${sandbox.channel('tavern')}/messages`, { content: 'a' });
  sandbox.faults.serverError(MESSAGES, { status: 503, times: 2 });
  expect([(await send()).status, (await send()).status, (await send()).status]).toEqual([
    503, 503, 200,
  ]);
  sandbox.faults.rateLimit(MESSAGES, { retryAfter: 1_500 });
  const limited = await send();
  expect(limited.status).toBe(429);
  expect(limited.body).toMatchObject({ retry_after: 1.5, global: false });
  expect(limited.headers.get('retry-after')).toBe('2');
  const takeBack = sandbox.faults.serverError(MESSAGES);
  takeBack();
  expect((await send()).status).toBe(200);
  expect(sandbox.violations).toEqual([]);
});

test('a dropped answer leaves no trace, or the message that it was about', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const send = (content: string) =>
    call(sandbox, 'POST', `/channels/${tavern}/messages`, { content });
  sandbox.faults.drop(MESSAGES, 'before');
  await expect(send('lost')).rejects.toThrow();
  sandbox.faults.drop(MESSAGES, 'after');
  await expect(send('kept')).rejects.toThrow();
  expect(sandbox.allMessages(tavern).map(({ content }) => content)).toEqual(['kept']);
});

test('events can come before the answer that they are about', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const channel = (await client.channels.fetch(sandbox.channel('tavern'))) as TextChannel;
  const order: string[] = [];
  client.on(Events.MessageCreate, () => order.push('event'));
  sandbox.faults.eventsFirst(MESSAGES);
  await channel.send('a').then(() => order.push('answer'));
  expect(order).toEqual(['event', 'answer']);
});

test('events can come twice, in another order, or not at all', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const ada = sandbox.as('Ada');
  const tavern = sandbox.channel('tavern');
  sandbox.faults.events.duplicateNext('MESSAGE_CREATE');
  await ada.say(tavern, 'twice');
  sandbox.faults.events.swapNext('MESSAGE_CREATE');
  const seen = () => session.events('MESSAGE_CREATE').map(({ content }) => content);
  await eventually(() => seen().length === 2 || undefined);
  await ada.say(tavern, 'second');
  await ada.say(tavern, 'first');
  await eventually(() => seen().length === 4 || undefined);
  sandbox.faults.events.loseNext('MESSAGE_CREATE');
  await ada.say(tavern, 'lost');
  await ada.say(tavern, 'last');
  await eventually(() => seen().includes('last') || undefined);
  expect(seen()).toEqual(['twice', 'twice', 'first', 'second', 'last']);
});

test('latency delays the answer, not what it is about', async () => {
  const sandbox = await open();
  const tavern = sandbox.channel('tavern');
  const takeBack = sandbox.faults.latency(MESSAGES, 60_000);
  const sent = call(sandbox, 'POST', `/channels/${tavern}/messages`, { content: 'a' });
  await eventually(() => sandbox.requests[0]);
  expect(sandbox.allMessages(tavern)).toHaveLength(1);
  sandbox.faults.moveClock(60_000);
  expect((await sent).status).toBe(200);
  takeBack();
});

test('a message that is taken away in mid-stream is 10008 to its next edit', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const tavern = sandbox.channel('tavern');
  const sent = await call(sandbox, 'POST', `/channels/${tavern}/messages`, { content: 'a' });
  const { id } = sent.body as { id: string };
  sandbox.controls.deleteMessages(tavern, [id]);
  sandbox.expect({ code: 10008, method: 'PATCH' });
  const edit = await call(sandbox, 'PATCH', `/channels/${tavern}/messages/${id}`, { content: 'b' });
  expect(edit).toMatchObject({ status: 404, body: { code: 10008 } });
  expect(await session.event('MESSAGE_DELETE')).toMatchObject({ id, channel_id: tavern });
  expect(sandbox.violations).toEqual([]);
});

test('what was refused without being expected is a violation', async () => {
  const sandbox = await open();
  await call(sandbox, 'POST', `/channels/${sandbox.channel('tavern')}/messages`, {});
  expect(sandbox.violations).toMatchObject([
    {
      kind: 'refused',
      request: { status: 400, code: 50006, route: 'POST /channels/:channel/messages' },
    },
  ]);
  sandbox.expect({ status: 400, code: 50006, path: /messages$/ });
  expect(sandbox.violations).toEqual([]);
});

test('discord.js reconnects when it is asked to', async () => {
  const sandbox = await open();
  const client = await login(sandbox);
  const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
  sandbox.faults.requestReconnect();
  await resumed;
});
