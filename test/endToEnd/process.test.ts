import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { startBotProcess } from '../support/botProcess.ts';
import { startModelServer } from '../support/modelServer.ts';
import { WENNA } from '../support/playhouse.ts';
import { readExposition } from '../support/readExposition.ts';
import { recorder } from '../support/recorder.ts';
import { buttonsOf, pressBegin } from '../support/tavern.ts';

const database = () => join(mkdtempSync(join(tmpdir(), 'troupe-')), 'troupe.db');

async function surroundings() {
  const sandbox = await startSandbox(recorder());
  const models = await startModelServer();
  onTestFinished(async () => {
    await sandbox.close();
    await models.close();
  });
  const env = {
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.api,
    LLM_BASE_URL: models.url,
    LLM_API_KEY: 'sk-secret-key',
    NARRATIVE_MODEL: 'test-model',
    TROUPE_DB_PATH: database(),
  };
  return { sandbox, models, env, ann: firstOf(sandbox), tavern: sandbox.channel('tavern') };
}

const firstOf = (sandbox: Sandbox) => sandbox.as(Object.keys(sandbox.people)[0] ?? '');

describe('the bot as a process of its own', () => {
  test('plays on the Discord and with the model that it is pointed at, stops cleanly, and goes on', async () => {
    const { sandbox, models, env, ann, tavern } = await surroundings();
    const settled = (text: string) =>
      ann.waitFor(tavern, (message) => message.content === text && !buttonsOf(message).Stop);
    const first = startBotProcess(env);
    await first.printed('"ready"');
    await ann.command(tavern, 'start', WENNA);
    await pressBegin(ann, tavern);
    await ann.waitFor(tavern, ({ author }) => author.username === 'Wenna Tarrant');
    models.script('A button will do.', 'You told me so yourself.');
    await ann.say(tavern, 'I have come from Ostend.');
    await settled('A button will do.');
    expect(await first.end('SIGTERM')).toBe(0);
    // All of it is in the one file.
    expect(existsSync(`${env.TROUPE_DB_PATH}-wal`)).toBe(false);

    const second = startBotProcess(env);
    await second.printed('"ready"');
    await ann.say(tavern, 'Where did I come from?');
    await settled('You told me so yourself.');
    expect(JSON.stringify(models.requests.at(-1)?.body)).toContain('I have come from Ostend.');
    expect(await second.end('SIGINT')).toBe(0);
    expect(sandbox.violations).toEqual([]);
    expect(first.output()).toMatch(/"turn":"[^"]+","chat":.*"msg":"replied"/);
    for (const output of [first.output(), second.output()]) {
      expect(output).not.toContain('sk-secret-key');
      expect(output).not.toContain(sandbox.token);
      expect(output).not.toContain('Ostend');
    }
  });
});

