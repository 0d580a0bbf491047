/** `npm run doctor`: looks at everything that Troupe needs, and says how to mend what is wrong. */
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import type { ModelFailure } from './app/ports/model.ts';
import { type DiscordLook, examineDiscord } from './discord/examineDiscord.ts';
import { examineEmbeddings, examineModel } from './llm/examineModel.ts';
import { Backups } from './ops/backups.ts';
import { createLog } from './ops/createLog.ts';
import { databaseSize } from './ops/databaseSize.ts';
import { examineDisk } from './ops/examineDisk.ts';
import { type Finding, unknown, well, wrong } from './ops/finding.ts';
import { type Config, ConfigError, loadConfig } from './ops/loadConfig.ts';
import { loadShippedCharacters } from './ops/loadShippedCharacters.ts';
import { systemClock } from './ops/systemClock.ts';
import { runCommand } from './runCommand.ts';
import { backUp } from './store/backUp.ts';
import { checkDatabase, type DatabaseFault } from './store/checkDatabase.ts';

const DAY = 24 * 60 * 60_000;
/** What a clock may be off by, in milliseconds: "try again at" and backups go by it. */
const OFF = 30_000;

/** `npm run doctor`. */
export const doctor = (): Promise<void> =>
  runCommand(async () => {
    parseArgs({ args: process.argv.slice(3), options: {} });
    let wrongs = 0;
    for await (const { state, line } of examine(process.env)) {
      if (state === 'wrong') wrongs += 1;
      console.log(`${SIGNS[state]} ${line}`);
    }
    console.log(wrongs === 0 ? '\nNothing is wrong.' : `\n${wrongs} to mend.`);
    process.exit(wrongs === 0 ? 0 : 1);
  });

const SIGNS: Record<Finding['state'], string> = {
  well: 'ok      ',
  wrong: 'WRONG   ',
  unknown: 'unknown ',
};

/** Looks at one thing after the other, what is nearest first. */
export async function* examine(
  env: Readonly<Record<string, string | undefined>>,
): AsyncGenerator<Finding> {
  yield well(`Node: ${process.versions.node}`);
  let config: Config;
  try {
    config = loadConfig(env);
    loadShippedCharacters();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    yield* error.problems.map((problem) => wrong(`Configuration: ${problem}`));
    yield unknown('The rest was not looked at: mend the configuration first');
    return;
  }
  yield well('Configuration: every value can be used');
  yield* disk(config);
  yield* database(config);
  yield* backups(config);
  const look = await discordLook(config);
  yield* discord(look);
  yield* clock(look);
  yield* await model(config, look !== null && look.kind !== 'unreachable');
}

const disk = ({ database: file, backups: folder }: Config): Finding[] =>
  file === ':memory:'
    ? []
    : [examineDisk('Disk', dirname(file), file), examineDisk('Disk for backups', folder, file)];

function database({ database: file }: Config): Finding[] {
  if (file === ':memory:')
    return [wrong('Database: in memory, and gone when Troupe ends. Set TROUPE_DB_PATH to a file.')];
  if (!existsSync(file)) return [well(`Database: ${file} is made at the first start`)];
  const fault = checkDatabase(file);
  const size = `${(databaseSize(file) / 1_000_000).toFixed(1)} MB`;
  return [
    fault === null
      ? well(`Database: ${file} is whole and sound (${size})`)
      : wrong(`Database: ${file} ${FAULTS[fault]}`),
  ];
}

const FAULTS: Record<DatabaseFault, string> = {
  damaged: 'is damaged. Stop Troupe and put a backup back: npm run restore -- FILE',
  foreign: 'is no database of Troupe. Set TROUPE_DB_PATH to another file.',
  newer: 'was written by a newer Troupe. Update this one.',
};

function backups({ database: file, backups: folder, settings }: Config): Finding[] {
  if (file === ':memory:' || !existsSync(file)) return [];
  const made = new Backups({
    ...settings.backup,
    database: file,
    folder,
    copy: backUp,
    clock: systemClock,
    log: createLog('error', false),
  });
  const newest = made.list()[0];
  const age = Date.now() - (newest?.at ?? statSync(file).birthtimeMs);
  const days = Math.floor(age / DAY);
  const told =
    newest === undefined
      ? 'none yet'
      : `the newest is ${days === 0 ? 'of the last day' : `${days} days old`}`;
  return [
    settings.backup.nightly && days > 1
      ? wrong(
          `Backups: ${told}. Make one with "npm run backup", and leave Troupe running overnight.`,
        )
      : well(`Backups: ${told}, in ${folder}`),
  ];
}

