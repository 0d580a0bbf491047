/** The composition root: the only file that sees every layer. */
import { createHash, randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Client } from 'discord.js';
import { commands } from '../commands/index.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { Classifier } from './app/classifier.ts';
import { applyErasures } from './app/erasing.ts';
import type { ShippedCharacter } from './app/homes.ts';
import type { Clock } from './app/ports/clock.ts';
import type { Embeddings } from './app/ports/embeddings.ts';
import type { ErasureLedger } from './app/ports/erasures.ts';
import type { Log } from './app/ports/log.ts';
import { type Model, OFFLINE_MODEL } from './app/ports/model.ts';
import type { Store } from './app/ports/store.ts';
import { rebuildIfDue } from './app/rebuild.ts';
import { Troupe } from './app/troupe.ts';
import { cards } from './cards/index.ts';
import { Avatars } from './discord/avatars.ts';
import { type Bot, startBot } from './discord/bot.ts';
import { createClient, createStreamRest } from './discord/client.ts';
import { PanelBoard } from './discord/drawer/panelBoard.ts';
import { GlobalLimit } from './discord/globalLimit.ts';
import type { LanguageOf } from './discord/publicTexts.ts';
import { DiscordReadership } from './discord/readership.ts';
import { Reconcile } from './discord/reconcile.ts';
import { DiscordRooms } from './discord/rooms.ts';
import { DiscordStage } from './discord/stage.ts';
import { checkModel } from './llm/checkModel.ts';
import { classifier } from './llm/classifier.ts';
import { countTokens, warmUpTokens } from './llm/countTokens.ts';
import { openaiEmbeddings } from './llm/embeddings.ts';
import { offlineModel } from './llm/offlineModel.ts';
import { openaiModel } from './llm/openaiModel.ts';
import { redactor } from './llm/redact.ts';
import { healthNow, openOps, type Wires } from './openOps.ts';
import { Backups } from './ops/backups.ts';
import { createLog } from './ops/createLog.ts';
import { type Config, ConfigError, loadConfig } from './ops/loadConfig.ts';
import { loadShippedCharacters } from './ops/loadShippedCharacters.ts';
import { systemClock } from './ops/systemClock.ts';
import { inTurn } from './ops/turnScope.ts';
import { portrait } from './pictures/portrait.ts';
import { relationshipPicture } from './pictures/relationshipPicture.ts';
import { renderedLately } from './pictures/renderPng.ts';
import { runCommand } from './runCommand.ts';
import { type Sandbox, startSandbox } from './sandbox/index.ts';
import { backUp } from './store/backUp.ts';
import { erasureLedger } from './store/erasureLedger.ts';
import { openDatabase } from './store/openDatabase.ts';
import { sqliteStore } from './store/sqliteStore.ts';

const pause = () => new Promise((resolve) => setImmediate(resolve));

/** How long a shutdown may wait for the last edits. */
const SHUTDOWN_MS = 10_000;

export interface Parts {
  readonly config: Config;
  readonly store: Store;
  /** What people had erased: applied before anybody plays. */
  readonly ledger: ErasureLedger;
  readonly model: Model;
  readonly shipped: readonly ShippedCharacter[];
  readonly log: Log;
  readonly clock?: Clock;
  /** Null where none are made. */
  readonly backups?: Backups | null;
  /** Told how Discord is reached, before anything is asked of it. */
  readonly watch?: (wires: Wires) => void;
}

export interface Running {
  readonly client: Client;
  readonly troupe: Troupe;
  /** Ends replies as truncated and leaves Discord; the store stays open. */
  close(): Promise<void>;
}

/**
 * Puts the parts together and joins Discord.
 * @throws {LoginError}
 */
export async function run({
  config,
  store,
  ledger,
  model,
  shipped,
  log,
  clock = systemClock,
  backups = null,
  watch = () => {},
}: Parts): Promise<Running> {
  const { token, api } = config.discord;
  if (token === null) throw new Error('there is no Discord to join');
  for (const _ of applyErasures(ledger, { store, clock, log })) await pause();
  const limit = new GlobalLimit(clock);
  const client = createClient({ api }, limit);
  const avatars = new Avatars(client, store, log);
  const rest = { sends: createStreamRest({ api }, token), edits: createStreamRest({ api }, token) };
  watch({ client, rest });
  const languageOf: LanguageOf = (chat, guild) => {
    const server = client.guilds.cache.get(guild ?? '')?.preferredLocale ?? null;
    return troupe.languageIn(chat, guild, server);
  };
  const stage = new DiscordStage({ client, rest, limit, store, avatars, clock, log, languageOf });
  const laneOf = (bucket: string) => stage.laneOf(bucket);
  const board = new PanelBoard({ client, rest, clock, log, laneOf, languageOf });
  const { reply, prompt, digest } = config.settings;
  const troupe: Troupe = new Troupe({
    store,
    ledger,
    stage,
    rooms: new DiscordRooms({ client, store, avatars, languageOf }),
    board,
    model,
    classifier: createClassifier(config, model, store, log),
    embeddings: createEmbeddings(config),
    meaningWait: config.settings.embeddings.waitSeconds * 1_000,
    readership: new DiscordReadership({ client, clock }),
    sharing: config.settings.sharing,
    operations: {
      version: packageJson.version,
      since: clock.now(),
      isWell: () => healthNow(store, client).isWell,
      newestBackup: () => backups?.list()[0] ?? null,
      backupFailed: () => backups?.failed ?? null,
    },
    classifierModel: config.model?.classifier ?? OFFLINE_MODEL,
    shipped,
    cards,
    portrait,
    hashOf: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    clock,
    inTurn,
    log,
    count: countTokens,
    newId: () => randomBytes(12).toString('base64url'),
    settings: {
      model: config.model?.name ?? OFFLINE_MODEL,
      sampling: reply,
      ooc: config.settings.outOfCharacter,
      images: config.settings.model.images,
      olderTurns: prompt.olderTurns,
      budget: { soft: prompt.softBudget, hard: prompt.hardBudget },
    },
    derivations: {
      wait: digest.waitSeconds * 1_000,
      atOnce: digest.atOnce,
      leastConfidence: digest.leastConfidence * 100,
    },
  });
  const drawRelationship: Bot['drawRelationship'] = (history, words) =>
    renderedLately(relationshipPicture(history, words));
  const { messages, hours, compare } = config.settings.away;
  const bounds = { messages, age: hours * 3_600_000, compare };
  const reconcile = new Reconcile({ client, troupe, stage, log, clock, bounds, limit });
  const own = { client, troupe, stage, avatars, reconcile, drawRelationship, commands, log };
  await startBot(own, token);
  await troupe.resume();
  reconcile.begin();
  return {
    client,
    troupe,
    close: async () => {
      await reconcile.close();
      await troupe.close();
      await stage.close();
      await client.destroy();
    },
  };
}

