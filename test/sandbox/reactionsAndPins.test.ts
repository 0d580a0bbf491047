import { expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { RawSession } from './rawSession.ts';
import { call, open } from './support.ts';

const OWL = encodeURIComponent('🦉');

async function said(sandbox: Sandbox) {
  const message = await sandbox.as('Ada').say(sandbox.channel('tavern'), 'hello');
  const path = `/channels/${message.channel_id}/messages/${message.id}`;
  return { message, path, reactions: `${path}/reactions` };
}

test('reactions are counted, listed and told', async () => {
  const sandbox = await open();
  const session = await RawSession.identify(sandbox);
  const { message, path, reactions } = await said(sandbox);
  await sandbox.as('Bruno').react(message, '🦉');
  expect((await call(sandbox, 'PUT', `${reactions}/${OWL}/@me`)).status).toBe(204);
  expect((await call(sandbox, 'GET', path)).body).toMatchObject({
    reactions: [{ emoji: { id: null, name: '🦉' }, count: 2, me: true }],
  });
  expect((await call(sandbox, 'GET', `${reactions}/${OWL}`)).body).toHaveLength(2);
  expect((await call(sandbox, 'DELETE', `${reactions}/${OWL}/@me`)).status).toBe(204);
  expect((await call(sandbox, 'DELETE', reactions)).status).toBe(204);
  expect((await call(sandbox, 'GET', path)).body).not.toHaveProperty('reactions');
  await session.event('MESSAGE_REACTION_REMOVE_ALL');
  expect(session.events('MESSAGE_REACTION_ADD')).toHaveLength(2);
  expect(session.events('MESSAGE_REACTION_REMOVE')).toHaveLength(1);
});

test('what is no emoji is 10014, and the 21st is 30010', async () => {
  const sandbox = await open();
  const { reactions } = await said(sandbox);
  expect(await call(sandbox, 'PUT', `${reactions}/owl/@me`)).toMatchObject({
    body: { code: 10014 },
  });
  const emojis = [...'🐀🐁🐂🐃🐄🐅🐆🐇🐈🐉🐊🐋🐌🐍🐎🐏🐐🐑🐒🐓🐔'];
  const statuses: number[] = [];
  for (const emoji of emojis) {
    statuses.push(
      (await call(sandbox, 'PUT', `${reactions}/${encodeURIComponent(emoji)}/@me`)).status,
    );
  }
  expect(statuses).toEqual([...Array(20).fill(204), 400]);
});

test('pins need their permission, are listed, and leave a line in the channel', async () => {
  const sandbox = await open();
  const { message } = await said(sandbox);
  const channel = message.channel_id;
  const pin = `/channels/${channel}/messages/pins/${message.id}`;
  sandbox.controls.deny(channel, ['PinMessages']);
  expect(await call(sandbox, 'PUT', pin)).toMatchObject({ body: { code: 50013 } });
  sandbox.controls.allow(channel, ['PinMessages']);
  expect((await call(sandbox, 'PUT', pin)).status).toBe(204);
  expect((await call(sandbox, 'GET', `/channels/${channel}/messages/pins`)).body).toMatchObject({
    items: [{ message: { id: message.id, pinned: true } }],
    has_more: false,
  });
  expect(sandbox.allMessages(channel).at(-1)).toMatchObject({ type: 6 });
  expect((await call(sandbox, 'DELETE', pin)).status).toBe(204);
  expect((await call(sandbox, 'GET', `/channels/${channel}/pins`)).body).toEqual([]);
});

test('everyone sees their own reaction as theirs', async () => {
  const sandbox = await open();
  const { message } = await said(sandbox);
  const [ada, bruno] = [sandbox.as('Ada'), sandbox.as('Bruno')];
  await bruno.react(message, '🦉');
  const mine = (notices: typeof ada.notices) => {
    const notice = notices.findLast(({ kind }) => kind === 'messageEdited');
    return notice?.kind === 'messageEdited' && notice.message.reactions?.[0]?.me;
  };
  expect(mine(bruno.notices)).toBe(true);
  expect(mine(ada.notices)).toBe(false);
});
