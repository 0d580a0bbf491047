import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import { type ModelServer, startModelServer, stepped } from '../support/modelServer.ts';
import { asking, hastyClock, hear } from '../support/modelTalk.ts';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
});
afterEach(() => server.close());

const model = (apiKey: string | null = 'a-key') =>
  openaiModel({
    baseURL: server.url,
    apiKey,
    firstPartTimeout: 60_000,
    idleTimeout: 30_000,
    clock: hastyClock(),
  });

describe('an answer', () => {
  it('arrives piece by piece, as the model says it', async () => {
    const steps = stepped();
    server.script({ pieces: ['One', ' and', ' two.'], steps });
    const parts = model().stream(asking(), new AbortController().signal)[Symbol.asyncIterator]();
    for (const text of ['One', ' and', ' two.']) {
      steps.next();
      expect((await parts.next()).value).toEqual({ kind: 'text', text });
    }
    steps.next();
    expect((await parts.next()).value).toMatchObject({ kind: 'end', finish: 'stop' });
    expect((await parts.next()).done).toBe(true);
  });

  it('ends with the model that gave it and what it cost', async () => {
    server.script({
      text: 'Yes.',
      model: 'test-model-2030-01',
      usage: { prompt_tokens: 40, completion_tokens: 2 },
    });
    expect((await hear(model())).end).toEqual({
      kind: 'end',
      finish: 'stop',
      model: 'test-model-2030-01',
      usage: { input: 40, output: 2 },
    });
  });

  it('that hit its bound says so', async () => {
    server.script({ text: 'Once upon a', fault: { kind: 'length', when: 'after' } });
    const { text, end } = await hear(model());
    expect(text).toBe('Once upon');
    expect(end?.finish).toBe('length');
  });

  it('that the provider withheld the rest of says so', async () => {
    server.script({ text: 'It begins and', fault: { kind: 'content-filter', when: 'after' } });
    expect((await hear(model())).end?.finish).toBe('filter');
  });

  it('calls tools with their arguments whole, after the text', async () => {
    server.script({ text: 'Let me roll.', tools: [{ name: 'roll', arguments: { sides: 20 } }] });
    const tools = [{ name: 'roll', description: 'Rolls a die', parameters: { type: 'object' } }];
    const { parts } = await hear(model(), asking('Roll!', { tools }));
    expect(parts.slice(-2)).toMatchObject([
      { kind: 'tool', name: 'roll', arguments: '{"sides":20}' },
      { kind: 'end', finish: 'stop' },
    ]);
    expect(server.requests[0]?.body.tools).toEqual([
      {
        type: 'function',
        function: { name: 'roll', description: 'Rolls a die', parameters: { type: 'object' } },
      },
    ]);
  });
});

describe('a request', () => {
  it('carries the conversation, the sampling and the wish for a stream with its usage', async () => {
    const sampling = {
      temperature: 0.9,
      topP: 0.95,
      frequencyPenalty: 0.2,
      presencePenalty: 0.1,
      maxTokens: 350,
      stop: ['Ann:'],
    };
    await hear(
      model(),
      asking(
        [
          ['system', 'Be Mira.'],
          ['user', 'Ann: Hi'],
        ],
        { sampling },
      ),
    );
    expect(server.requests[0]?.body).toEqual({
      model: 'test-model',
      messages: [
        { role: 'system', content: 'Be Mira.' },
        { role: 'user', content: 'Ann: Hi' },
      ],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.9,
      top_p: 0.95,
      frequency_penalty: 0.2,
      presence_penalty: 0.1,
      max_tokens: 350,
      stop: ['Ann:'],
    });
  });

  it('shows pictures to the model', async () => {
    const request = asking();
    const url = 'data:image/png;base64,AAAA';
    const content = [
      { kind: 'text' as const, text: 'Ann: Look' },
      { kind: 'image' as const, url },
    ];
    await hear(model(), { ...request, messages: [{ role: 'user', content }] });
    expect(server.requests[0]?.body.messages[0]?.content).toEqual([
      { type: 'text', text: 'Ann: Look' },
      { type: 'image_url', image_url: { url } },
    ]);
  });

  it('carries a key only when there is one', async () => {
    await hear(model('a-key'));
    await hear(model(null));
    await hear(model(''));
    expect(server.requests.map(({ hasKey }) => hasKey)).toEqual([true, false, false]);
  });

  it('never carries the organization of another account that is named in the environment', async () => {
    process.env.OPENAI_ORG_ID = 'org-someone';
    let sent: Headers | undefined;
    const watching: typeof fetch = (input, init) => {
      sent = new Headers(init?.headers);
      return fetch(input, init);
    };
    const { url: baseURL } = server;
    const options = { baseURL, apiKey: 'k', firstPartTimeout: 1_000, idleTimeout: 1_000 };
    await hear(openaiModel({ ...options, fetch: watching })).finally(() => {
      delete process.env.OPENAI_ORG_ID;
    });
    expect(sent?.get('openai-organization')).toBeNull();
  });
});

describe('stopping', () => {
  it('ends the stream with an AbortError and the request with it', async () => {
    const steps = stepped();
    server.script({ text: 'A very long story', steps });
    const stop = new AbortController();
    const parts = model().stream(asking(), stop.signal)[Symbol.asyncIterator]();
    steps.next();
    await parts.next();
    stop.abort();
    await expect(parts.next()).rejects.toMatchObject({ name: 'AbortError' });
    expect(await server.requests[0]?.over).toBe('abandoned');
  });

  it('before the first word is no failure either', async () => {
    server.script({ fault: { kind: 'hang' } });
    const stop = new AbortController();
    const heard = hear(model(), asking(), stop.signal);
    await server.request(0);
    stop.abort();
    expect((await heard).error).toMatchObject({ name: 'AbortError' });
    expect(await server.requests[0]?.over).toBe('abandoned');
  });

  it('before the request is made makes none', async () => {
    expect((await hear(model(), asking(), AbortSignal.abort())).error).toMatchObject({
      name: 'AbortError',
    });
    expect(server.requests).toHaveLength(0);
  });

  it('to listen stops the request too', async () => {
    const steps = stepped();
    server.script({ text: 'A very long story', steps });
    steps.next();
    for await (const part of model().stream(asking(), new AbortController().signal)) {
      expect(part).toEqual({ kind: 'text', text: 'A' });
      break;
    }
    expect(await server.requests[0]?.over).toBe('abandoned');
  });
});

it('streams several answers at once without mixing them', async () => {
  const [first, second] = [stepped(), stepped()];
  server.script(
    { pieces: ['a', 'b', 'c'], steps: first },
    { pieces: ['x', 'y', 'z'], steps: second },
  );
  const shared = model();
  const one = hear(shared);
  await server.request(0);
  const two = hear(shared);
  await server.request(1);
  for (let piece = 0; piece < 4; piece++) {
    second.next();
    first.next();
  }
  expect([(await one).text, (await two).text]).toEqual(['abc', 'xyz']);
});