test('health and metrics say how the bot is, of nobody in particular', async () => {
  const { sandbox, models, env, ann, tavern } = await surroundings();
  const bot = startBotProcess({ ...env, TROUPE_OPS_PORT: '0' });
  await bot.printed('"ready"');
  const port = /"port":(\d+),"msg":"health and metrics are served"/.exec(bot.output())?.[1];
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  const health = await get('/health');
  expect([health.status, await health.json()]).toEqual([
    200,
    { status: 'well', parts: { database: 'well', discord: 'well' } },
  ]);
  await ann.command(tavern, 'start', WENNA);
  await pressBegin(ann, tavern);
  await ann.waitFor(tavern, ({ author }) => author.username === 'Wenna Tarrant');
  models.script('A button will do.');
  await ann.say(tavern, 'I have come from Ostend.');
  await ann.waitFor(
    tavern,
    (message) => message.content === 'A button will do.' && !buttonsOf(message).Stop,
  );
  // What the channel shows is answered for a moment later.
  const metrics = await vi.waitFor(async () => {
    const read = await get('/metrics');
    expect(await read.clone().text()).toContain('seconds_count{stage="whole"} 1');
    return read;
  }, 5_000);
  expect(metrics.headers.get('content-type')).toContain('version=0.0.4');
  const text = await metrics.text();
  const samples = readExposition(text);
  const value = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    samples.find(
      (sample) =>
        sample.name === name &&
        Object.entries(labels).every(([key, wanted]) => sample.labels[key] === wanted),
    )?.value;
  expect(value('troupe_events_total', { type: 'UserSpoke' })).toBe(1);
  expect(value('troupe_replies_total', { ending: 'stop' })).toBe(1);
  for (const stage of ['waiting', 'prompt', 'first_words']) {
    expect(value('troupe_turn_stage_seconds_count', { stage }), stage).toBe(1);
  }
  expect(value('troupe_first_visible_seconds_count')).toBe(1);
  const reply = { model: 'test-model', use: 'reply' };
  expect(value('troupe_model_requests_total', { ...reply, outcome: 'stop' })).toBe(1);
  expect(value('troupe_model_tokens_total', { ...reply, direction: 'output' })).toBeGreaterThan(0);
  expect(value('troupe_discord_requests_total', { use: 'reply_send', status: '200' })).toBe(2);
  // What comes all at once is not edited.
  const edits = value('troupe_discord_requests_total', { use: 'reply_edit', status: '200' }) ?? 0;
  expect(value('troupe_discord_edits_total')).toBe(edits);
  expect(value('troupe_discord_rate_limited_total')).toBe(0);
  expect(value('troupe_discord_up')).toBe(1);
  expect(value('troupe_backup_failed')).toBe(0);
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e7);
  // Whoever reads them learns of nobody: no ids, no names, no words.
  const labels = samples.flatMap((sample) => Object.values(sample.labels));
  expect(labels.filter((label) => /\d{15}/.test(label))).toEqual([]);
  expect(text).not.toMatch(/Wenna|Ostend|character:|user:|chat:/);
  expect((await get('/metrics', { method: 'POST' })).status).toBe(405);
  expect((await get('/')).status).toBe(404);
  await sandbox.close();
  await vi.waitFor(async () => expect((await get('/health')).status).toBe(503), 5_000);
  expect(await (await get('/health')).json()).toMatchObject({
    status: 'not well',
    parts: { database: 'well', discord: 'not well' },
  });
});

describe('a start that cannot be', () => {
  /** One readable line per problem, an exit code, and no stack trace. */
  const refused = async (env: Record<string, string>) => {
    const bot = startBotProcess({ TROUPE_DB_PATH: database(), ...env });
    const code = await bot.exited;
    expect(bot.output()).not.toMatch(/^\s+at |node:internal/m);
    return { code, lines: bot.output().trim().split('\n') };
  };

  test('with a wrong configuration names every problem', async () => {
    const { code, lines } = await refused({
      LLM_BASE_URL: 'nowhere',
      DISCORD_API_URL: 'http://127.0.0.1:1/api',
      NARRATIVE_MODEL: 'm',
    });
    expect(code).toBe(1);
    expect(lines).toHaveLength(2);
  });

  test('without a Discord says so', async () => {
    const { code, lines } = await refused({
      DISCORD_TOKEN: 'x',
      NARRATIVE_MODEL: 'offline',
      DISCORD_API_URL: 'http://127.0.0.1:1/api',
    });
    expect({ code, lines }).toEqual({
      code: 1,
      lines: ['Discord cannot be reached; check the network, and DISCORD_API_URL if it is set.'],
    });
  });

  test('with a token that Discord refuses says so', async () => {
    const { sandbox } = await surroundings();
    const { code, lines } = await refused({
      DISCORD_TOKEN: 'wrong',
      NARRATIVE_MODEL: 'offline',
      DISCORD_API_URL: sandbox.api,
    });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^DISCORD_TOKEN: /)]);
  });

  test('without the privileged intent says where to switch it on', async () => {
    const MESSAGE_CONTENT = 1 << 15;
    const sandbox = await startSandbox({ deniedIntents: MESSAGE_CONTENT });
    onTestFinished(() => sandbox.close());
    const { code, lines } = await refused({
      DISCORD_TOKEN: sandbox.token,
      NARRATIVE_MODEL: 'offline',
      DISCORD_API_URL: sandbox.api,
    });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining('Message Content Intent')]);
  });

  test('without a model says so', async () => {
    const { code, lines } = await refused({
      LLM_BASE_URL: 'http://127.0.0.1:1/v1',
      NARRATIVE_MODEL: 'm',
    });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^LLM_BASE_URL: no model server answers/)]);
  });

  test('with its port in use says so', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, lines } = await refused({ TROUPE_HTTP_PORT: String(port) });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^TROUPE_HTTP_PORT: port \d+ is in use/)]);
  });

  test('with its database in use says so', async () => {
    const { env } = await surroundings();
    const bot = startBotProcess(env);
    await bot.printed('"ready"');
    const { code, lines } = await refused(env);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^Another Troupe is using the database/)]);
  });
});
