import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import { afterEach, expect, it } from 'vitest';
import {
  type ModelServer,
  type ModelServerOptions,
  startModelServer,
} from '../support/modelServer.ts';

let server: ModelServer | undefined;
afterEach(() => server?.close());

async function client(options: ModelServerOptions = {}, apiKey = 'a-key'): Promise<OpenAI> {
  server = await startModelServer(options);
  return new OpenAI({ baseURL: server.url, apiKey, maxRetries: 0, logLevel: 'off' });
}
const messages = [{ role: 'user' as const, content: 'Hello?' }];

it('lists its models', async () => {
  const { data } = await (await client({ models: ['small', 'large'] })).models.list();
  expect(data.map(({ id }) => id)).toEqual(['small', 'large']);
});

it('answers whole when no stream is asked for', async () => {
  const openai = await client({ answer: 'Well met.' });
  const answer = await openai.chat.completions.create({ model: 'small', messages });
  expect(answer.choices[0]).toMatchObject({
    message: { content: 'Well met.' },
    finish_reason: 'stop',
  });
  expect(answer.usage?.completion_tokens).toBe(2);
});

it('knows only its models and takes only its key', async () => {
  const openai = await client({ models: ['small'], apiKey: 'right' }, 'right');
  await expect(openai.chat.completions.create({ model: 'large', messages })).rejects.toMatchObject({
    status: 404,
  });
  const stranger = openai.withOptions({ apiKey: 'wrong' });
  await expect(
    stranger.chat.completions.create({ model: 'small', messages }),
  ).rejects.toMatchObject({ status: 401 });
});

it('answers what a function makes of the request', async () => {
  const openai = await client({ answer: ({ body }) => `You said ${body.messages[0]?.content}` });
  const answer = await openai.chat.completions.create({ model: 'small', messages });
  expect(answer.choices[0]?.message.content).toBe('You said Hello?');
});

it('goes on serving when a client leaves in the middle of an answer', async () => {
  const openai = await client({ pace: 1, answer: 'word '.repeat(50) });
  for (let times = 0; times < 3; times++) {
    const stream = await openai.chat.completions.create({ model: 'small', messages, stream: true });
    for await (const _ of stream) break;
    expect(await server?.requests[times]?.over).toBe('abandoned');
  }
  server?.script('Still here.');
  const answer = await openai.chat.completions.create({ model: 'small', messages });
  expect(answer.choices[0]?.message.content).toBe('Still here.');
});

const schema = {
  type: 'object',
  properties: {
    kind: { enum: ['question', 'statement'] },
    deltas: { type: 'array', items: { type: 'number' } },
    place: { $ref: '#/$defs/place' },
    ignored: { type: 'string' },
  },
  required: ['kind', 'deltas', 'place'],
  $defs: {
    place: {
      type: 'object',
      properties: { name: { type: 'string', minLength: 1 } },
      required: ['name'],
    },
  },
};
const json_schema = { name: 'turn', schema };

it('honours a response format by the smallest answer that fits, or by the scripted one', async () => {
  const openai = await client();
  const ask = async () => {
    const response_format = { type: 'json_schema' as const, json_schema };
    const answer = await openai.chat.completions.create({
      model: 'small',
      messages,
      response_format,
    });
    return JSON.parse(answer.choices[0]?.message.content ?? '');
  };
  expect(await ask()).toEqual({ kind: 'question', deltas: [], place: { name: 'x' } });
  server?.scriptClassifier({ json: { kind: 'statement' } });
  expect(await ask()).toEqual({ kind: 'statement' });
});

it('refuses json_schema but takes json_object, when told so', async () => {
  const openai = await client({ refuse: ['json_schema'] });
  const ask = (response_format: OpenAI.ChatCompletionCreateParams['response_format']) =>
    openai.chat.completions.create({ model: 'small', messages, response_format });
  await expect(ask({ type: 'json_schema', json_schema })).rejects.toMatchObject({
    status: 400,
    param: 'json_schema',
  });
  expect((await ask({ type: 'json_object' })).choices[0]?.message.content).toBe('{}');
});

it.each([
  '',
  '{',
  '{}',
  '{"model":"m"}',
  '{"model":"m","messages":[{"role":"bard","content":""}]}',
])('refuses the body %j', async (body) => {
  await client();
  const answer = await fetch(`${server?.url}/chat/completions`, { method: 'POST', body });
  expect(answer.status).toBe(400);
});

const main = fileURLToPath(new URL('../support/modelServer.main.ts', import.meta.url));

it.each([
  [['--port', 'many'], '--port must be a whole number'],
  [['--pace', '-1'], '--pace'],
  [['--fault', 'gremlins'], '--fault does not know "gremlins"'],
  [['--fault', 'drop', '--when', 'never'], '--when must be before, at or after'],
  [['--prot', '1'], '--prot'],
])('run by itself with %j it says what is wrong', async (args, problem) => {
  const failed = promisify(execFile)(process.execPath, [main, ...args]).then(
    () => ({ code: 0, stderr: '' }),
    (error: { code: number; stderr: string }) => error,
  );
  const { code, stderr } = await failed;
  expect(code).toBe(2);
  expect(stderr).toContain(problem);
  expect(stderr).not.toContain('    at ');
});

it('run by itself it prints its address, answers there, and ends when told to', async () => {
  const child = spawn(process.execPath, [main, '--port', '0', '--pace', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const baseURL = /http:\S+/.exec(String(line))?.[0];
  const openai = new OpenAI({ baseURL, apiKey: 'any', maxRetries: 0 });
  const ask = async () =>
    (await openai.chat.completions.create({ model: 'm', messages })).choices[0]?.message.content;
  const [one, two] = [await ask(), await ask()];
  expect(one).toMatch(/\*/);
  expect(two).not.toBe(one);
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
