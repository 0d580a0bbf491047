import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { examine } from '../../src/doctor.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { startModelServer } from '../support/modelServer.ts';

const KEY = 'sk-secret-of-the-owner';
const NOWHERE = 'http://127.0.0.1:1';
/** Does not answer either, and does not look like this machine. */
const ELSEWHERE = 'http://0.0.0.0:1/v1';

/** Everything that is found, by its state, and with every secret looked for in it. */
async function found(env: Record<string, string>) {
  const findings: { state: string; line: string }[] = [];
  for await (const finding of examine(env)) findings.push(finding);
  const lines = findings.map(({ line }) => line);
  for (const secret of [KEY, env.DISCORD_TOKEN, env.LLM_BASE_URL, env.DISCORD_API_URL]) {
    if (secret) expect(lines.join('\n')).not.toContain(secret);
  }
  expect(lines.filter((line) => line.includes('\n'))).toEqual([]);
  const of = (state: string) =>
    findings.filter((each) => each.state === state).map((each) => each.line);
  return { well: of('well'), wrong: of('wrong'), unknown: of('unknown') };
}

async function surroundings(options: { deniedIntents?: number } = {}) {
  const sandbox = await startSandbox(options);
  const models = await startModelServer({ apiKey: KEY });
  onTestFinished(async () => {
    await sandbox.close();
    await models.close();
  });
  const database = join(mkdtempSync(join(tmpdir(), 'troupe-')), 'troupe.db');
  openDatabase(database).close();
  const env = {
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.api,
    LLM_BASE_URL: models.url,
    LLM_API_KEY: KEY,
    NARRATIVE_MODEL: 'test-model',
    TROUPE_DB_PATH: database,
  };
  return { sandbox, models, env, database };
}

test('where all is well, the doctor names each thing that it looked at', async () => {
  const { env } = await surroundings();
  const { well, wrong, unknown } = await found(env);
  expect({ wrong, unknown }).toEqual({ wrong: [], unknown: [] });
  expect(well.map((line) => line.replace(/( in .*)?:.*/s, ''))).toEqual([
    'Node',
    'Configuration',
    'Disk',
    'Disk for backups',
    'Database',
    'Backups',
    'Token',
    'Intents',
    'Permissions',
    'Time',
    'Model',
  ]);
});

test('everything that is wrong is said, with what mends it', async () => {
  const MESSAGE_CONTENT = 1 << 15;
  const { env, sandbox, database } = await surroundings({ deniedIntents: MESSAGE_CONTENT });
  // Without the role that it came with, it may what everyone may.
  sandbox.controls.setRoles(sandbox.guild, sandbox.applicationId, []);
  writeFileSync(database, 'not a database');
  const { wrong } = await found({ ...env, LLM_API_KEY: `${KEY}-of-yesterday` });
  expect(wrong).toEqual([
    expect.stringMatching(/^Database: .* is damaged\. .*npm run restore/),
    expect.stringMatching(/^Intents: switch on "Message Content Intent"/),
    "Permissions in The Playhouse: give the bot's role Manage Webhooks.",
    'Model: NARRATIVE_MODEL is refused for its key. Check LLM_API_KEY.',
  ]);
});

test('a token that is refused is said so, and a wrong value before everything else', async () => {
  const { env } = await surroundings();
  const { wrong } = await found({ ...env, DISCORD_TOKEN: 'of-yesterday' });
  expect(wrong).toEqual([expect.stringMatching(/^Discord: DISCORD_TOKEN: Discord refuses/)]);
  const unread = await found({ ...env, TROUPE_HTTP_PORT: 'many', NARRATIVE_MODEL: '' });
  expect(unread.wrong).toHaveLength(2);
  expect(unread.unknown).toEqual([expect.stringContaining('mend the configuration first')]);
});

test('without a network it says what it could not look at, and that is not wrong', async () => {
  const { env } = await surroundings();
  const away = {
    ...env,
    DISCORD_API_URL: `${NOWHERE}/api`,
    LLM_BASE_URL: ELSEWHERE,
  };
  const { wrong, unknown } = await found(away);
  expect(wrong).toEqual([]);
  expect(unknown).toEqual([
    expect.stringMatching(/^Discord: cannot be reached from here/),
    expect.stringMatching(/^Time: /),
    expect.stringMatching(/^Model: .* cannot be reached from here/),
  ]);
  // What should run on this machine does not need one.
  const local = await found({ ...away, LLM_BASE_URL: `${NOWHERE}/v1` });
  expect(local.wrong).toEqual([expect.stringMatching(/^Model: .*no server at LLM_BASE_URL/)]);
});
