import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIMessage } from 'discord.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { expectAgreement, repliesIn, spokenIn } from './agreement.ts';
import { startBotProcess } from './botProcess.ts';
import { type ModelServer, startModelServer } from './modelServer.ts';
import { WENNA } from './playhouse.ts';
import { recorder } from './recorder.ts';
import { buttonsOf, pressBegin } from './tavern.ts';

/** Milliseconds between the words of a reply: a reply lasts about as long as a life. */
const PACE = 6;
/** Replies that stream when the bot is killed, each at a point of its own. */
export const STREAMS = 5;
/** A life after it is ready lasts at most so many milliseconds. */
const LIFE = 600;

const sends = { method: 'POST', path: /^\/webhooks\/\d+\/[^/]+$/ };
const edits = { method: 'PATCH', path: /\/messages\/\d+$/ };

export interface KillHouse {
  /** Lets the bot live and play for a while, and kills it wherever it is. */
  live(): Promise<void>;
  /** Lets it live until everything is answered, and holds every channel to its log. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The bot as a process of its own that is killed again and again, with a Discord and a model that live
 * on. What differs from life to life is drawn from `random`.
 */
export async function openKillHouse(random: () => number): Promise<KillHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-kill-'));
  const database = join(folder, 'troupe.db');
  const sandbox = await startSandbox({ ...recorder(), random, rateLimits: 'off' });
  const models = await startModelServer({ pace: PACE, answer: () => reply(random) });
  const [name = ''] = Object.keys(sandbox.people);
  const ann = sandbox.as(name);
  const channels = Array.from({ length: STREAMS }, (_, at) =>
    sandbox.controls.createChannel(sandbox.guild, { name: `room-${at}` }),
  );
  const env = {
    DISCORD_TOKEN: sandbox.token,
    DISCORD_API_URL: sandbox.api,
    LLM_BASE_URL: models.url,
    NARRATIVE_MODEL: 'test-model',
    TROUPE_DB_PATH: database,
  };
  const load = () => startBotProcess(env, 'test/support/botOnDemand.ts');
  let begun = false;
  let line = 0;
  let next = load();

  const start = async () => {
    const bot = next;
    bot.child.stdin?.write('\n');
    await bot.printed('"ready"');
    // The one after this one loads while this one lives.
    next = load();
    if (!begun) {
      for (const channel of channels) {
        await ann.command(channel, 'start', WENNA);
        await pressBegin(ann, channel);
      }
      begun = true;
    }
    return bot;
  };
  const poke = async (message: APIMessage | undefined, id: string) => {
    if (message !== undefined) void ann.click(message, id).catch(() => {});
    await sleep(random() * LIFE * 0.3);
  };
  const say = () =>
    Promise.all(
      channels.map(async (channel) => {
        await sleep(random() * LIFE * 0.6);
        const press = random();
        const last = spokenIn(sandbox, channel).at(-1);
        const { Regenerate, '◀': earlier } = last === undefined ? {} : buttonsOf(last);
        // Whoever presses a button of a bot that is gone hears nothing, and tries something else.
        if (press < 0.2 && Regenerate !== undefined) await poke(last, Regenerate);
        else if (press < 0.35 && earlier !== undefined) await poke(last, earlier);
        line += 1;
        await ann.say(channel, `Line ${line}.`);
      }),
    );

  return {
    async live() {
      const bot = await start();
      arm(sandbox, random);
      const saying = say();
      await sleep((0.2 + random() * 0.8) * LIFE);
      await bot.end('SIGKILL');
      sandbox.faults.clear();
      await saying;
    },
    async settle() {
      const bot = await start();
      await say();
      await untilQuiet(models, sandbox);
      await bot.end('SIGTERM');
      const store = sqliteStore(openDatabase(database));
      try {
        const owed = store.jobs().filter(({ kind }) => kind === 'deliver');
        if (owed.length > 0) throw new Error(`owed: ${JSON.stringify(owed)}`);
        for (const channel of channels) {
          expectAgreement(sandbox, store, channel);
          if (repliesIn(store, channel).length < 2) throw new Error('nothing was played');
        }
      } finally {
        store.close();
      }
    },
    async close() {
      await next.end('SIGKILL');
      await sandbox.close();
      await models.close();
      rmSync(folder, { recursive: true });
    },
  };

  /** Resolves when the last line of each channel is answered and nothing moves any more. */
  async function untilQuiet(models: ModelServer, sandbox: Sandbox): Promise<void> {
    let before = '';
    for (let still = 0; still < 8; ) {
      await sleep(50);
      const now = `${models.requests.length} ${sandbox.requests.length}`;
      const answered = channels.every((channel) => {
        const last = sandbox.allMessages(channel).at(-1);
        const spoken = spokenIn(sandbox, channel);
        return spoken.at(-1)?.id === last?.id && !spoken.some((each) => buttonsOf(each).Stop);
      });
      still = now === before && answered ? still + 1 : 0;
      before = now;
    }
  }
}

/** A reply of a few words or of several messages. */
function reply(random: () => number): { text: string; pace: number } {
  const words = random() < 0.3 ? 420 : 8 + Math.floor(random() * 60);
  const id = Math.floor(random() * 1e9);
  const text = Array.from({ length: words }, (_, at) => `${at % 9 === 8 ? `end${at}.` : `w${at}`}`);
  return { text: `Reply ${id}: ${text.join(' ')}`, pace: words > 100 ? 1 : PACE };
}

/** Some of the next requests go wrong. */
function arm({ faults }: Sandbox, random: () => number): void {
  const match = () => (random() < 0.5 ? sends : edits);
  const times = 1 + Math.floor(random() * 3);
  if (random() < 0.4) faults.drop(match(), 'after', { times });
  if (random() < 0.3) faults.drop(match(), 'before', { times });
  if (random() < 0.3) faults.serverError(match(), { times });
  if (random() < 0.2) faults.rateLimit(match(), { retryAfter: 200 });
  faults.latency({}, 0, { jitter: random() * 60 });
}
