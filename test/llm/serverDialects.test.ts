import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelMessage } from '../../src/app/ports/model.ts';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import {
  type ModelServer,
  type ModelServerOptions,
  startModelServer,
} from '../support/modelServer.ts';
import { asking, failing, hastyClock, hear } from '../support/modelTalk.ts';

let server: ModelServer;
const start = async (options: ModelServerOptions = {}) => {
  server = await startModelServer(options);
};
beforeEach(() => start());
afterEach(() => server.close());

const model = () =>
  openaiModel({
    baseURL: server.url,
    apiKey: null,
    firstPartTimeout: 60_000,
    idleTimeout: 30_000,
    clock: hastyClock(),
  });

const chunk = (delta: object, finish: string | null | undefined = null, more: object = {}) =>
  `data: ${JSON.stringify({ model: 'local', choices: [{ index: 0, delta, finish_reason: finish }], ...more })}\n\n`;
const done = 'data: [DONE]\n\n';

describe('an answer counts however the server streams it', () => {
  it.each<[string, string[]]>([
    ['without usage', [chunk({ content: 'Hi.' }, 'stop'), done]],
    ['without a finish reason', [chunk({ content: 'Hi.' }, undefined), done]],
    ['with the reason "eos"', [chunk({ content: 'Hi.' }), chunk({}, 'eos'), done]],
    ['without [DONE]', [chunk({ content: 'Hi.' }, 'stop')]],
    [
      'with chunks without choices',
      ['data: {"choices":[]}\n\n', 'data: {"id":"x"}\n\n', chunk({ content: 'Hi.' }, 'stop'), done],
    ],
    [
      'with role-only and null chunks first',
      [
        chunk({ role: 'assistant' }),
        chunk({ role: 'assistant', content: null }),
        chunk({ content: 'Hi.' }, 'stop'),
        done,
      ],
    ],
    [
      'with comments between',
      [
        ': keep-alive\n\n',
        ': OPENROUTER PROCESSING\n\n',
        chunk({ content: 'Hi.' }, 'stop'),
        ': bye\n\n',
        done,
      ],
    ],
    [
      'with blank text first',
      [chunk({ content: '\n\n' }), chunk({ content: 'Hi.' }, 'stop'), done],
    ],
    ['with CRLF', [chunk({ content: 'Hi.' }, 'stop').replaceAll('\n', '\r\n'), done]],
    [
      'with content in parts',
      [
        chunk(
          {
            content: [
              { type: 'thinking', thinking: [] },
              { type: 'text', text: 'Hi.' },
            ],
          },
          'stop',
        ),
        done,
      ],
    ],
    [
      'with reasoning_content',
      [chunk({ reasoning_content: 'Who is this?' }), chunk({ content: 'Hi.' }, 'stop'), done],
    ],
    [
      'with reasoning',
      [chunk({ reasoning: 'Who is this?', content: '' }), chunk({ content: 'Hi.' }, 'stop'), done],
    ],
    [
      'with inline thinking',
      [chunk({ content: '<think>Who is this?</think>\n\nHi.' }, 'stop'), done],
    ],
    [
      'with inline thinking cut anywhere',
      [...'<think>Who?</think>\nHi.'].map((char) => chunk({ content: char })).concat(done),
    ],
  ])('%s', async (_, raw) => {
    server.script({ raw });
    expect(await hear(model())).toMatchObject({
      text: 'Hi.',
      end: { finish: 'stop', usage: null },
      error: undefined,
    });
  });

  it('with usage in every chunk, the last of which counts', async () => {
    const usage = (n: number) => ({ usage: { prompt_tokens: 9, completion_tokens: n } });
    server.script({
      raw: [
        chunk({ content: 'Hi' }, null, usage(1)),
        chunk({ content: '.' }, 'stop', usage(2)),
        done,
      ],
    });
    expect((await hear(model())).end?.usage).toEqual({ input: 9, output: 2 });
  });

  it('whole, though a stream was asked for', async () => {
    const body = {
      model: 'local',
      choices: [{ message: { content: 'Hi.' }, finish_reason: 'stop' }],
    };
    const whole: typeof fetch = async () => Response.json(body);
    const options = {
      baseURL: server.url,
      apiKey: null,
      firstPartTimeout: 1_000,
      idleTimeout: 1_000,
    };
    expect(await hear(openaiModel({ ...options, fetch: whole }))).toMatchObject({
      text: 'Hi.',
      end: { finish: 'stop', model: 'local' },
    });
  });

  it('with tool calls in pieces, or all under one index', async () => {
    const call = (id: string | null, name: string, args: string) => ({
      tool_calls: [{ index: 0, ...(id ? { id } : {}), function: { name, arguments: args } }],
    });
    server.script({
      raw: [
        chunk(call('a', 'roll', '{"si')),
        chunk(call(null, '', 'des":6}')),
        chunk(call('b', 'look', '')),
        chunk({}, 'tool_calls'),
        done,
      ],
    });
    expect((await hear(model())).parts).toMatchObject([
      { kind: 'tool', name: 'roll', arguments: '{"sides":6}' },
      { kind: 'tool', name: 'look', arguments: '{}' },
      { kind: 'end', finish: 'stop' },
    ]);
  });
});

