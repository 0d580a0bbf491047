import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { call, open } from './support.ts';

type Message = { id: string; mentions: { id: string }[]; mention_everyone: boolean };

async function send(sandbox: Sandbox, body: object): Promise<Message> {
  const { body: message } = await call(
    sandbox,
    'POST',
    `/channels/${sandbox.channel('tavern')}/messages`,
    body,
  );
  return message as Message;
}

test('a mention is resolved, pings, and is a violation', async () => {
  const sandbox = await open();
  const ada = sandbox.as('Ada');
  const sent = await send(sandbox, { content: `<@${ada.id}> come here` });
  expect(sent.mentions.map(({ id }) => id)).toEqual([ada.id]);
  expect(sandbox.pings).toMatchObject([{ message: sent.id, users: [ada.id] }]);
  expect(sandbox.violations).toMatchObject([{ kind: 'ping' }]);
  sandbox.expect({ kind: 'ping' });
  expect(sandbox.violations).toEqual([]);
});

test('allowed_mentions decides what pings', async () => {
  const sandbox = await open();
  const { id } = sandbox.as('Ada');
  const content = `<@${id}> @everyone`;
  for (const allowed_mentions of [{ parse: [] }, { parse: ['roles'] }, { users: [] }]) {
    expect((await send(sandbox, { content, allowed_mentions })).mentions).toEqual([]);
  }
  expect(sandbox.pings).toEqual([]);
  await send(sandbox, { content, allowed_mentions: { users: [id] } });
  expect(sandbox.pings).toMatchObject([{ users: [id], everyone: false }]);
});

test('@everyone pings only with the permission for it', async () => {
  const sandbox = await open();
  expect((await send(sandbox, { content: '@everyone' })).mention_everyone).toBe(false);
  sandbox.controls.allow(sandbox.channel('tavern'), ['MentionEveryone']);
  expect((await send(sandbox, { content: '@everyone' })).mention_everyone).toBe(true);
  expect(sandbox.pings).toMatchObject([{ everyone: true }]);
  expect(sandbox.pings[0]?.users).toHaveLength(3);
});

test('a reply pings whom it answers, unless it is told not to', async () => {
  const sandbox = await open();
  const ada = sandbox.as('Ada');
  const said = await ada.say(sandbox.channel('tavern'), 'hello');
  const message_reference = { message_id: said.id };
  await send(sandbox, { content: 'a', message_reference, allowed_mentions: { parse: [] } });
  expect(sandbox.pings).toEqual([]);
  await send(sandbox, { content: 'a', message_reference });
  expect(sandbox.pings).toMatchObject([{ users: [ada.id] }]);
});

test('an edit pings nobody', async () => {
  const sandbox = await open();
  const { id } = await send(sandbox, { content: 'a' });
  const path = `/channels/${sandbox.channel('tavern')}/messages/${id}`;
  const edited = await call(sandbox, 'PATCH', path, { content: `<@${sandbox.as('Ada').id}>` });
  expect((edited.body as Message).mentions).toHaveLength(1);
  expect(sandbox.pings).toEqual([]);
});
