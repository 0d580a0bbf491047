/**
 * `npm run replay -- CHAT [--db PATH]`: folds a chat again without a model and compares.
 * `npm run replay -- --rebuild [--db PATH]`: writes everything that is read of the stories anew.
 */
import { parseArgs } from 'node:util';
import { rebuild } from './app/rebuild.ts';
import { loadConfig } from './ops/loadConfig.ts';
import { replayChat } from './ops/replayChat.ts';
import { openDatabase } from './store/openDatabase.ts';
import { sqliteStore } from './store/sqliteStore.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { db: { type: 'string' }, rebuild: { type: 'boolean' } },
});
const [chat] = positionals;
if (chat === undefined && !values.rebuild) {
  console.error('Name a chat: npm run replay -- CHAT [--db PATH], or ask for --rebuild');
  process.exit(2);
}
const store = sqliteStore(openDatabase(values.db ?? loadConfig(process.env).database));
if (values.rebuild) console.log(`Written anew: ${rebuild(store)} chats.`);
if (chat === undefined) {
  store.close();
  process.exit(0);
}
const clock = { now: Date.now, sleep: () => Promise.resolve() };
const replay = replayChat(store, chat, clock);
store.close();
if (replay === null) {
  console.error(`There is no chat ${chat} in this database.`);
  process.exit(2);
}
for (const line of replay.tree) console.log(line);
for (const difference of replay.differences) console.error(difference);
console.log(replay.differences.length === 0 ? 'Everything agrees.' : 'Something differs.');
process.exit(replay.differences.length === 0 ? 0 : 1);
