import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigError, loadConfig } from '../../src/ops/loadConfig.ts';

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'troupe-')), 'troupe.yaml');
  writeFileSync(path, text);
  return path;
};
const problems = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};
const withFile = (text: string) => problems({ TROUPE_CONFIG_PATH: file(text) });

describe('configuration', () => {
  test('nothing set is a working sandbox with the offline model', () => {
    const config = loadConfig({});
    expect(config.discord.token).toBeNull();
    expect(config.model).toBeNull();
    expect(config.settings.prompt).toEqual({
      softBudget: 6_000,
      hardBudget: 8_000,
      olderTurns: 200,
    });
  });

  test('blank variables, as an example file leaves them, are not set', () => {
    expect(loadConfig({ DISCORD_TOKEN: '', LLM_API_KEY: ' ', LLM_BASE_URL: '' }).model).toBeNull();
  });

  test('every problem is named at once, each on a line of its own', () => {
    const found = problems({
      LLM_BASE_URL: 'localhost',
      NARRATIVE_MODEL: 'm',
      TROUPE_HTTP_PORT: '99999',
      TROUPE_CONFIG_PATH: file('prompt: { softBudget: many }\ncolour: red\n'),
    });
    expect(found.map((line) => line.replace(/^.*troupe\.yaml/, 'troupe.yaml'))).toEqual([
      'LLM_BASE_URL: must be an address that begins with http:// or https://',
      'TROUPE_HTTP_PORT: must be a port, 0 to 65535',
      expect.stringMatching(/^troupe\.yaml: prompt\.softBudget: must be a number/),
      'troupe.yaml: colour: there is no such setting',
    ]);
  });

  test('a wrong key deep inside is named by its path', () => {
    expect(withFile('reply: { temprature: 1 }')[0]).toMatch(
      /reply\.temprature: there is no such setting$/,
    );
  });

  test('a file that is not YAML, or not there, is said so', () => {
    expect(withFile('a: [')[0]).toMatch(/is not valid YAML \(line \d+\)/);
    expect(problems({ TROUPE_CONFIG_PATH: 'nowhere.yaml' })).toEqual([
      'TROUPE_CONFIG_PATH: there is no file nowhere.yaml',
    ]);
  });

  test('a model needs its name and its place', () => {
    expect(problems({ LLM_BASE_URL: 'http://localhost:1/v1' })[0]).toMatch(/^NARRATIVE_MODEL: /);
    expect(problems({ NARRATIVE_MODEL: 'm' })[0]).toMatch(/^LLM_BASE_URL: /);
    expect(problems({ DISCORD_TOKEN: 't' })[0]).toMatch(/^NARRATIVE_MODEL: .*"offline"/);
    expect(problems({ DISCORD_TOKEN: 't', NARRATIVE_MODEL: 'offline' })).toEqual([]);
  });

  test('the classifier is the narrative model unless another one is named, on the same server', () => {
    const server = { LLM_BASE_URL: 'http://localhost:1/v1', NARRATIVE_MODEL: 'large' };
    expect(loadConfig(server).model?.classifier).toBe('large');
    expect(loadConfig({ ...server, CLASSIFIER_MODEL: 'small' }).model?.classifier).toBe('small');
    expect(loadConfig(server).settings.classifier).toEqual({
      fallbacks: [],
      limitSeconds: 10,
      promptTokens: 4_000,
      maxTokens: 4_000,
    });
    expect(problems({ CLASSIFIER_MODEL: 'small' })[0]).toMatch(/^CLASSIFIER_MODEL: goes with/);
    expect(loadConfig(server).model?.embeddings).toBeNull();
    expect(loadConfig({ ...server, EMBEDDINGS_MODEL: 'near' }).model?.embeddings).toBe('near');
    expect(problems({ EMBEDDINGS_MODEL: 'near' })[0]).toMatch(/^EMBEDDINGS_MODEL: goes with/);
    expect(withFile('classifier: { fallbacks: [""] }')[0]).toMatch(
      /classifier\.fallbacks\.0: must be at least 1$/,
    );
  });

  test('backups are made at three and lie beside the database, unless an owner says otherwise', () => {
    const usual = loadConfig({ TROUPE_DB_PATH: '/srv/play/troupe.db' });
    expect(usual.settings.backup).toEqual({ nightly: true, at: '03:00', keep: 14 });
    expect(usual.backups).toBe('/srv/play/backups');
    expect(loadConfig({ TROUPE_BACKUP_PATH: '/mnt/copies' }).backups).toBe('/mnt/copies');
    expect(withFile('backup: { at: "25:00", keep: 0 }')).toEqual([
      expect.stringMatching(/backup\.at: must be a time in quotes, "00:00" to "23:59"$/),
      expect.stringMatching(/backup\.keep: must be at least 1$/),
    ]);
    // YAML reads these as numbers.
    expect(withFile('backup: { at: 03:00 }')).toEqual([]);
    expect(withFile('backup: { at: 3 }')[0]).toMatch(/must be a time in quotes/);
  });

  test('health and metrics are served where an owner asks for them: on Discord, the page’s port is free', () => {
    const discord = { DISCORD_TOKEN: 't', NARRATIVE_MODEL: 'offline' };
    expect(loadConfig({}).opsPort).toBeNull();
    expect(loadConfig({ TROUPE_HTTP_PORT: '8420' }).opsPort).toBeNull();
    expect(loadConfig(discord).opsPort).toBeNull();
    expect(loadConfig({ ...discord, TROUPE_HTTP_PORT: '8420' }).opsPort).toBe(8420);
    const both = { TROUPE_HTTP_PORT: '8420', TROUPE_OPS_PORT: '8421' };
    expect(loadConfig(both)).toMatchObject({ port: 8420, opsPort: 8421 });
    expect(loadConfig({ ...discord, ...both }).opsPort).toBe(8421);
    expect(problems({ ...both, TROUPE_OPS_PORT: '8420' })).toEqual([
      'TROUPE_OPS_PORT: must be another port than TROUPE_HTTP_PORT, where the page is',
    ]);
  });

  test('a problem never repeats a value, which may be a secret', () => {
    const found = problems({ LLM_BASE_URL: 'sk-secret', DISCORD_API_URL: 'tok-secret' });
    expect(found.join('\n')).not.toContain('secret');
    expect(found.length).toBeGreaterThan(1);
  });

  test('the shipped example is valid, and commented out it changes nothing', () => {
    const example = readFileSync('config/troupe.example.yaml', 'utf8');
    expect(withFile(example)).toEqual([]);
    const everything = example.replace(/^# (?=\s*[a-zA-Z]+:)/gm, '');
    const config = loadConfig({ TROUPE_CONFIG_PATH: file(everything) });
    expect(Object.keys(parse(everything)).sort()).toEqual(Object.keys(config.settings).sort());
  });
});
