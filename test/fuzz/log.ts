/** `npm run fuzz:log [-- SEQUENCES [SEED]]`: long random stories, each compared with a fresh chat. */
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { sequence } from './sequence.ts';

const count = Number(process.argv[2] ?? 10_000);
const first = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
console.log(`seed ${first}, ${count} sequences`);
let store = sqliteStore(openDatabase(':memory:'));
for (let index = 0; index < count; index += 1) {
  if (index % 200 === 0) store = sqliteStore(openDatabase(':memory:'));
  const problem = await sequence(store, first + index, 40 + (index % 80));
  if (problem !== null) {
    console.log(JSON.stringify(problem, null, 1));
    console.log(`failed at sequence ${index}: npm run fuzz:log -- 1 ${first + index}`);
    process.exit(1);
  }
  if ((index + 1) % 500 === 0) console.log(`${index + 1} of ${count} agree`);
}
console.log(`all ${count} agree`);
