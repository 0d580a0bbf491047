/** `npm run backup`: makes a backup now, whether Troupe runs or not. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Backups } from './ops/backups.ts';
import { createLog } from './ops/createLog.ts';
import { loadConfig } from './ops/loadConfig.ts';
import { systemClock } from './ops/systemClock.ts';
import { runCommand } from './runCommand.ts';
import { backUp } from './store/backUp.ts';
import { DatabaseError } from './store/openDatabase.ts';

await runCommand(async () => {
  parseArgs({ args: process.argv.slice(3), options: {} });
  const { database, backups: folder, settings } = loadConfig(process.env);
  if (!existsSync(database)) throw new DatabaseError(`There is no database ${database} yet.`);
  const backups = new Backups({
    ...settings.backup,
    database,
    folder,
    copy: backUp,
    clock: systemClock,
    log: createLog('warn', process.stdout.isTTY),
  });
  const { path, bytes } = await backups.make('manual');
  console.log(`${path} (${(bytes / 1_000_000).toFixed(1)} MB) is whole and sound.`);
});
