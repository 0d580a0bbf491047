import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { Store } from '../../src/app/ports/store.ts';
import { type Clock, realClock } from '../../src/sandbox/clock.ts';
import { type Actor, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { owedIn } from './agreement.ts';
import { startBotProcess } from './botProcess.ts';
import { type ModelServer, startModelServer } from './modelServer.ts';
import { WENNA } from './playhouse.ts';
import { recorder } from './recorder.ts';
import { buttonsOf, pressBegin } from './tavern.ts';

/** Somewhere of its own, where one deed is done. */
export interface Ground {
  readonly sandbox: Sandbox;
  readonly models: ModelServer;
  readonly store: Store;
  readonly ann: Actor;
  readonly channel: string;
  readonly random: () => number;
  /** Begins a story, whose first words hold "half-door". */
  begin(): Promise<void>;
  /** Resolves when it is answered whole. Only one at a time. */
  exchange(text: string, answer: string): Promise<void>;
  /** What of the bot's own stands there: no replies. */
  threads(): string[];
  /** Resolves when nothing is owed and nothing moves any more. */
  rest(): Promise<void>;
}

/** Something that a person does, in the middle of which the bot dies. */
export interface Deed {
  readonly name: string;
  /** Does everything up to it. What it gives does it, and gives what must hold in the next life. */
  ready(ground: Ground): Promise<{ act(): Promise<unknown>; check(): void | Promise<void> }>;
}

export interface MortalHouse {
  /**
   * Every deed is done at once, each somewhere else, and the bot dies so many steps after that; in the
   * next life, all must hold. Gives the step after which it died; null for none.
   */
  die(deeds: readonly Deed[], steps: number): Promise<string | null>;
  close(): Promise<void>;
}

const PATIENCE = 15_000;
/** Milliseconds that Discord waits for an answer, and a little. */
const NO_ANSWER = 3_001;
/** Discord's time goes slowly, so that nothing is too late where much else goes on. */
const SLOWLY = 5;
const began = Date.now();
const patient: Clock = {
  now: () => Math.floor(began + (Date.now() - began) / SLOWLY),
  setTimeout: (run, ms) => setTimeout(run, ms * SLOWLY),
  clearTimeout: realClock.clearTimeout,
};

/** The bot as a process of its own that ends itself where it is told to; Discord and the model live on. */
export async function openMortalHouse(random: () => number): Promise<MortalHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-mortal-'));
  const database = join(folder, 'troupe.db');
  const sandbox = await startSandbox({ ...recorder(), random, rateLimits: 'off', clock: patient });
  // Whoever comes after a death does again what may have been done.
  for (const code of [10008, 10062, 40060]) sandbox.expect({ code });
  const models = await startModelServer();
  const ann = sandbox.as(Object.keys(sandbox.people)[0] ?? '');
  const env = {
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.api,
    LLM_BASE_URL: models.url,
    NARRATIVE_MODEL: 'test-model',
    TROUPE_DB_PATH: database,
  };
  const load = () => startBotProcess(env, 'test/support/mortalBot.ts');
  const live = async () => {
    const bot = next;
    bot.child.stdin?.write('live\n');
    // The one after this one loads while this one lives.
    next = load();
    await bot.printed('"ready"');
    return bot;
  };
  let next = load();
  let bot = await live();
  const reading = new Database(database, { readonly: true });
  const store = sqliteStore({ db: reading, close: () => reading.close() });
  let rooms = 0;

  const rest = async () => {
    const until = performance.now() + PATIENCE;
    let before = '';
    for (let still = 0; still < 4; ) {
      if (performance.now() > until)
        throw new Error(`never rests: ${JSON.stringify(store.jobs())}`);
      await sleep(20);
      const now = `${sandbox.requests.length} ${models.requests.length}`;
      still =
        now === before && (bot.child.signalCode !== null || owedIn(store).length === 0)
          ? still + 1
          : 0;
      before = now;
    }
  };
  const groundFor = (): Ground => {
    rooms += 1;
    const channel = sandbox.controls.createChannel(sandbox.guild, { name: `room-${rooms}` });
    const whole = (text: string) =>
      ann.waitFor(
        channel,
        (message) => message.content.includes(text) && !('Stop' in buttonsOf(message)),
        { within: PATIENCE },
      );
    return {
      sandbox,
      models,
      store,
      ann,
      channel,
      random,
      rest,
      async begin() {
        await ann.command(channel, 'start', WENNA);
        await pressBegin(ann, channel);
        await whole('half-door');
      },
      async exchange(text, answer) {
        models.script(answer);
        await ann.say(channel, text);
        await whole(answer);
      },
      threads: () =>
        ann
          .view()
          .guilds.flatMap((each) => each.channels)
          .flatMap((each) => ('parent_id' in each && each.parent_id === channel ? [each.id] : [])),
    };
  };

  return {
    async die(deeds, steps) {
      const doing = [];
      // One after the other: the model's answers are queued.
      for (const deed of deeds) doing.push({ deed, ...(await deed.ready(groundFor())) });
      await rest();
      bot.child.stdin?.write(`${steps}\n`);
      await sleep(5);
      const acts = Promise.all(doing.map(({ act }) => act().catch(() => {})));
      await Promise.race([bot.exited, acts.then(rest).catch(() => {})]);
      const dead = bot;
      await dead.end('SIGKILL');
      // Whoever waits for its answer hears of it.
      sandbox.faults.moveClock(NO_ANSWER);
      await acts;
      bot = await live();
      const step = /dies after (.*)/.exec(dead.output())?.[1] ?? null;
      await rest();
      for (const { deed, check } of doing) {
        try {
          await check();
        } catch (error) {
          throw new Error(`${deed.name}, killed at step ${steps}, after ${step}`, { cause: error });
        }
      }
      return step;
    },
    async close() {
      await next.end('SIGKILL');
      await bot.end('SIGKILL');
      store.close();
      await sandbox.close();
      await models.close();
      rmSync(folder, { recursive: true });
    },
  };
}
