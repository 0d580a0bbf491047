import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Act, View } from '../../src/sandbox/index.ts';
import { call, open } from './support.ts';

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'sandbox.db');
}

test('a sandbox that is opened again has everything that it had', async () => {
  const path = file();
  const first = await open({ file: path });
  const tavern = first.channel('tavern');
  const hook = (await call(first, 'POST', `/channels/${tavern}/webhooks`, { name: 'Troupe' }))
    .body as { id: string; token: string };
  const commands = `/applications/${first.applicationId}/commands`;
  await call(first, 'PUT', commands, [{ name: 'go', description: 'Go' }]);
  const components = [
    { type: 1, components: [{ type: 2, style: 2, label: 'Go', custom_id: 'go' }] },
  ];
  const avatar_url = `${first.cdn}/emojis/1.png`;
  await call(first, 'POST', `/webhooks/${hook.id}/${hook.token}?wait=true`, {
    content: 'a',
    username: 'Mira',
    avatar_url,
    components,
  });
  const attachments = [{ name: 'a.txt', type: 'text/plain', base64: 'YQ==' }];
  const said = await first.as('Ada').say(tavern, 'with a file', { attachments });
  await first.as('Ada').react(said, '🦉');
  const thread = await first.as('Ada').createThread(tavern, 'Aside', said.id);
  const before = {
    token: first.token,
    people: first.people,
    channels: first.channels,
    messages: JSON.stringify(first.as('Ada').messages(tavern)).replaceAll(first.url, ''),
  };
  await first.close();

  const second = await open({ file: path });
  const ada = second.as('Ada');
  expect({
    token: second.token,
    people: second.people,
    channels: second.channels,
    messages: JSON.stringify(ada.messages(tavern)).replaceAll(second.url, ''),
  }).toEqual(before);
  expect((await call(second, 'GET', commands)).body).toMatchObject([{ name: 'go' }]);
  expect((await call(second, 'GET', `/channels/${thread.id}`)).body).toMatchObject({ type: 11 });
  const [spoken, withFile] = ada.messages(tavern);
  const address = withFile?.attachments[0]?.url ?? '';
  expect(await (await fetch(address)).text()).toBe('a');
  const face = await fetch(`${second.cdn}/avatars/${hook.id}/${spoken?.author.avatar}.png`, {
    redirect: 'manual',
  });
  expect(face.headers.get('location')).toBe(`${second.cdn}/emojis/1.png`);
  const again = await call(second, 'POST', `/webhooks/${hook.id}/${hook.token}`, { content: 'b' });
  expect(again.status).toBe(204);
  const ids = ada.messages(tavern).map(({ id }) => BigInt(id));
  expect(ids).toEqual([...ids].sort((a, b) => (a < b ? -1 : 1)));
});

test('killing the process loses nothing that was answered', async () => {
  const path = file();
  const start = async () => {
    const main = join(import.meta.dirname, '../../src/sandbox/main.ts');
    const child = spawn(process.execPath, [main, 'sandbox', '--port', '0', '--file', path]);
    onTestFinished(() => void child.kill('SIGKILL'));
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    let printed = '';
    child.stdout.on('data', (text) => {
      printed += text;
      const url = /DISCORD_API_URL=(\S+)\/api\s/.exec(printed)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}: ${printed}`)));
    const url = await promise;
    return { url, child };
  };
  const first = await start();
  const view = (await (await fetch(`${first.url}/sandbox/view`)).json()) as View;
  const channel = view.guilds[0]?.channels[0]?.id ?? '';
  for (let count = 0; count < 20; count += 1) {
    const act: Act = { kind: 'say', channel, content: `${count}` };
    const answer = await fetch(`${first.url}/sandbox/act`, {
      method: 'POST',
      body: JSON.stringify({ person: view.me.id, act }),
    });
    expect(answer.status).toBe(200);
  }
  const ended = new Promise((resolve) => first.child.once('close', resolve));
  first.child.kill('SIGKILL');
  await ended;
  const second = await start();
  const query = `person=${view.me.id}&channel=${channel}`;
  const { messages } = (await (await fetch(`${second.url}/sandbox/messages?${query}`)).json()) as {
    messages: { content: string }[];
  };
  expect(messages.map(({ content }) => content)).toEqual(
    Array.from({ length: 20 }, (_, index) => `${index}`),
  );
});
