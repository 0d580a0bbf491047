import type { Client, REST } from 'discord.js';
import type { Clock } from './app/ports/clock.ts';
import type { Log } from './app/ports/log.ts';
import type { Model } from './app/ports/model.ts';
import type { Store } from './app/ports/store.ts';
import { isConnected } from './discord/isConnected.ts';
import { watchRequests } from './discord/watchRequests.ts';
import type { Backups } from './ops/backups.ts';
import { Exposition } from './ops/exposition.ts';
import { type Health, healthOf } from './ops/health.ts';
import { type Config, ConfigError } from './ops/loadConfig.ts';
import { observeBackups } from './ops/observeBackups.ts';
import { observeDiscord } from './ops/observeDiscord.ts';
import { observeModel } from './ops/observeModel.ts';
import { observeProcess } from './ops/observeProcess.ts';
import { observeStore } from './ops/observeStore.ts';
import { serveOps } from './ops/serveOps.ts';

/** How Discord is reached. */
export interface Wires {
  readonly client: Client;
  readonly rest: { readonly sends: REST; readonly edits: REST };
}

/** What everything else works with, looked at where an owner asked for it. */
export interface Ops {
  readonly store: Store;
  readonly model: Model;
  readonly watch: (wires: Wires) => void;
  close(): Promise<void>;
}

interface Needs {
  readonly config: Config;
  readonly store: Store;
  readonly model: Model;
  readonly backups: Backups | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** Whether what Troupe cannot do without is there. @param client null before there is one */
export const healthNow = (store: Store, client: Client | null): Health =>
  healthOf([
    { name: 'database', isWell: () => store.answers() },
    { name: 'discord', isWell: () => client !== null && isConnected(client) },
  ]);

/**
 * Serves health and metrics, where there is a port for them.
 * @throws {ConfigError} where the port cannot be had.
 */
export async function openOps({ config, backups, clock, log, ...given }: Needs): Promise<Ops> {
  const { opsPort, settings } = config;
  if (opsPort === null) return { ...given, watch: () => {}, close: async () => {} };
  let client: Client | null = null;
  const exposition = new Exposition();
  const { prices } = settings;
  const store = observeStore(given.store, exposition, clock);
  const model = observeModel(given.model, exposition, { prices, clock });
  const count = observeDiscord(exposition, () => client !== null && isConnected(client));
  if (backups !== null) observeBackups(backups, exposition);
  const stop = observeProcess(exposition);
  const health = () => healthNow(given.store, client);
  const server = await serveOps(opsPort, { exposition, health }).catch((cause) => {
    throw portProblem(opsPort, cause);
  });
  log.info({ port: server.port }, 'health and metrics are served');
  return {
    store,
    model,
    watch: (wires) => {
      client = wires.client;
      watchRequests(wires.client.rest, count('other'));
      watchRequests(wires.rest.sends, count('reply_send'));
      watchRequests(wires.rest.edits, count('reply_edit'));
    },
    close: async () => {
      stop();
      await server.close();
    },
  };
}

function portProblem(port: number, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  const problems: Readonly<Record<string, string>> = {
    EADDRINUSE: 'is in use. Stop what uses it, or set another port for health and metrics.',
    EACCES: 'may not be used. Set one above 1023 for health and metrics.',
  };
  const problem = typeof code === 'string' ? problems[code] : undefined;
  return problem === undefined
    ? cause
    : new ConfigError([`TROUPE_OPS_PORT: port ${port} ${problem}`]);
}
