import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIEmoji, type APIWebhook, Routes } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { createClient } from '../../src/discord/client.ts';
import { GlobalLimit } from '../../src/discord/globalLimit.ts';
import { loadConfig } from '../../src/ops/loadConfig.ts';
import { systemClock } from '../../src/ops/systemClock.ts';
import { type Resetting, reset } from '../../src/reset.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';

const DOT =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

function aDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-'));
  const path = join(folder, 'troupe.db');
  const opened = openDatabase(path);
  opened.db.exec("INSERT INTO notices VALUES ('here')");
  return { folder, path, opened };
}

const lines: string[] = [];
const asked = (options: Partial<Resetting>): Resetting => {
  lines.length = 0;
  return {
    mode: 'local-only',
    dryRun: false,
    forGood: false,
    suffix: '.before',
    tell: (line) => void lines.push(line),
    ...options,
  };
};

test('here, the database is kept under another name, or deleted where that is asked for; a dry run does neither', async () => {
  const { folder, path, opened } = aDatabase();
  const config = loadConfig({ TROUPE_DB_PATH: path });
  await expect(reset(config, asked({}))).rejects.toThrow(/^Another Troupe is using/);
  opened.close();
  const before = readdirSync(folder);
  await reset(config, asked({ dryRun: true }));
  expect(readdirSync(folder)).toEqual(before);
  expect(lines).toEqual([`${path}: would be kept as ${path}.before`]);
  await reset(config, asked({}));
  expect(readdirSync(folder).sort()).toEqual(['troupe.db-lock', 'troupe.db.before']);
  const kept = openDatabase(`${path}.before`);
  expect(kept.db.prepare('SELECT key FROM notices').pluck().all()).toContain('here');
  kept.close();
  await reset(config, asked({}));
  expect(lines).toEqual(['There is no database here.']);
  openDatabase(path).close();
  await reset(config, asked({ forGood: true }));
  expect(existsSync(path)).toBe(false);
});

test('on Discord, what is the application’s own goes, and nothing of anybody else', async () => {
  const sandbox = await startSandbox();
  const { path, opened } = aDatabase();
  opened.close();
  const client = createClient({ api: sandbox.api }, new GlobalLimit(systemClock));
  const rest = client.rest.setToken(sandbox.token);
  onTestFinished(async () => {
    await client.destroy();
    await sandbox.close();
  });
  const application = sandbox.applicationId;
  const tavern = sandbox.channel('tavern');
  const commands = Routes.applicationCommands(application);
  await rest.put(commands, { body: [{ name: 'start', description: 'Begin', type: 1 }] });
  await rest.post(Routes.channelWebhooks(tavern), { body: { name: 'Troupe' } });
  const theirs = sandbox.controls.createWebhook(tavern, 'Of somebody else');
  for (const name of ['a_0123456789abcdef01234567', 'of_the_owner']) {
    await rest.post(Routes.applicationEmojis(application), { body: { name, image: DOT } });
  }
  const here = async () => ({
    commands: ((await rest.get(commands)) as unknown[]).length,
    webhooks: ((await rest.get(Routes.channelWebhooks(tavern))) as APIWebhook[]).map(
      ({ id }) => id,
    ),
    emojis: (
      (await rest.get(Routes.applicationEmojis(application))) as { items: APIEmoji[] }
    ).items.map(({ name }) => name),
  });
  const config = loadConfig({
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.api,
    NARRATIVE_MODEL: 'offline',
    TROUPE_DB_PATH: path,
  });
  const before = await here();
  expect(before.webhooks).toHaveLength(2);
  await reset(config, asked({ mode: 'discord-cleanup', dryRun: true }));
  expect(await here()).toEqual(before);
  expect(lines).toEqual([
    'Commands: 1, would be removed from Discord',
    'Pictures of characters: 1, would be removed from Discord',
    'Webhooks in The Playhouse: 1, would be removed from Discord',
    `${path}: would be kept as ${path}.before`,
  ]);
  await reset(config, asked({ mode: 'discord-cleanup' }));
  expect(await here()).toEqual({ commands: 0, webhooks: [theirs.id], emojis: ['of_the_owner'] });
  expect(existsSync(path)).toBe(false);
  expect(sandbox.violations).toEqual([]);

  // Where Discord cannot be reached nothing is done, here either.
  openDatabase(path).close();
  const away = { ...config, discord: { token: 'of-yesterday', api: sandbox.api } };
  await expect(reset(away, asked({ mode: 'discord-cleanup' }))).rejects.toThrow(/^DISCORD_TOKEN: /);
  expect(existsSync(path)).toBe(true);
});
