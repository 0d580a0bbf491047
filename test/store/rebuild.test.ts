import { expect, test } from 'vitest';
import { rebuild, rebuildIfDue } from '../../src/app/rebuild.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { READ_MODELS } from '../../src/store/rebuilding.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { Play } from '../fuzz/play.ts';
import { drawFrom } from '../fuzz/sequence.ts';
import { everything } from '../support/everything.ts';

/** Tables that the log does not tell, by what they are. */
const KEPT = {
  log: ['streams', 'events', 'commands', 'nodes'],
  states: ['snapshots'],
  work: ['jobs', 'classifier_failures', 'drafts', 'receipts'],
  discord: ['deliveries', 'cards', 'dividers', 'leaving', 'notices', 'panels', 'seen'],
  files: ['assets'],
  privacy: ['erasures'],
};

test('a rebuild equals the live read models, whatever was done in whatever order', async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const opened = openDatabase(':memory:');
    const store = sqliteStore(opened);
    const play = new Play(store, 'R', drawFrom(seed));
    await play.begin();
    for (let step = 0; step < 60; step += 1) await play.step();
    const live = everything(opened.db);
    rebuild(store);
    expect(everything(opened.db), `seed ${seed}`).toEqual(live);
    store.close();
  }
}, 30_000);

test('every table is the log, follows from it and is rebuilt, or is known to be neither', () => {
  const { db, close } = openDatabase(':memory:');
  const tables = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '__drizzle%'",
    )
    .pluck()
    .all();
  // A full-text index keeps what it holds in tables of its own.
  const known = [...READ_MODELS, ...Object.values(KEPT).flat()];
  const own = tables.filter((name) => !/_index_(data|idx|content|docsize|config)$/.test(name));
  expect(own.toSorted()).toEqual(known.toSorted());
  close();
});

test('what other code wrote is written anew at the start, once', async () => {
  const { db, close } = openDatabase(':memory:');
  const store = sqliteStore({ db, close });
  const play = new Play(store, 'R', drawFrom(7));
  await play.begin();
  const live = everything(db);
  const told: string[] = [];
  const log = { info: (_: object, message: string) => void told.push(message) };
  db.exec('DELETE FROM turns');
  rebuildIfDue(store, log);
  expect(everything(db)).toEqual(live);
  rebuildIfDue(store, log);
  expect(told).toHaveLength(1);
  close();
});
