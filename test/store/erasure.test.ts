import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { applyErasures } from '../../src/app/erasing.ts';
import type { Erasure } from '../../src/app/ports/erasures.ts';
import type { Store } from '../../src/app/ports/store.ts';
import { rebuild } from '../../src/app/rebuild.ts';
import type { DomainEvent } from '../../src/engine/event.ts';
import { parseEvent } from '../../src/engine/event.ts';
import { chatStream } from '../../src/engine/ids.ts';
import { replayChat } from '../../src/ops/replayChat.ts';
import { amendBackup } from '../../src/store/amendBackup.ts';
import { erasureLedger } from '../../src/store/erasureLedger.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { seen } from '../fuzz/compare.ts';
import { Play } from '../fuzz/play.ts';
import { drawFrom } from '../fuzz/sequence.ts';
import { BOB } from '../support/chronicle.ts';
import { everything } from '../support/everything.ts';
import { ANN } from '../support/story.ts';

/** `TROUPE_ERASURES=500 npx vitest run test/store/erasure.test.ts` is the long form. */
const SEEDS = Number(process.env.TROUPE_ERASURES ?? 6);
const FAR = Date.UTC(2030, 0, 1);
const clock = { now: () => FAR, sleep: () => Promise.resolve() };
const log = { info() {} };

const contentsOf = (db: Database): string => db.serialize().toString('latin1');

/** Bytes of the full-text index. Words that were deleted stay in it, each without how it begins. */
const indexed = (db: Database): number =>
  db
    .prepare<[], number>('SELECT sum(length(block)) FROM memory_index_data WHERE id > 10')
    .pluck()
    .get() ?? 0;

const eventsOf = (store: Store, play: Play): DomainEvent[] =>
  play.ids.flatMap((id) => store.load(chatStream(id)));

/** Words of a person's own, said or written by hand. */
function wordsOf(play: Play, events: readonly DomainEvent[], person: string): string[] {
  const turns = events.flatMap((event) =>
    event.type === 'UserSpoke' && event.payload.by === person ? [event.node ?? ''] : [],
  );
  const said = turns.flatMap((node) => [...(play.said.get(node) ?? [])]);
  return [...said, ...(play.wrote.get(person) ?? [])];
}

/** Ann's words are to go from everywhere. */
const erasure = {
  id: 'x',
  person: ANN,
  home: null,
  works: false,
  at: new Date(Date.UTC(2029, 0, 1)).toISOString(),
};

const ledgerOf = (...erasures: Erasure[]) => {
  const ledger = erasureLedger(':memory:');
  for (const each of erasures) ledger.add(each);
  return ledger;
};

const steps = async (play: Play, count: number) => {
  for (let step = 0; step < count; step += 1) {
    play.by = play.draw(2) === 0 ? ANN : BOB;
    await play.step();
  }
};