describe('an error counts however the server reports it', () => {
  it.each<[string, string[]]>([
    ['as an error chunk', ['data: {"error":{"message":"GPU lost","code":502}}\n\n', done]],
    ['as an error event', ['event: error\ndata: {"error":{"message":"GPU lost"}}\n\n']],
    [
      'as an error object without its envelope',
      ['data: {"object":"error","message":"GPU lost","code":500}\n\n', done],
    ],
    ['as a finish reason', [chunk({ content: '' }, 'error'), done]],
  ])('%s', async (_, raw) => {
    server.script({ raw }, { raw });
    expect((await failing(model())).failure).toBe('unavailable');
  });

  it.each([
    { error: { code: 400, type: 'exceed_context_size_error', message: 'Context exceeded.' } },
    { error: 'prompt is too long' },
    [{ error: { code: 400, message: 'prompt is too long' } }],
  ])('as the body %j with status 200', async (body) => {
    const odd: typeof fetch = async () => Response.json(body);
    const options = {
      baseURL: server.url,
      apiKey: null,
      firstPartTimeout: 1_000,
      idleTimeout: 1_000,
    };
    const { failure, message } = await failing(openaiModel({ ...options, fetch: odd }));
    expect(failure).toBe('context-too-long');
    expect(message).toMatch(/^The prompt is too long for the model( \(400\))?: [\w .]+$/);
  });
});

describe('a field that the server refuses', () => {
  const restart = async (options: ModelServerOptions) => {
    await server.close();
    await start(options);
  };

  it('is left out, and not sent to that model again', async () => {
    await restart({ refuse: ['stream_options'] });
    const patient = model();
    expect(await hear(patient)).toMatchObject({ text: 'Hello there.', end: { usage: null } });
    await hear(patient);
    expect(server.requests.map(({ body }) => body.stream_options !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
    await hear(patient, asking('Hello?', { model: 'another-model' }));
    expect(server.requests[3]?.body.stream_options).toBeDefined();
  });

  it('max_tokens is sent under its newer name', async () => {
    await restart({ refuse: ['max_tokens'] });
    expect((await hear(model())).text).toBe('Hello there.');
    expect(server.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 600 });
  });

  it('several of them are left out one after another', async () => {
    const refuse = ['stream_options', 'max_tokens', 'temperature', 'stop', 'presence_penalty'];
    await restart({ refuse });
    const sampling = {
      maxTokens: 90,
      temperature: 1.2,
      topP: 0.9,
      presencePenalty: 0.5,
      stop: ['Ann:'],
    };
    expect((await hear(model(), asking('Hello?', { sampling }))).text).toBe('Hello there.');
    const last = server.requests.at(-1)?.body ?? {};
    expect(Object.keys(last).sort()).toEqual([
      'max_completion_tokens',
      'messages',
      'model',
      'stream',
      'top_p',
    ]);
  });

  it('pictures are named instead of shown', async () => {
    server.script(({ body }) =>
      JSON.stringify(body.messages).includes('image_url')
        ? {
            raw: [
              'data: {"error":{"code":500,"message":"image input is not supported by this server"}}\n\n',
            ],
          }
        : 'I cannot see it.',
    );
    server.script('I cannot see it.');
    const message: ModelMessage = {
      role: 'user',
      content: [
        { kind: 'text', text: 'Ann: Look' },
        { kind: 'image', url: 'https://example.org/a.png' },
      ],
    };
    expect((await hear(model(), { ...asking(), messages: [message] })).text).toBe(
      'I cannot see it.',
    );
    expect(server.requests[1]?.body.messages[0]?.content).toBe(
      'Ann: Look\n(An image, which cannot be seen here.)',
    );
  });

  it('a template that takes only turns gets turns', async () => {
    await restart({ strictRoles: true });
    const talk = asking([
      ['system', 'Be Mira.'],
      ['assistant', 'Welcome.'],
      ['user', 'Ann: Hi'],
      ['user', 'Ben: Hello'],
      ['system', 'Be brief.'],
    ]);
    expect((await hear(model(), talk)).text).toBe('Hello there.');
    expect(server.requests.at(-1)?.body.messages).toEqual([
      { role: 'user', content: 'Be Mira.' },
      { role: 'assistant', content: 'Welcome.' },
      { role: 'user', content: 'Ann: Hi\n\nBen: Hello\n\nBe brief.' },
    ]);
  });

  it('that an answer cannot do without is a failure, not a loop', async () => {
    await restart({ refuse: ['messages'] });
    expect((await failing(model())).failure).toBe('broken-answer');
    expect(server.requests).toHaveLength(1);
  });
});