/** Null where Discord is not to be joined. */
const discordLook = async ({ discord: { token, api } }: Config): Promise<DiscordLook | null> =>
  token === null ? null : await examineDiscord({ api }, token);

function discord(look: DiscordLook | null): Finding[] {
  if (look === null)
    return [well('Discord: there is no DISCORD_TOKEN, so the sandbox is played in')];
  if (look.kind === 'unreachable') {
    return [
      unknown(
        'Discord: cannot be reached from here, so token, intents and permissions were not looked at. Check the network, and DISCORD_API_URL if it is set.',
      ),
    ];
  }
  if (look.kind === 'refused') return [wrong(`Discord: ${look.problem}`)];
  const { name, readsContent, servers } = look;
  return [
    well(`Token: Discord knows it as ${name}`),
    readsContent
      ? well('Intents: Message Content Intent is on')
      : wrong('Intents: switch on "Message Content Intent" on the application\'s "Bot" page.'),
    ...(servers.length === 0
      ? [wrong('Permissions: the bot is in no server yet. Invite it with the link in the README.')]
      : servers.map((server) =>
          server.missing.length === 0
            ? well(`Permissions in ${server.name}: all that are needed`)
            : wrong(
                `Permissions in ${server.name}: give the bot's role ${server.missing.join(', ')}.`,
              ),
        )),
  ];
}

function clock(look: DiscordLook | null): Finding[] {
  if (look?.kind !== 'seen' || look.now === null) {
    return [unknown('Time: there was no other clock to compare with')];
  }
  const off = Date.now() - look.now;
  const seconds = Math.round(Math.abs(off) / 1_000);
  return [
    Math.abs(off) > OFF
      ? wrong(
          `Time: this machine's clock is ${seconds} seconds ${off > 0 ? 'fast' : 'slow'}. Have it set over the network.`,
        )
      : well('Time: this machine and Discord agree'),
  ];
}

/** @param isOnline whether anything beyond this machine answered */
async function model({ model: server, settings }: Config, isOnline: boolean): Promise<Finding[]> {
  if (server === null) return [well('Model: the offline stand-in, which needs no server')];
  const { name, classifier, embeddings } = server;
  const isLocal = /^(localhost|127\.|\[::1\])/.test(new URL(server.baseURL).hostname);
  const told = (variable: string, failure: ModelFailure | null): Finding => {
    if (failure === null) return well(`Model: ${variable} answers`);
    if (failure === 'unavailable' && !isLocal && !isOnline) {
      return unknown(
        `Model: the server of ${variable} cannot be reached from here. Check the network, and LLM_BASE_URL.`,
      );
    }
    return wrong(`Model: ${variable} ${MODEL_FAULTS[failure]}`);
  };
  const findings = [told('NARRATIVE_MODEL', await examineModel(server, name))];
  if (classifier !== name) {
    findings.push(told('CLASSIFIER_MODEL', await examineModel(server, classifier)));
  }
  for (const fallback of settings.classifier.fallbacks) {
    findings.push(told(`classifier.fallbacks, ${fallback},`, await examineModel(server, fallback)));
  }
  if (embeddings !== null) {
    findings.push(told('EMBEDDINGS_MODEL', await examineEmbeddings(server, embeddings)));
  }
  return findings;
}

const MODEL_FAULTS: Record<ModelFailure, string> = {
  'bad-key': 'is refused for its key. Check LLM_API_KEY.',
  'unknown-model': 'is not known to its server. Check its name there.',
  'rate-limited': 'takes no more requests for now. Wait, or raise the limit at its provider.',
  unavailable: 'is not answered for: no server at LLM_BASE_URL. Start it, or check the address.',
  'timed-out': 'does not answer in time. See whether its server is busy, or take a smaller one.',
  'context-too-long': 'has too small a window for anything. Take another one.',
  refused: 'declines to answer. Take another one.',
  'broken-answer':
    'answers nothing that can be used. Check that LLM_BASE_URL speaks the OpenAI API, version included.',
};