test(
  'what a person said and wrote is nowhere after its erasure, whatever was done before or after; the rest is as it was',
  async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const opened = openDatabase(':memory:');
      const store = sqliteStore(opened);
      const play = new Play(store, 'E', drawFrom(seed));
      play.by = seed % 2 === 0 ? ANN : BOB;
      await play.begin();
      await steps(play, 50);
      const before = eventsOf(store, play);
      const gone = wordsOf(play, before, ANN);
      const stays = wordsOf(play, before, BOB).filter((word) =>
        JSON.stringify(before).includes(word),
      );
      const lines = play.ids.map((id) => play.chats.read(id).line());

      const [chat = ''] = play.ids;
      const word = gone[0] ?? '';
      const about = { kind: 'digest', chat, node: null, model: 'm', problem: 'untidy' } as const;
      store.noteClassifierFailure({ ...about, parts: [], raw: word, attempts: 1, at: 0 });
      store.drafts.put('opening', { person: ANN, typed: word }, FAR);
      const bobs = { person: BOB, typed: 'something' };
      store.drafts.put('other', bobs, FAR);
      for (const _ of applyErasures(ledgerOf(erasure), { store, clock, log }));
      play.restart();
      play.breakOff();

      const found = () => {
        const contents = contentsOf(opened.db);
        return gone.filter((word) => contents.includes(word));
      };
      expect(found(), `seed ${seed}`).toEqual([]);
      const after = eventsOf(store, play);
      for (const event of after) expect(parseEvent(event)).toEqual(event);
      const left = JSON.stringify(after);
      expect(stays.filter((word) => !left.includes(word))).toEqual([]);
      expect(play.ids.map((id) => play.chats.read(id).line())).toEqual(lines);
      for (const id of play.ids) {
        const shown = JSON.stringify(seen(play, id));
        expect(gone.filter((word) => shown.includes(word))).toEqual([]);
      }
      expect(store.classifierFailures(10)).toEqual([]);
      expect(store.drafts.get('other')).toEqual(bobs);
      const size = indexed(opened.db);
      for (const how of ['rebuild', 'optimize']) {
        opened.db.prepare('INSERT INTO memory_index (memory_index) VALUES (?)').run(how);
      }
      expect(size, `seed ${seed}`).toBe(indexed(opened.db));
      const live = everything(opened.db);
      rebuild(store);
      expect(everything(opened.db), `seed ${seed}`).toEqual(live);
      play.restart();

      await steps(play, 25);
      for (const id of play.ids) {
        await play.settle(id);
        expect(replayChat(store, id, clock)?.differences, `seed ${seed}`).toEqual([]);
      }
      expect(found(), `seed ${seed}, later`).toEqual([]);
      store.close();
    }
  },
  10_000 + SEEDS * 1_000,
);

test('an erasure that was cut off anywhere is done whole by the next process', async () => {
  let isWhole = false;
  for (let cut = 1; !isWhole; cut += 5) {
    const opened = openDatabase(':memory:');
    const play = new Play(sqliteStore(opened), 'K', drawFrom(5));
    await play.begin();
    await steps(play, 40);
    const gone = wordsOf(play, eventsOf(play.store, play), ANN);
    const ledger = ledgerOf(erasure);
    const begun = applyErasures(ledger, { store: play.store, clock, log });
    for (let step = 0; step < cut; step += 1) isWhole = begun.next().done === true;
    const store = sqliteStore(opened);
    for (const _ of applyErasures(ledger, { store, clock, log }));
    const contents = contentsOf(opened.db);
    expect(
      gone.filter((word) => contents.includes(word)),
      `cut at ${cut}`,
    ).toEqual([]);
    const live = everything(opened.db);
    rebuild(store);
    expect(everything(opened.db)).toEqual(live);
    // Once is enough.
    expect([...applyErasures(ledger, { store, clock, log })]).toEqual([]);
    opened.close();
  }
}, 20_000);

test('a backup from before an erasure has it done when it is put back, and when a start finds it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-erasure-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'troupe.db');
  const opened = openDatabase(path);
  const play = new Play(sqliteStore(opened), 'B', drawFrom(3));
  await play.begin();
  await steps(play, 40);
  const words = wordsOf(play, eventsOf(play.store, play), ANN);
  const said = JSON.stringify(eventsOf(play.store, play));
  const stays = wordsOf(play, eventsOf(play.store, play), BOB).find((word) => said.includes(word));
  opened.db.pragma('wal_checkpoint(TRUNCATE)');
  const backups = ['amended', 'started'].map((name) => join(folder, name));
  for (const backup of backups) copyFileSync(path, backup);
  erasureLedger(path).add(erasure);
  opened.close();

  const [amended = '', started = ''] = backups;
  expect(amendBackup(amended, erasureLedger(path), { clock, log })).toBe(1);
  expect(amendBackup(amended, erasureLedger(path), { clock, log })).toBe(0);
  copyFileSync(started, path);
  const again = openDatabase(path);
  for (const _ of applyErasures(erasureLedger(path), { store: sqliteStore(again), clock, log }));
  again.close();
  for (const file of [amended, path]) {
    const bytes = readFileSync(file, 'latin1');
    expect(words.filter((word) => bytes.includes(word))).toEqual([]);
    expect(bytes.includes(stays ?? 'nothing')).toBe(true);
  }
  const untouched = readFileSync(started, 'latin1');
  expect(words.some((word) => untouched.includes(word))).toBe(true);
});
