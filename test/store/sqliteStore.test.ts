import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/app/ports/store.ts';
import { ConcurrencyError, type Row, type UnitOfWork } from '../../src/app/ports/unitOfWork.ts';
import { type NewEvent, record, UnknownEventError } from '../../src/engine/event.ts';
import { DatabaseError, openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { begun, said } from '../support/story.ts';

/** When everything here is written. */
const AT = '2026-11-21T10:00:00.000Z';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

function fresh() {
  const database = openDatabase(':memory:');
  open.push(database);
  return { store: sqliteStore(database), db: database.db };
}

type Change = Partial<Omit<UnitOfWork, 'events'>> & { readonly events?: readonly NewEvent[] };

const unit = ({ events = [said('n1', 'one')], rows = [], ...change }: Change = {}): UnitOfWork => {
  const asked = {
    stream: 'chat:c1',
    expected: 0,
    command: 'm1',
    actor: 'user:1',
    at: AT,
    ...change,
  } as const;
  const recorded = record(events, { ...asked, after: asked.expected });
  const nodes = new Set(recorded.flatMap(({ node }) => (node === null ? [] : [node])));
  const steps = [...nodes].map(
    (node): Row => ({ table: 'node', node, parent: null, stretch: node, position: 0 }),
  );
  return { ...asked, events: recorded, rows: [...steps, ...rows] };
};

const everything = (store: Store) => ({
  events: store.load('chat:c1'),
  jobs: store.jobs(),
  bound: store.chatIn('100000000000000003'),
});

describe('how far a channel was read', () => {
  const CHANNEL = '100000000000000003';
  const bound = (at: string) => ({ table: 'binding', chat: 'c1', channel: CHANNEL, at }) as const;
  const idAt = (at: string) => String(BigInt(Date.parse(at) - 1_420_070_400_000) << 22n);

  test('begins with the story in it, follows what is taken and refused, and never goes back', () => {
    const { store } = fresh();
    expect(store.seen.of(CHANNEL)).toBeNull();
    store.commit(unit({ rows: [bound(AT)] }));
    const since = idAt(AT);
    expect(store.seen.of(CHANNEL)).toEqual({ since, message: since });
    const later = String(BigInt(since) + 70_000_000_001n);
    const taken = [{ table: 'seen', chat: 'c1', message: later }] as const;
    store.commit(unit({ expected: 1, command: 'm2', events: [said('n2', 'two')], rows: taken }));
    store.seen.note(CHANNEL, String(BigInt(later) - 1n));
    expect(store.seen.of(CHANNEL)).toEqual({ since, message: later });
    store.seen.note(CHANNEL, String(BigInt(later) + 1n));
    // What is written anew from the log says nothing new.
    store.commit(unit({ expected: 2, command: 'm3', events: [], rows: [bound(AT), ...taken] }));
    expect(store.seen.of(CHANNEL)?.message).toBe(String(BigInt(later) + 1n));
    const moved = '2026-11-21T18:00:00.000Z';
    store.commit(unit({ expected: 2, command: 'm4', events: [], rows: [bound(moved)] }));
    expect(store.seen.of(CHANNEL)).toEqual({ since: idAt(moved), message: idAt(moved) });
    expect(store.seen.channels()).toEqual([CHANNEL]);
  });
});

describe('commit', () => {
  test('versions count from 1 without gaps, per stream', () => {
    const { store } = fresh();
    store.commit(unit({ events: begun() }));
    store.commit(unit({ stream: 'chat:c2', events: [said('x', 'x')] }));
    store.commit(unit({ expected: begun().length, command: 'm2' }));
    expect(store.load('chat:c1').map((event) => event.version)).toEqual(
      Array.from({ length: begun().length + 1 }, (_, index) => index + 1),
    );
    expect(store.load('chat:c2').map((event) => event.version)).toEqual([1]);
  });

  test('what was written is read back as it was', () => {
    const { store } = fresh();
    const { events } = store.commit(unit({ events: begun() }));
    expect(store.load('chat:c1')).toEqual(events);
  });

  test('an append that expects another version fails, and changes nothing', () => {
    const { store } = fresh();
    store.commit(unit({ events: begun() }));
    const before = everything(store);
    const refused = unit({
      command: 'm2',
      rows: [{ table: 'binding', chat: 'c1', channel: '100000000000000003', at: AT }],
      jobs: [{ add: { kind: 'answer', chat: 'c1', node: null } }],
    });
    expect(() => store.commit(refused)).toThrow(ConcurrencyError);
    expect(() => store.commit({ ...refused, expected: 99 })).toThrow(ConcurrencyError);
    expect(everything(store)).toEqual(before);
    expect(store.recorded('chat:c1', 'm2')).toBeNull();
  });

  test('a stream that must not exist is refused when it does', () => {
    const { store } = fresh();
    store.commit(unit());
    expect(() => store.commit(unit({ command: 'm2', expected: 0 }))).toThrow(ConcurrencyError);
  });

  test('the same command gives the first result, and writes nothing', () => {
    const { store } = fresh();
    const first = store.commit(unit());
    store.commit(unit({ expected: 1, command: 'm2', events: [said('n2', 'two')] }));
    const again = store.commit(unit({ expected: 2, events: [said('n3', 'three')] }));
    expect(again).toEqual({ events: first.events, repeated: true });
    expect(store.load('chat:c1')).toHaveLength(2);
  });

  test('the same command id in another stream is another command', () => {
    const { store } = fresh();
    store.commit(unit());
    expect(store.commit(unit({ stream: 'chat:c2' })).repeated).toBe(false);
  });

  test('one bad row, and nothing of its unit is written', () => {
    const { store } = fresh();
    const words = { table: 'words', node: 'nowhere', revision: 1 } as const;
    expect(() => store.commit(unit({ rows: [words] }))).toThrow(/no node nowhere/);
    expect(everything(store)).toEqual({ events: [], jobs: [], bound: null });
  });

  test('what could not be read back is never recorded', () => {
    const bad = { type: 'UserSpoke', node: 'n2', payload: { by: 'nobody' } } as never;
    expect(() => unit({ events: [said('n1', 'one'), bad] })).toThrow();
  });

  test('a read model that refuses a row takes the whole unit with it', () => {
    const { store } = fresh();
    const row = { table: 'binding', chat: 'c1', channel: '100000000000000003', at: AT } as const;
    store.commit(unit({ rows: [row] }));
    const second = unit({ stream: 'chat:c2', rows: [{ ...row, chat: 'c2' }] });
    expect(() => store.commit(second)).toThrow(/UNIQUE/);
    expect(store.load('chat:c2')).toEqual([]);
    expect(store.chatIn('100000000000000003')).toBe('c1');
  });
});

describe('reading', () => {
  test('a kind that is not known stops with a clear line', () => {
    const { store, db } = fresh();
    store.commit(unit());
    db.prepare("UPDATE events SET type = 'DragonTamed'").run();
    expect(() => store.load('chat:c1')).toThrow(UnknownEventError);
  });

  test('a job is owed once, and gone when it is done', () => {
    const { store } = fresh();
    const job = { kind: 'answer', chat: 'c1', node: null } as const;
    store.commit(unit({ jobs: [{ add: job }, { add: job }] }));
    expect(store.jobs()).toEqual([job]);
    store.finish(job);
    expect(store.jobs()).toEqual([]);
  });

  test('a job is taken for a while, comes back later each time it fails, and is given up at last', () => {
    const { store } = fresh();
    const job = { kind: 'digest', chat: 'c1', node: 'n1' } as const;
    store.commit(unit({ jobs: [{ add: job }] }));
    expect(store.claim('digest', 1_000, 500)).toEqual({ ...job, attempt: 1 });
    expect(store.claim('digest', 1_400, 500)).toBeNull();
    expect(store.claim('digest', 1_500, 500)).toEqual({ ...job, attempt: 2 });
    store.putBack(job, 2_000, 'no answer');
    expect(store.claim('digest', 5_999, 500)).toBeNull();
    let now = 6_000;
    while (store.claim('digest', now, 500) !== null) {
      store.putBack(job, now, 'no answer');
      now += 10_000_000;
    }
    expect(store.deadJobs()).toEqual([{ ...job, error: 'no answer' }]);
    expect(store.jobs()).toEqual([]);
  });

  test('a notice is new once, ever', () => {
    const { store } = fresh();
    expect([store.firstTime('a'), store.firstTime('a'), store.firstTime('b')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('deliveries keep what is shown and what is on its way', () => {
    const { store } = fresh();
    const part = {
      part: 0,
      channel: '1',
      message: null,
      by: 'webhook',
      shown: null,
      pending: { content: 'Hi', raw: 'Hi ' },
      buttons: false,
    } as const;
    store.deliveries.put('c1', 'n1', part);
    expect(store.deliveries.parts('n1')).toEqual([part]);
    store.deliveries.put('c1', 'n1', { ...part, message: 'm', shown: part.pending, pending: null });
    expect(store.deliveries.replyOf('m')).toEqual({ chat: 'c1', node: 'n1' });
    store.deliveries.remove('n1', 0);
    expect(store.deliveries.parts('n1')).toEqual([]);
  });
});

describe('the file', () => {
  const folder = () => {
    const path = mkdtempSync(join(tmpdir(), 'troupe-'));
    open.push({ close: () => rmSync(path, { recursive: true, force: true }) });
    return path;
  };

  test('holds everything after it was closed and opened again', () => {
    const path = join(folder(), 'deep', 'troupe.db');
    const first = openDatabase(path);
    sqliteStore(first).commit(unit({ events: begun() }));
    first.close();
    const second = openDatabase(path);
    open.unshift(second);
    expect(sqliteStore(second).load('chat:c1')).toHaveLength(begun().length);
  });

  test('is refused to a second process while one is using it, and free again afterwards', () => {
    const path = join(folder(), 'troupe.db');
    const first = openDatabase(path);
    expect(() => openDatabase(path)).toThrow(DatabaseError);
    expect(() => openDatabase(path)).toThrow(/Another Troupe is using.*TROUPE_DB_PATH/);
    first.close();
    open.unshift(openDatabase(path));
  });

  test('that is no database is refused with a clear line', () => {
    expect(() => openDatabase(folder())).toThrow(DatabaseError);
  });
});
