import { request } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { call, open } from './support.ts';

/** A request with headers that fetch would not let through. */
function ask(sandbox: Sandbox, path: string, headers: Record<string, string> = {}) {
  const { hostname, port } = new URL(sandbox.url);
  return new Promise<{ status: number; type: string | undefined; text: string }>(
    (resolve, reject) => {
      const sent = request({ hostname, port, path, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'],
            text,
          }),
        );
      });
      sent.on('error', reject);
      sent.end();
    },
  );
}

test.each([
  ['a foreign host', { host: 'evil.test' }],
  ['a host that only begins right', { host: '127.0.0.1.evil.test' }],
  ['a foreign origin', { origin: 'http://evil.test' }],
  ['another server of this machine', { origin: 'http://127.0.0.1:1' }],
])('requests by %s are refused', async (_, headers) => {
  const sandbox = await open();
  for (const path of ['/', '/sandbox/view', '/api/v10/gateway']) {
    expect((await ask(sandbox, path, headers)).status).toBe(403);
  }
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/sandbox/socket`, { headers });
  const refused = await new Promise((resolve) => {
    socket.on('error', () => resolve(true));
    socket.on('open', () => resolve(false));
  });
  expect(refused).toBe(true);
});

test('the page’s own requests pass, under either name of this machine', async () => {
  const sandbox = await open();
  const { port } = new URL(sandbox.url);
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
    const headers = { host, origin: `http://${host}` };
    expect((await ask(sandbox, '/sandbox/view', headers)).status).toBe(200);
  }
});

test('the page is served, and nothing beside it', async () => {
  const sandbox = await open();
  expect(await ask(sandbox, '/')).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
  expect(await ask(sandbox, '/page/app.js')).toMatchObject({
    type: 'text/javascript; charset=utf-8',
  });
  for (const path of [
    '/page/../main.ts',
    '/page/%2e%2e/main.ts',
    '/page/..%2fmain.ts',
    '/page/../../../package.json',
    '/page/nothing.js',
    '/page/',
    '/elsewhere',
  ]) {
    expect((await ask(sandbox, path)).status, path).toBe(404);
  }
});

test('an uploaded page is never shown as one', async () => {
  const sandbox = await open();
  const base64 = Buffer.from('<script>alert(1)</script>').toString('base64');
  const attachments = [{ name: 'a.html', type: 'text/html', base64 }];
  const said = await sandbox.as('Ada').say(sandbox.channel('tavern'), '', { attachments });
  const { headers } = await fetch(said.attachments[0]?.url ?? '');
  expect(headers.get('content-type')).toBe('application/octet-stream');
  expect(headers.get('content-disposition')).toBe('attachment');
});

test('acts that cannot be are told in words', async () => {
  const sandbox = await open();
  const act = async (body: unknown) => {
    const answer = await fetch(`${sandbox.url}/sandbox/act`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: answer.status, ...((await answer.json()) as { message?: string }) };
  };
  const person = sandbox.as('Ada').id;
  const say = { kind: 'say', channel: sandbox.channel('tavern'), content: '' };
  expect(await act('{')).toMatchObject({ status: 400, message: 'The request is not JSON' });
  expect(await act({ person, act: { kind: 'fly' } })).toMatchObject({ status: 400 });
  expect(await act({ person: '1', act: say })).toMatchObject({ status: 404 });
  expect(await act({ person, act: say })).toMatchObject({ message: 'There is nothing to send' });
  expect(await act({ person, act: { ...say, content: 'x'.repeat(2001) } })).toMatchObject({
    status: 400,
  });
});

test('a file over 10 MiB, or a request over 25, is 40005', async () => {
  const sandbox = await open();
  const upload = (size: number) => {
    const form = new FormData();
    form.append('payload_json', JSON.stringify({ content: 'a' }));
    form.append('files[0]', new Blob([new Uint8Array(size)]), 'a.bin');
    return fetch(`${sandbox.api}/v10/channels/${sandbox.channel('tavern')}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${sandbox.token}` },
      body: form,
    });
  };
  const mebibyte = 1024 * 1024;
  expect((await upload(10 * mebibyte)).status).toBe(200);
  for (const size of [10 * mebibyte + 1, 26 * mebibyte]) {
    const refused = await upload(size);
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ code: 40005 });
  }
});

test('an empty answer claims no type, and connections are kept for longer than a client waits', async () => {
  const sandbox = await open();
  const { status, headers } = await call(
    sandbox,
    'POST',
    `/channels/${sandbox.channel('tavern')}/typing`,
  );
  expect(status).toBe(204);
  expect(headers.get('content-type')).toBeNull();
  expect(headers.get('keep-alive')).toBe('timeout=120');
});

test('bodies that cannot be read are refused', async () => {
  const sandbox = await open();
  const path = `${sandbox.api}/v10/channels/${sandbox.channel('tavern')}/messages`;
  const authorization = `Bot ${sandbox.token}`;
  const broken = await fetch(path, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: '{',
  });
  expect(broken.status).toBe(400);
  expect(await broken.json()).toMatchObject({ code: 50109 });
  for (const body of [[], 'text', 5, null]) {
    const answer = await call(
      sandbox,
      'POST',
      `/channels/${sandbox.channel('tavern')}/messages`,
      body,
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
  }
});