/** `npm start`. */
export const main = (): Promise<void> => runCommand(start);

async function start(): Promise<void> {
  let config = loadConfig(process.env);
  const log = createLog(config.settings.log.level, process.stdout.isTTY);
  const shipped = loadShippedCharacters();
  const database = sqliteStore(openDatabase(config.database));
  rebuildIfDue(database, log);
  const ledger = erasureLedger(config.database);
  const connected = await connectModel(config, log);
  const backups = createBackups(config, log);
  const needs = { config, store: database, model: connected, backups, clock: systemClock, log };
  const ops = await openOps(needs);
  const { store, model, watch } = ops;
  const sandbox = config.discord.token === null ? await openSandbox(config) : null;
  if (sandbox !== null) config = { ...config, discord: { token: sandbox.token, api: sandbox.api } };
  const running = await run({ config, store, ledger, model, shipped, log, backups, watch });
  if (config.settings.backup.nightly) backups?.start();
  process.on('unhandledRejection', (reason) =>
    log.error({ err: reason }, 'something was not handled'),
  );
  closeOnSignal(log, async () => {
    try {
      await Promise.all([running.close(), backups?.close()]);
      await sandbox?.close();
      await ops.close();
    } finally {
      store.close();
    }
  });
  log.info({ model: config.model?.name ?? OFFLINE_MODEL, database: config.database }, 'ready');
  if (sandbox !== null) {
    console.log(`\n  Troupe is at ${sandbox.url}\n  Open it in a browser and type /start.\n`);
  }
  await warmUpTokens();
}

function createClassifier(config: Config, model: Model, store: Store, log: Log): Classifier {
  const { limitSeconds, fallbacks, ...bounds } = config.settings.classifier;
  const { ask } = classifier({
    model,
    names: config.model === null ? [OFFLINE_MODEL] : [config.model.classifier, ...fallbacks],
    limit: limitSeconds * 1_000,
    ...bounds,
    count: countTokens,
    note: store.noteClassifierFailure,
    redact: config.model === null ? (text) => text : redactor(config.model),
    log,
  });
  return {
    ask: (question, signal) => {
      const { node } = question;
      return node === null ? ask(question, signal) : inTurn(node, () => ask(question, signal));
    },
  };
}

/** Null where there is no file to copy. */
function createBackups({ database, backups: folder, settings }: Config, log: Log): Backups | null {
  if (database === ':memory:') return null;
  const { backup } = settings;
  return new Backups({ ...backup, database, folder, copy: backUp, clock: systemClock, log });
}

function createEmbeddings({ model, settings }: Config): Embeddings | null {
  if (model === null || model.embeddings === null) return null;
  const limit = settings.embeddings.limitSeconds * 1_000;
  return openaiEmbeddings({ ...model, model: model.embeddings, limit });
}

async function connectModel({ model, settings }: Config, log: Log) {
  if (model === null) return offlineModel();
  await checkModel(model);
  const { firstWordsSeconds, silenceSeconds } = settings.model;
  return openaiModel({
    ...model,
    log,
    firstPartTimeout: firstWordsSeconds * 1_000,
    idleTimeout: silenceSeconds * 1_000,
  });
}

async function openSandbox({ port, database }: Config): Promise<Sandbox> {
  const file = database === ':memory:' ? ':memory:' : join(dirname(database), 'sandbox.db');
  try {
    return await startSandbox({ port, file });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null;
    if (code === 'EADDRINUSE') {
      throw new ConfigError([
        `TROUPE_HTTP_PORT: port ${port} is in use. Stop what uses it, or set another port.`,
      ]);
    }
    if (typeof code === 'string' && code.startsWith('SQLITE')) {
      throw new ConfigError([
        `The sandbox's file ${file} cannot be used: ${code === 'SQLITE_BUSY' ? 'another Troupe is using it' : code}.`,
      ]);
    }
    throw cause;
  }
}

function closeOnSignal(log: Log, close: () => Promise<void>): void {
  let closing = false;
  const shutDown = (signal: string) => {
    // A second signal is a person who does not want to wait.
    if (closing) process.exit(1);
    closing = true;
    log.info({ signal }, 'closing');
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    close().then(
      () => process.exit(0),
      (error) => {
        log.error({ err: error }, 'closing failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', shutDown);
  process.on('SIGTERM', shutDown);
}
