import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
    const kept = failing(model);
    await server.request(1);
    clock.advance(60_000);
    expect((await kept).message).toMatch(/60 s after the request/);
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
