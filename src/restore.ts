/** `npm run restore -- FILE`: puts a backup in the place of the database; what was there is kept. */
import { parseArgs } from 'node:util';
import { loadConfig } from './ops/loadConfig.ts';
import { runCommand } from './runCommand.ts';
import { amendBackup } from './store/amendBackup.ts';
import { erasureLedger } from './store/erasureLedger.ts';
import { restoreDatabase } from './store/restoreDatabase.ts';

await runCommand(async () => {
  const { positionals } = parseArgs({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: {},
  });
  const [backup] = positionals;
  if (backup === undefined || positionals.length > 1) {
    console.error('Name one backup: npm run restore -- FILE');
    process.exit(2);
  }
  const { database } = loadConfig(process.env);
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const aside = `${database}.before-restore-${stamp}Z`;
  const hadOld = await restoreDatabase({
    backup,
    database,
    aside,
    // What was erased since the backup was made is erased in it here.
    amend: (copy) => {
      const log = { info: () => {} };
      amendBackup(copy, erasureLedger(database), { clock: Date, log });
    },
  });
  console.log(`${database} is as it was in ${backup}.`);
  if (hadOld) console.log(`What was there before is ${aside}; delete it when you are sure.`);
});
