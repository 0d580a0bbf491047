import { APIError } from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelFailure } from '../../src/app/model.ts';
import { toModelError } from '../../src/llm/modelErrors.ts';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import { type FaultKind, type ModelServer, startModelServer } from '../support/modelServer.ts';
import { asking, failing, hastyClock, hear, manualClock } from '../support/modelTalk.ts';

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

describe('timeouts', () => {
  const timed = () => {
    const clock = manualClock();
    return { clock, model: openaiModel({ ...options(), clock }) };
  };

  it.each(['before', 'at'] as const)(
    'a model that hangs %s its first word has timed out',
    async (when) => {
      const { clock, model } = timed();
      server.script({ text: 'Never said.', fault: { kind: 'hang', when } });
      const failed = failing(model);
      await server.request(0);
      clock.advance(59_999);
      clock.advance(1);
      expect((await failed).failure).toBe('timed-out');
      expect(await server.requests[0]?.over).toBe('abandoned');
    },
  );

  it('a model that falls silent in the middle has timed out, and what it said stands', async () => {
    const { clock, model } = timed();
    server.script({ text: 'This much was said', fault: { kind: 'hang', when: 'after' } });
    const parts = model.stream(asking(), new AbortController().signal)[Symbol.asyncIterator]();
    expect((await parts.next()).value).toMatchObject({ text: 'This' });
    expect((await parts.next()).value).toMatchObject({ text: ' much' });
    const last = expect(parts.next()).rejects.toMatchObject({ failure: 'timed-out' });
    await clock.waitedFor(30_000);
    clock.advance(30_000);
    await last;
  });

  it('whoever takes long to read a part has not waited for the model', async () => {
    const { clock, model } = timed();
    server.script('One two.');
    const parts = model.stream(asking(), new AbortController().signal)[Symbol.asyncIterator]();
    await parts.next();
    clock.advance(10_000_000);
    expect((await parts.next()).value).toMatchObject({ text: ' two.' });
    clock.advance(10_000_000);
    expect((await parts.next()).value).toMatchObject({ kind: 'end' });
  });

  it('thinking aloud is not silence, keeping the line open is', async () => {
    const { clock, model } = timed();
    server.script({ thinking: 'Hm, who is Ann?', text: 'x', fault: { kind: 'hang', when: 'at' } });
    const failed = failing(model);
    await clock.waitedFor(30_000);
    clock.advance(30_000);
    expect((await failed).message).toMatch(/30 s in the middle/);

    server.script({
      raw: [': keep-alive\n\n', ': keep-alive\n\n'],
      fault: { kind: 'hang', when: 'at' },
    });
    expect((await failing(openaiModel({ ...options(), clock: hastyClock() }))).failure).toBe(
      'broken-answer',
    );
  });

  it('a server that says it is done and leaves the line open has answered', async () => {
    const clock = manualClock();
    const chunk = { choices: [{ index: 0, delta: { content: 'Done.' }, finish_reason: 'stop' }] };
    const open = Promise.withResolvers<void>();
    const lingering: typeof fetch = async () => {
      const body = new ReadableStream<Uint8Array>({
        async start(stream) {
          stream.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(chunk)}\n\n`));
          await open.promise;
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    };
    const patient = openaiModel({ ...options(), fetch: lingering, clock });
    const heard = hear(patient);
    await clock.waitedFor(5_000);
    clock.advance(5_000);
    expect(await heard).toMatchObject({ text: 'Done.', end: { finish: 'stop' }, error: undefined });
    open.resolve();
  });
});

describe('the one retry', () => {
  const waits = () => {
    const asked: number[] = [];
    const hasty = hastyClock();
    const after: typeof hasty.after = (ms, then) => {
      if (ms < 60_000) asked.push(ms);
      return hasty.after(ms, then);
    };
    return { asked, model: openaiModel({ ...options(), clock: { ...hasty, after } }) };
  };

  it.each<FaultKind>(['server-error', 'overloaded', 'drop'])(
    'mends %s, after half a second',
    async (kind) => {
      const { asked, model } = waits();
      server.script({ fault: { kind } }, 'There.');
      expect((await hear(model)).text).toBe('There.');
      expect(asked[0]).toBe(500);
    },
  );

  it('waits as long as the server asks for, up to 5 s', async () => {
    const { asked, model } = waits();
    server.script({ fault: { kind: 'rate-limited', retryAfter: 3 } }, 'There.');
    expect((await hear(model)).text).toBe('There.');
    expect(asked[0]).toBe(3_000);
  });

  it('is not made when the server asks for more, and the error says for how long', async () => {
    server.script({ fault: { kind: 'rate-limited', retryAfter: 60 } }, 'There.');
    expect(await failing(model())).toMatchObject({ failure: 'rate-limited', retryAfter: 60 });
    expect(server.requests).toHaveLength(1);
  });

  it.each<FaultKind>([
    'rate-limited',
    'no-quota',
    'bad-key',
    'unknown-model',
    'context-too-long',
    'empty',
  ])('is not made for %s', async (kind) => {
    server.script({ fault: { kind } }, 'There.');
    await failing(model());
    expect(server.requests).toHaveLength(1);
  });

  it('is made once', async () => {
    const fault = { kind: 'overloaded' } as const;
    server.script({ fault }, { fault }, 'There.');
    expect((await failing(model())).failure).toBe('unavailable');
    expect(server.requests).toHaveLength(2);
  });

  it('can be stopped while it waits', async () => {
    const clock = manualClock();
    server.script({ fault: { kind: 'overloaded' } });
    const stop = new AbortController();
    const heard = hear(openaiModel({ ...options(), clock }), asking(), stop.signal);
    await clock.waitedFor(500);
    stop.abort();
    expect((await heard).error).toMatchObject({ name: 'AbortError' });
  });
});

describe('what the common servers say', () => {
  const about = { model: 'mistral-small', redact: (text: string) => text, now: 0 };
  const from = (status: number | undefined, body: object | string, headers = {}) =>
    toModelError(new APIError(status, Object(body), undefined, new Headers(headers)), about);

  it.each<[string, number | undefined, object | string]>([
    [
      'llama.cpp',
      400,
      {
        code: 400,
        type: 'exceed_context_size_error',
        message: 'the request exceeds the available context size, try increasing it',
      },
    ],
    [
      'ik_llama.cpp',
      500,
      {
        code: 500,
        type: 'server_error',
        message: 'the request exceeds the available context size',
      },
    ],
    [
      'vLLM',
      400,
      {
        object: 'error',
        message:
          "This model's maximum context length is 6048 tokens. However, you requested 6616 tokens",
        type: 'BadRequestError',
        code: 400,
      },
    ],
    ['older vLLM', 400, { message: 'max_tokens must be at least 1, got -186.' }],
    [
      'llama-cpp-python',
      400,
      {
        code: 'context_length_exceeded',
        message: 'Requested tokens (2285) exceed context window of 2048',
      },
    ],
    [
      'LM Studio',
      undefined,
      {
        message:
          'Trying to keep the first 15857 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens',
      },
    ],
    ['LM Studio MLX', undefined, { message: 'Context size has been exceeded.' }],
    [
      'Anthropic',
      400,
      {
        type: 'invalid_request_error',
        message: 'prompt is too long: 210000 tokens > 200000 maximum',
      },
    ],
    [
      'Gemini',
      400,
      [
        {
          error: {
            code: 400,
            message:
              'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
          },
        },
      ],
    ],
    [
      'Groq',
      413,
      {
        code: 'rate_limit_exceeded',
        message:
          'Request too large for model on tokens per minute (TPM): Limit 6000, Requested 9000',
      },
    ],
    [
      'TGI',
      422,
      {
        error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096.',
        error_type: 'validation',
      },
    ],
  ])('%s: the context is too long', (_, status, body) => {
    expect(from(status, body).failure).toBe('context-too-long');
  });

  it.each<[string, number, object | string]>([
    [
      'Ollama',
      404,
      { message: 'model "mistral-small" not found, try pulling it first', type: 'not_found_error' },
    ],
    [
      'vLLM',
      404,
      { object: 'error', message: 'The model `mistral-small` does not exist.', code: 404 },
    ],
    ['OpenRouter', 400, { code: 400, message: 'mistral-small is not a valid model ID' }],
    ['LM Studio', 404, { message: 'No models loaded. Please load a model in the developer page.' }],
  ])('%s: the model is unknown', (_, status, body) => {
    expect(from(status, body).failure).toBe('unknown-model');
  });

  it.each<[string, number, object | string, ModelFailure]>([
    ['xAI refuses a key', 400, 'Incorrect API key provided: xx***yy', 'bad-key'],
    [
      'Gemini refuses a key',
      400,
      [{ error: { code: 400, message: 'API key not valid. Please pass a valid API key.' } }],
      'bad-key',
    ],
    [
      'OpenRouter flags the input',
      403,
      { code: 403, message: 'Your input was flagged', metadata: { reasons: ['violence'] } },
      'refused',
    ],
    ['DeepSeek flags the input', 400, { message: 'Content Exists Risk' }, 'refused'],
    [
      'OpenRouter has no credits',
      402,
      { code: 402, message: 'Insufficient credits' },
      'rate-limited',
    ],
    [
      'llama.cpp is loading',
      503,
      { code: 503, message: 'Loading model', type: 'unavailable_error' },
      'unavailable',
    ],
    ['a path that does not exist', 404, { message: 'Not Found' }, 'broken-answer'],
    [
      'a request that makes no sense',
      400,
      { message: "Invalid type for 'messages'" },
      'broken-answer',
    ],
    ['a request timeout', 408, { message: 'Request timeout' }, 'timed-out'],
  ])('%s', (_, status, body, failure) => {
    expect(from(status, body).failure).toBe(failure);
  });

  it.each<[string, number | null]>([
    ['Please try again in 7.5s.', 7.5],
    ['Please try again in 1m30s.', 90],
    ['Please try again in 240ms.', 0.24],
    ['Slow down.', null],
  ])('"%s" is a wait of %s s', (message, seconds) => {
    expect(from(429, { message }).retryAfter).toBe(seconds);
  });

  it('a date in Retry-After counts from now', () => {
    const headers = { 'retry-after': 'Thu, 01 Jan 1970 00:00:12 GMT' };
    expect(from(429, { message: 'Slow down.' }, headers).retryAfter).toBe(12);
  });
});
