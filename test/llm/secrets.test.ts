import { inspect } from 'node:util';
import pino from 'pino';
import { expect, it } from 'vitest';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import { faultKinds } from '../support/modelAnswers.ts';
import { startModelServer } from '../support/modelServer.ts';
import { failing, hastyClock, hear } from '../support/modelTalk.ts';

const apiKey = 'sk-test-4f9d1c7e2b';

/** Everything that a logger or a crash report would print of an error, causes included. */
function printed(error: unknown): string {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  log.error({ err: error }, 'it failed');
  return [...lines, inspect(error, { depth: 20, showHidden: true })].join('\n');
}

it('no failure tells the key or the address, wherever it is printed', async () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const server = await startModelServer();
  const { host, hostname } = new URL(server.url);
  const options = { baseURL: server.url, apiKey, firstPartTimeout: 60_000, idleTimeout: 30_000 };
  const model = openaiModel({ ...options, log, clock: hastyClock() });
  const seen: string[] = [];
  for (const when of ['before', 'at', 'after'] as const) {
    for (const kind of faultKinds) {
      if (kind === 'hang') continue;
      const answer = { text: 'This much was said', fault: { kind, when } };
      server.script(answer, answer);
      const { error } = await hear(model);
      if (error) seen.push(printed(error));
    }
  }
  // A server that quotes all of it back, in its words and in its web page.
  const gossip = `Incorrect API key provided: ${apiKey} at ${server.url}/chat (Bearer ${apiKey}, ${host})`;
  server.script({ raw: [`data: {"error":{"message":${JSON.stringify(gossip)},"code":401}}\n\n`] });
  seen.push(printed(await failing(model)));
  const page: typeof fetch = async () =>
    new Response(gossip, { headers: { 'content-type': 'application/json' } });
  seen.push(printed(await failing(openaiModel({ ...options, log, fetch: page }))));
  // A server that is gone: the socket's own words hold the address.
  await server.close();
  seen.push(printed(await failing(model)));

  expect(seen.length).toBeGreaterThan(30);
  expect(lines.length).toBeGreaterThan(30);
  for (const text of [...seen, ...lines]) {
    expect(text).not.toContain(apiKey);
    expect(text).not.toContain(host);
    expect(text).not.toContain(hostname);
  }
});
