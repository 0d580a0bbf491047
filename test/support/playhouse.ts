import { onTestFinished } from 'vitest';
import type { Clock } from '../../src/app/ports/clock.ts';
import type { Log } from '../../src/app/ports/log.ts';
import type { Model } from '../../src/app/ports/model.ts';
import type { Store } from '../../src/app/ports/store.ts';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import { type Running, run } from '../../src/main.ts';
import { loadConfig } from '../../src/ops/loadConfig.ts';
import { loadShippedCharacters } from '../../src/ops/loadShippedCharacters.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import { erasureLedger } from '../../src/store/erasureLedger.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { type ModelServer, type ModelServerOptions, startModelServer } from './modelServer.ts';
import { recorder } from './recorder.ts';

export const WENNA = { character: 'character:wenna-tarrant' };
export const DESMOND = { character: 'character:desmond-achterberg' };

const shipped = loadShippedCharacters();

export interface Playhouse {
  readonly sandbox: Sandbox;
  readonly models: ModelServer;
  readonly store: Store;
  readonly logged: { level: string; fields: object; message: string }[];
  bot: Running;
  /**
   * Ends the bot and starts another on the same store and the same Discord.
   * @param meanwhile what happens while there is none.
   */
  restart(meanwhile?: () => Promise<unknown>): Promise<void>;
}

/**
 * The whole of Troupe with nothing stubbed: the real store in memory, the real discord.js against the
 * local Discord, the real model client against a local model server.
 *
 * At the end of the test it fails on every refusal, limit or ping that the test did not declare.
 */
export async function openPlayhouse(
  options: {
    sandbox?: SandboxOptions;
    server?: ModelServerOptions;
    model?: (url: string) => Model;
    path?: string;
    /** Environment variables that are other than usual here. */
    env?: Readonly<Record<string, string | undefined>>;
    /** Troupe's own; the sandbox has one among its options. */
    clock?: Clock;
  } = {},
): Promise<Playhouse> {
  const sandbox = await startSandbox({ ...recorder(), ...options.sandbox });
  const models = await startModelServer(options.server);
  const database = openDatabase(options.path ?? ':memory:');
  const store = sqliteStore(database);
  const logged: Playhouse['logged'] = [];
  const write = (level: string) => (fields: object, message: string) =>
    void logged.push({ level, fields, message });
  const log: Log = {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
  const config = loadConfig({
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.api,
    LLM_BASE_URL: models.url,
    NARRATIVE_MODEL: 'test-model',
    ...options.env,
  });
  const model =
    options.model?.(models.url) ??
    openaiModel({
      baseURL: models.url,
      apiKey: null,
      firstPartTimeout: 5_000,
      idleTimeout: 5_000,
      log,
    });
  const { clock } = options;
  const ledger = erasureLedger(options.path ?? ':memory:');
  const start = () => run({ config, store, ledger, model, shipped, log, ...(clock && { clock }) });
  const playhouse: Playhouse = {
    sandbox,
    models,
    store,
    logged,
    bot: await start(),
    restart: async (meanwhile) => {
      await playhouse.bot.close();
      await meanwhile?.();
      playhouse.bot = await start();
    },
  };
  onTestFinished(async () => {
    await playhouse.bot.close();
    await sandbox.close();
    await models.close();
    store.close();
    if (sandbox.violations.length > 0) {
      throw new Error(`Discord objected: ${JSON.stringify(sandbox.violations, null, 1)}`);
    }
    const errors = logged.filter(({ level }) => level === 'error');
    if (errors.length > 0)
      throw new Error(
        `logged: ${JSON.stringify(errors)} ${errors[0]?.fields['err' as never] ?? ''}`,
      );
  });
  return playhouse;
}
