import type { Log } from '../../../src/app/ports/log.ts';
import type { Store } from '../../../src/app/ports/store.ts';
import { openaiModel } from '../../../src/llm/openaiModel.ts';
import { type Running, run } from '../../../src/main.ts';
import { loadConfig } from '../../../src/ops/loadConfig.ts';
import { loadShippedCharacters } from '../../../src/ops/loadShippedCharacters.ts';
import { type Actor, type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { erasureLedger } from '../../../src/store/erasureLedger.ts';
import { openDatabase } from '../../../src/store/openDatabase.ts';
import { sqliteStore } from '../../../src/store/sqliteStore.ts';
import { digestOf, kindOf, memoryOf, summaryOf } from '../chronicle.ts';
import { hastyClock } from '../hastyClock.ts';
import {
  type Answer,
  type FaultKind,
  type ModelServer,
  type RecordedRequest,
  startModelServer,
} from '../modelServer.ts';
import { recorder } from '../recorder.ts';
import { Canaries } from './canaries.ts';

const PEOPLE = ['Ada', 'Bruno', 'Chiara', 'Dario'];
const GUILDS = [
  { name: 'The Playhouse', channels: ['tavern', 'lighthouse'] },
  { name: 'The Other House', channels: ['cellar', 'attic'] },
];
const MODEL_FAULTS: readonly FaultKind[] = ['server-error', 'drop', 'empty', 'refusal', 'length'];

/** Somewhere that people can talk. */
export interface Place {
  readonly channel: string;
  /** Null for direct messages. */
  readonly guild: string | null;
}

export interface WanderHouse {
  readonly sandbox: Sandbox;
  readonly models: ModelServer;
  readonly store: Store;
  readonly canaries: Canaries;
  readonly people: readonly Actor[];
  readonly places: Place[];
  /** What was logged as an error. */
  readonly errors: string[];
  /** What the model answered to a request, by the canary in the answer. */
  readonly answered: Map<string, RecordedRequest>;
  readonly bot: Running;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * All of Troupe on two servers with two channels each, a thread and a direct message: the real store, the
 * real discord.js against the local Discord, the real model client against a local model server whose
 * every answer holds a word of its own.
 */
export async function openWanderHouse(random: () => number): Promise<WanderHouse> {
  const canaries = new Canaries();
  const answered = new Map<string, RecordedRequest>();
  const errors: string[] = [];
  const sandbox = await startSandbox({
    ...recorder(),
    random,
    rateLimits: 'off',
    seed: { people: PEOPLE, guilds: GUILDS },
  });
  // People delete what the bot is about to edit or answer to, and the thread that it is about to open is there.
  for (const code of [10008, 10062, 40060]) sandbox.expect({ code });
  sandbox.expect({ kind: 'rateLimited' });
  const answer = (request: RecordedRequest) => answerTo(request, random, canaries, answered);
  const models = await startModelServer({ answer });
  const store = sqliteStore(openDatabase(':memory:'));
  const quiet = () => {};
  const error: Log['error'] = (fields, message) => {
    const cause = 'err' in fields && fields.err instanceof Error ? fields.err.stack : '';
    errors.push(`${message} ${JSON.stringify(fields)} ${cause}`);
  };
  const log: Log = { debug: quiet, info: quiet, warn: quiet, error };
  const config = loadConfig({
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.api,
    LLM_BASE_URL: models.url,
    NARRATIVE_MODEL: 'test-model',
  });
  const model = openaiModel({
    baseURL: models.url,
    apiKey: null,
    firstPartTimeout: 5_000,
    idleTimeout: 5_000,
    log,
  });
  const shipped = loadShippedCharacters();
  const start = () =>
    run({
      config,
      store,
      ledger: erasureLedger(':memory:'),
      model,
      shipped,
      log,
      clock: hastyClock,
    });
  const people = PEOPLE.map((name) => sandbox.as(name));
  const [owner, moderator] = people as [Actor, Actor];
  const places: Place[] = [];
  for (const { guild, channels } of owner.view().guilds) {
    const role = sandbox.controls.createRole(guild.id, 'stage hands', ['ManageChannels']);
    sandbox.controls.setRoles(guild.id, moderator.id, [role]);
    for (const { id } of channels) places.push({ channel: id, guild: guild.id });
  }
  const [first] = places as [Place];
  const thread = await owner.createThread(first.channel, 'Under the bridge');
  places.push({ channel: thread.id, guild: first.guild });
  let bot = await start();
  const direct = await people[2]?.openDirectMessage();
  places.push({ channel: direct?.id ?? '', guild: null });
  return {
    sandbox,
    models,
    store,
    canaries,
    people,
    places,
    errors,
    answered,
    get bot() {
      return bot;
    },
    async restart() {
      await bot.close();
      bot = await start();
    },
    async close() {
      await bot.close();
      await sandbox.close();
      await models.close();
      store.close();
    },
  };
}

function answerTo(
  request: RecordedRequest,
  random: () => number,
  canaries: Canaries,
  answered: Map<string, RecordedRequest>,
): Answer {
  const mint = () => {
    const word = canaries.mint();
    answered.set(word, request);
    return word;
  };
  const kind = kindOf(request);
  if (kind === '') return reply(random, mint);
  if (/summary/.test(kind)) return summaryOf(`${mint()} is what it came to.`);
  if (kind !== 'digest') return {};
  const [word, minutes] = [mint(), Math.floor(random() * 20)];
  const owners = ['Wenna Tarrant', 'Desmond Achterberg'];
  return digestOf({
    minutes,
    memories: owners.map((owner) => memoryOf(owner, `${owner} will not forget ${word}.`)),
    ...(random() < 0.1 && {
      scene: { ends: 'done', significance: 2, place: null, with: [], time: null, opening: null },
    }),
  });
}

/** A reply of a few words or of several messages, now and then one that goes wrong. */
function reply(random: () => number, mint: () => string): Answer {
  const word = mint();
  const sentences = random() < 0.1 ? 90 : 1 + Math.floor(random() * 3);
  const text = Array.from({ length: sentences }, (_, at) => `${word} goes on, ${at} times over.`);
  const fault = { kind: MODEL_FAULTS[Math.floor(random() * MODEL_FAULTS.length)] as FaultKind };
  const when = random() < 0.5 ? 'after' : 'before';
  return {
    text: text.join(' '),
    pace: sentences > 3 ? 0 : Math.floor(random() * 6),
    ...(random() < 0.06 && { fault: { ...fault, when } }),
  };
}
