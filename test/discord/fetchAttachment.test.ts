import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Client } from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchAttachment } from '../../src/discord/fetchAttachment.ts';

/** Serves what people uploaded, and what only pretends to be that. */
const server = createServer(({ url }, response) => {
  switch (url) {
    case '/cdn/attachments/1/2/card.json':
      return response.end('{}');
    case '/cdn/attachments/1/2/away':
      return response.writeHead(302, { location: '/secret' }).end();
    case '/cdn/attachments/1/2/endless': {
      const chunk = Buffer.alloc(1_000_000);
      for (let sent = 0; sent < 30; sent += 1) response.write(chunk);
      return response.end();
    }
    case '/secret':
      return response.end('not to be seen');
    default:
      return response.writeHead(404).end();
  }
});
let origin = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const fetched = (url: string, size = 2) => {
  const client = { rest: { options: { cdn: `${origin}/cdn` } } } as Client;
  return fetchAttachment(client, { url, size });
};

test('an upload is fetched from where Discord keeps uploads', async () => {
  const bytes = await fetched(`${origin}/cdn/attachments/1/2/card.json`);
  expect(Buffer.from(bytes).toString()).toBe('{}');
});

test.each([
  ['another place of the same server', () => `${origin}/secret`],
  ['a path that leaves the uploads', () => `${origin}/cdn/../secret`],
  ['another server', () => 'http://169.254.169.254/latest/meta-data'],
  ['a name that only begins like Discord’s', () => 'https://cdn.discordapp.com.example.org/a'],
  ['a user of that name', () => 'https://cdn.discordapp.com@127.0.0.1/a'],
  ['a file of this machine', () => 'file:///etc/passwd'],
  ['no address', () => 'cdn.discordapp.com'],
  ['a detour', () => `${origin}/cdn/attachments/1/2/away`],
  ['what is gone', () => `${origin}/cdn/attachments/1/2/gone`],
])('%s is not fetched', async (_what, url) => {
  await expect(fetched(url())).rejects.toMatchObject({ code: 'file-gone' });
});

test('a file that is too large is refused by what it says, and by what it is', async () => {
  const small = `${origin}/cdn/attachments/1/2/card.json`;
  await expect(fetched(small, 26_000_000)).rejects.toMatchObject({ code: 'file-too-large' });
  const endless = `${origin}/cdn/attachments/1/2/endless`;
  await expect(fetched(endless)).rejects.toMatchObject({ code: 'file-too-large' });
});
