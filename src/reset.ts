/**
 * `npm run reset -- --mode local-only|discord-cleanup [--dry-run] [--yes] [--delete]`: begins anew, with
 * nothing here, or nothing here and nothing on Discord.
 */
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Belongings, findBelongings, removeBelongings } from './discord/cleanUp.ts';
import { createClient } from './discord/client.ts';
import { GlobalLimit } from './discord/globalLimit.ts';
import { loginProblem } from './discord/loginProblem.ts';
import { type Config, loadConfig } from './ops/loadConfig.ts';
import { systemClock } from './ops/systemClock.ts';
import { runCommand } from './runCommand.ts';
import { DatabaseError, takeLock } from './store/openDatabase.ts';
import { companionsOf, putAside } from './store/restoreDatabase.ts';

const MODES = ['local-only', 'discord-cleanup'] as const;
const USAGE = `Use: npm run reset -- --mode ${MODES.join('|')} [--dry-run] [--yes] [--delete]`;

export interface Resetting {
  readonly mode: (typeof MODES)[number];
  /** Says what would go, and leaves it. */
  readonly dryRun: boolean;
  /** Deletes the database for good; else it is kept under another name. */
  readonly forGood: boolean;
  /** What a database that is kept is called besides its name. */
  readonly suffix: string;
  readonly tell: (line: string) => void;
}

/** `npm run reset`. */
export const resetCommand = (): Promise<void> =>
  runCommand(async () => {
    const { values } = parseArgs({
      args: process.argv.slice(3),
      options: {
        mode: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        yes: { type: 'boolean', default: false },
        delete: { type: 'boolean', default: false },
      },
    });
    const mode = MODES.find((each) => each === values.mode);
    if (mode === undefined) {
      console.error(USAGE);
      process.exit(2);
    }
    const isMeant = values.yes && !values['dry-run'];
    const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
    await reset(loadConfig(process.env), {
      mode,
      dryRun: !isMeant,
      forGood: values.delete,
      suffix: `.before-reset-${stamp}Z`,
      tell: console.log,
    });
    if (!isMeant) console.log('Nothing was done. Add --yes to do it.');
    if (!isMeant && !values['dry-run']) process.exit(2);
  });

/**
 * @throws {DatabaseError} while a Troupe runs on the database.
 * @throws {LoginError} where Discord is to be cleaned up and cannot be reached; nothing is done then.
 */
export async function reset(config: Config, asked: Resetting): Promise<void> {
  const { database, discord } = config;
  const { dryRun, mode } = asked;
  const there = filesOf(config).filter((file) => existsSync(file));
  // Held until the end, so that no Troupe starts meanwhile.
  const lock = existsSync(dirname(database)) ? takeLock(`${database}-lock`) : null;
  try {
    if (mode === 'discord-cleanup') {
      if (discord.token === null) {
        throw new DatabaseError(
          'DISCORD_TOKEN: there is none, and nothing on Discord. Use --mode local-only.',
        );
      }
      await cleanUp(discord.token, discord.api, asked);
    }
    if (there.length === 0) asked.tell('There is no database here.');
    for (const file of there) {
      const kept = `${file}${asked.suffix}`;
      asked.tell(
        asked.forGood
          ? `${file}: ${dryRun ? 'would be deleted' : 'deleted'}`
          : `${file}: ${dryRun ? 'would be kept' : 'kept'} as ${kept}`,
      );
      if (dryRun) continue;
      if (asked.forGood) for (const each of companionsOf(file)) rmSync(each, { force: true });
      else putAside(file, kept);
    }
  } finally {
    lock?.close();
  }
}

/** The database, and where there is no other Discord, that of the sandbox. Backups, and what they must not bring back, stay. */
const filesOf = ({ database, discord }: Config): string[] =>
  discord.token === null ? [database, join(dirname(database), 'sandbox.db')] : [database];

async function cleanUp(token: string, api: string | null, asked: Resetting): Promise<void> {
  const client = createClient({ api }, new GlobalLimit(systemClock));
  client.rest.setToken(token);
  try {
    const found = await findBelongings(client.rest);
    if (!asked.dryRun) await removeBelongings(client.rest, found);
    tellOf(found, asked);
  } catch (error) {
    throw loginProblem(error);
  } finally {
    await client.destroy();
  }
}

function tellOf(
  { commands, emojis, webhooks, unseen }: Belongings,
  { dryRun, tell }: Resetting,
): void {
  const done = dryRun ? 'would be removed from Discord' : 'removed from Discord';
  tell(`Commands: ${commands.length}, ${done}`);
  tell(`Pictures of characters: ${emojis.length}, ${done}`);
  for (const [server, some] of Map.groupBy(webhooks, (each) => each.server)) {
    tell(`Webhooks in ${server}: ${some.length}, ${done}`);
  }
  for (const server of unseen) {
    tell(
      `Webhooks in ${server} cannot be seen: give the bot "Manage Webhooks" there, or delete them by hand.`,
    );
  }
}
