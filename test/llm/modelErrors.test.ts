import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelFailure } from '../../src/app/ports/model.ts';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import { type FaultKind, type ModelServer, startModelServer } from '../support/modelServer.ts';
import { failing, hastyClock, hear } from '../support/modelTalk.ts';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

const options = () => ({
  baseURL: server.url,
  apiKey: 'a-key',
  firstPartTimeout: 60_000,
  idleTimeout: 30_000,
});
const model = () => openaiModel({ ...options(), clock: hastyClock() });

describe.each<[FaultKind, ModelFailure]>([
  ['bad-key', 'bad-key'],
  ['forbidden', 'bad-key'],
  ['unknown-model', 'unknown-model'],
  ['rate-limited', 'rate-limited'],
  ['no-quota', 'rate-limited'],
  ['server-error', 'unavailable'],
  ['overloaded', 'unavailable'],
  ['drop', 'unavailable'],
  ['polite-end', 'unavailable'],
  ['error-chunk', 'unavailable'],
  ['context-too-long', 'context-too-long'],
  ['refusal', 'refused'],
  ['content-filter', 'refused'],
  ['nonsense', 'broken-answer'],
  ['web-page', 'broken-answer'],
  ['empty', 'broken-answer'],
  ['length', 'broken-answer'],
])('%s', (kind, failure) => {
  it.each(['before', 'at'] as const)(
    `is ${failure} when it comes %s the first word`,
    async (when) => {
      const fault = { kind, when };
      server.script({ text: 'Never said.', fault }, { text: 'Never said.', fault });
      expect((await failing(model())).failure).toBe(failure);
    },
  );
});

describe('in the middle of an answer', () => {
  it.each<[FaultKind, ModelFailure]>([
    ['drop', 'unavailable'],
    ['polite-end', 'unavailable'],
    ['error-chunk', 'unavailable'],
    ['overloaded', 'unavailable'],
    ['rate-limited', 'rate-limited'],
    ['context-too-long', 'context-too-long'],
    ['nonsense', 'broken-answer'],
  ])('%s is %s, the words before it stand, and nothing is asked again', async (kind, failure) => {
    server.script({ text: 'This much was said', fault: { kind, when: 'after' } });
    const { text, error, end } = await hear(model());
    expect(text).toBe('This much');
    expect(error).toMatchObject({ name: 'ModelError', failure });
    expect(end).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  });

  it('a refusal ends what was said as withheld', async () => {
    server.script({ text: 'So far so good', fault: { kind: 'refusal', when: 'after' } });
    expect(await hear(model())).toMatchObject({ text: 'So far', end: { finish: 'filter' } });
  });
});

describe('a server that cannot be reached', () => {
  it('is unavailable', async () => {
    const gone = await startModelServer();
    await gone.close();
    const unreachable = openaiModel({ ...options(), baseURL: gone.url, clock: hastyClock() });
    expect((await failing(unreachable)).failure).toBe('unavailable');
  });

  it('under a name that does not exist is unavailable', async () => {
    const nowhere: typeof fetch = () => {
      const cause = Object.assign(new Error('getaddrinfo ENOTFOUND models.invalid'), {
        code: 'ENOTFOUND',
      });
      return Promise.reject(new TypeError('fetch failed', { cause }));
    };
    const model = openaiModel({ ...options(), fetch: nowhere, clock: hastyClock() });
    expect((await failing(model)).failure).toBe('unavailable');
  });
});

it('a key that no header can hold is a bad key', async () => {
  const model = openaiModel({ ...options(), apiKey: 'ключ', clock: hastyClock() });
  expect((await failing(model)).failure).toBe('bad-key');
});

it("a proxy's error page is not quoted", async () => {
  const page = '<html><h1>502 Bad Gateway</h1></html>';
  const proxy: typeof fetch = async () => new Response(page, { status: 502 });
  const { failure, message } = await failing(
    openaiModel({ ...options(), fetch: proxy, clock: hastyClock() }),
  );
  expect([failure, message]).toEqual(['unavailable', 'The model server is not available (502)']);
});
