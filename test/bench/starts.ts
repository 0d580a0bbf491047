import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { median, PAIRS, type Part, time, under } from './figure.ts';
import type { Tells, Told } from './streamBot.ts';

const CHANNELS = 1_000;

/** From the start of the process until it is ready, with what the local Discord takes to answer. */
export const starts: Part = {
  name: 'start',
  run: async () => {
    const folder = mkdtempSync(join(tmpdir(), 'troupe-bench-'));
    const sandbox = await startSandbox({ rateLimits: 'discord' });
    const channels = Array.from({ length: CHANNELS }, (_, at) =>
      sandbox.controls.createChannel(sandbox.guild, { name: `room-${at}` }),
    );
    const database = join(folder, 'troupe.db');
    let bot = await begun(sandbox, database);
    bot.send({ kind: 'begin', guild: sandbox.guild, channels } satisfies Told);
    await told(bot, 'begun');
    await end(bot);
    // The greetings that are owed would be measured by how fast Discord takes them.
    const { db, close } = openDatabase(database);
    db.exec('DELETE FROM jobs');
    close();
    const took: number[] = [];
    for (let at = 0; at < PAIRS; at += 1) {
      took.push(
        await time(async () => {
          bot = await begun(sandbox, database);
        }),
      );
      await end(bot);
    }
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
    return [under(`start to ready with ${CHANNELS} bound channels`, median(took), 3_000)];
  },
};

async function begun(sandbox: Sandbox, database: string): Promise<ChildProcess> {
  const bot = fork(fileURLToPath(new URL('./streamBot.ts', import.meta.url)), {
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: sandbox.token,
      DISCORD_API_URL: sandbox.api,
      NARRATIVE_MODEL: 'offline',
      TROUPE_DB_PATH: database,
    },
  });
  await told(bot, 'ready');
  return bot;
}

async function told(bot: ChildProcess, kind: Tells['kind']): Promise<void> {
  for (;;) {
    const [message] = (await once(bot, 'message')) as [Tells];
    if (message.kind === kind) return;
  }
}

async function end(bot: ChildProcess): Promise<void> {
  const ended = once(bot, 'exit');
  bot.kill('SIGKILL');
  await ended;
}
