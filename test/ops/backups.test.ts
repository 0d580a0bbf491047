import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { Backups } from '../../src/ops/backups.ts';
import { nextTime } from '../../src/ops/nextTime.ts';
import { backUp } from '../../src/store/backUp.ts';
import { checkDatabase } from '../../src/store/checkDatabase.ts';
import { copyDatabase } from '../../src/store/copyDatabase.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { restoreDatabase } from '../../src/store/restoreDatabase.ts';
import { VirtualClock } from '../support/virtualClock.ts';

const DAY = 24 * 60 * 60_000;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function aDatabase() {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-'));
  const path = join(folder, 'troupe.db');
  const opened = openDatabase(path);
  onTestFinished(() => {
    if (opened.db.open) opened.close();
  });
  const note = (key: string) => opened.db.prepare('INSERT INTO notices VALUES (?)').run(key);
  return { ...opened, folder, path, note };
}

const noticesIn = (path: string): unknown[] => {
  const db = new Database(path, { readonly: true });
  const keys = db.prepare('SELECT key FROM notices ORDER BY key').pluck().all();
  db.close();
  return keys;
};

/** Backups of a database whose copies are its name: what is made when is what is looked at. */
function nights(options: { copy?: () => Promise<void>; keep?: number } = {}) {
  const { folder, path } = aDatabase();
  const clock = new VirtualClock(() => {}, statSync(path).birthtimeMs + 1);
  const errors: object[] = [];
  const copy = async (_from: string, to: string) => {
    await options.copy?.();
    writeFileSync(to, 'a copy');
  };
  const needs = { database: path, folder: join(folder, 'backups'), at: '03:00', keep: 14 } as const;
  const log = { ...silent, error: (fields: object) => void errors.push(fields) };
  const backups = new Backups({ ...needs, ...options, copy, clock, log });
  onTestFinished(() => backups.close());
  return { backups, clock, errors, path, folder: needs.folder };
}

describe('a backup', () => {
  test('is a sound single file that only its owner reads, of one moment, and nothing else is left', async () => {
    const { path, folder, note } = aDatabase();
    note('before');
    const to = join(folder, 'backups');
    const clock = new VirtualClock();
    const needs = { database: path, folder: to, at: '03:00', keep: 14, log: silent } as const;
    const backups = new Backups({ ...needs, copy: backUp, clock });
    const making = backups.make('manual');
    note('meanwhile');
    const backup = await making;
    note('after');
    expect(checkDatabase(backup.path)).toBeNull();
    expect(noticesIn(backup.path)).toContain('before');
    expect(noticesIn(backup.path)).not.toContain('after');
    expect(statSync(backup.path).mode & 0o777).toBe(0o600);
    expect(statSync(to).mode & 0o777).toBe(0o700);
    expect(readdirSync(to)).toHaveLength(1);
    expect(backups.list()).toEqual([backup]);
  });

  test('never takes the place of another', async () => {
    const { backups } = nights();
    const made = await Promise.all([1, 2, 3].map(() => backups.make('manual')));
    expect(new Set(made.map(({ path }) => path)).size).toBe(3);
    expect(backups.list()).toHaveLength(3);
  });

  test('of a damaged database does not count, and nothing of it is left', async () => {
    const { path, db, note, close, folder } = aDatabase();
    for (let each = 0; each < 2_000; each += 1) note(`${each}`.padEnd(200, 'x'));
    db.pragma('wal_checkpoint(TRUNCATE)');
    close();
    const bytes = readFileSync(path);
    bytes.fill(0xab, bytes.length - 200_000, bytes.length - 100_000);
    writeFileSync(path, bytes);
    const to = join(folder, 'backups');
    const needs = { database: path, folder: to, at: '03:00', keep: 14, log: silent } as const;
    const backups = new Backups({ ...needs, copy: backUp, clock: new VirtualClock() });
    await expect(backups.make('nightly')).rejects.toThrow(/damaged/);
    expect(backups.failed).not.toBeNull();
    expect(readdirSync(to)).toEqual([]);
  });

  test('that is being made when Troupe ends is given up, and nothing of it is left', async () => {
    const { path, folder, db } = aDatabase();
    db.exec('CREATE TABLE much (bytes BLOB)');
    const add = db.prepare('INSERT INTO much VALUES (randomblob(1000000))');
    for (let each = 0; each < 20; each += 1) add.run();
    const to = join(folder, 'backups');
    const needs = { database: path, folder: to, at: '03:00', keep: 14, log: silent } as const;
    const backups = new Backups({ ...needs, copy: backUp, clock: new VirtualClock() });
    const making = expect(backups.make('manual')).rejects.toThrow(/abort/);
    await backups.close();
    await making;
    expect(readdirSync(to)).toEqual([]);
    expect(backups.failed).toBeNull();
  });
});

describe('every night', () => {
  test('one is made at three, and the newest fourteen are kept, beside those that somebody asked for', async () => {
    const { backups, clock } = nights();
    await backups.make('manual');
    backups.start();
    await clock.runUntil(clock.now() + 20 * DAY);
    const list = backups.list();
    const nightly = list.filter(({ kind }) => kind === 'nightly');
    expect(nightly).toHaveLength(14);
    expect(list.at(-1)?.kind).toBe('manual');
    expect(nightly.map(({ at }) => new Date(at).getHours())).toEqual(Array(14).fill(3));
    expect(clock.now() - (nightly[0]?.at ?? 0)).toBeLessThanOrEqual(DAY);
  });

  test('one that failed is told, shown, and tried again within the hour', async () => {
    let fails = true;
    const copy = async () => {
      if (fails) throw new Error('the disk is full');
    };
    const { backups, clock, errors } = nights({ copy });
    backups.start();
    await clock.runUntil(clock.now() + DAY);
    expect(errors[0]).toMatchObject({ err: { message: 'the disk is full' } });
    expect(backups.failed).not.toBeNull();
    expect(backups.list()).toEqual([]);
    fails = false;
    await clock.runUntil(clock.now() + 61 * 60_000);
    expect(backups.list()).toHaveLength(1);
    expect(backups.failed).toBeNull();
  });

  test('one that was missed is made when Troupe runs again', async () => {
    const { backups, clock } = nights();
    await clock.runUntil(clock.now() + 3 * DAY);
    backups.start();
    await clock.runUntil(clock.now() + 2 * 60_000);
    expect(backups.list()).toHaveLength(1);
  });

  test('what a process that died had begun is taken away after a day, and nothing of anybody else', async () => {
    const { backups, clock, folder } = nights();
    await backups.make('manual');
    const others = ['troupe-nightly.txt', 'other-nightly-20200101T000000Z.db', 'notes.part'];
    const left = 'troupe-nightly-20200101T000000Z.db.part';
    for (const file of [...others, left]) writeFileSync(join(folder, file), '');
    await backups.make('manual');
    expect(existsSync(join(folder, left))).toBe(true);
    await clock.runUntil(clock.now() + 2 * DAY);
    await backups.make('manual');
    expect(existsSync(join(folder, left))).toBe(false);
    for (const file of others) expect(existsSync(join(folder, file))).toBe(true);
  });
});

describe('the next three o’clock', () => {
  const zone = process.env.TZ;
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  const nextIn = (place: string, time: `${number}:${number}`, after: string) => {
    process.env.TZ = place;
    return new Date(nextTime(time, Date.parse(after))).toISOString();
  };

  test.each([
    ['Europe/Berlin', '03:00', '2026-11-21T01:59:59.999Z', '2026-11-21T02:00:00.000Z'],
    ['Europe/Berlin', '03:00', '2026-11-21T02:00:00.000Z', '2026-11-22T02:00:00.000Z'],
    // Clocks go forward at two, and back at three.
    ['Europe/Berlin', '03:00', '2026-03-28T12:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', '02:30', '2026-03-28T12:00:00.000Z', '2026-03-29T01:30:00.000Z'],
    ['Europe/Berlin', '02:30', '2026-10-24T12:00:00.000Z', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '02:30', '2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
    ['America/New_York', '03:00', '2026-11-01T05:30:00.000Z', '2026-11-01T08:00:00.000Z'],
    ['Asia/Kathmandu', '03:00', '2026-12-31T21:15:00.000Z', '2027-01-01T21:15:00.000Z'],
  ] as const)('in %s, %s after %s is %s', (place, time, after, next) => {
    expect(nextIn(place, time, after)).toBe(next);
  });
});

describe('restoring', () => {
  const none = () => {};

  test('puts a backup in the place of the database and keeps the old file, whole', async () => {
    const { path, folder, note, close } = aDatabase();
    note('then');
    const backup = join(folder, 'then.db');
    await copyDatabase(path, backup, new AbortController().signal);
    note('since');
    close();
    const aside = join(folder, 'old.db');
    const amended: unknown[] = [];
    const amend = (copy: string) => void amended.push(...noticesIn(copy));
    const asked = { backup, database: path, aside, amend };
    expect(await restoreDatabase(asked)).toBe(true);
    // What must hold today is seen to before anybody plays from it.
    expect(amended).toEqual(['then']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    openDatabase(path).close();
    expect(readdirSync(folder).sort()).toEqual([
      'old.db',
      'then.db',
      'troupe.db',
      'troupe.db-lock',
    ]);
    expect(noticesIn(path)).toEqual(['then']);
    expect(noticesIn(aside)).toEqual(['since', 'then']);
  });

  test('is refused while a Troupe runs on the database', async () => {
    const { path, folder } = aDatabase();
    const backup = join(folder, 'then.db');
    await copyDatabase(path, backup, new AbortController().signal);
    const asked = { backup, database: path, aside: join(folder, 'old.db'), amend: none };
    await expect(restoreDatabase(asked)).rejects.toThrow(/^Another Troupe is using/);
    expect(existsSync(asked.aside)).toBe(false);
  });

  test('takes nothing that cannot be played from, and leaves the database where it is', async () => {
    const { path, folder, note, close, db } = aDatabase();
    note('here');
    const newer = join(folder, 'newer.db');
    await copyDatabase(path, newer, new AbortController().signal);
    close();
    const later = new Database(newer);
    later.exec("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 9999999999999)");
    later.close();
    const foreign = join(folder, 'foreign.db');
    new Database(foreign).exec('CREATE TABLE t (x)').close();
    const text = join(folder, 'text.db');
    writeFileSync(text, 'no database at all');
    expect(db.open).toBe(false);
    const restored = (backup: string) =>
      restoreDatabase({ backup, database: path, aside: join(folder, 'old.db'), amend: none });
    await expect(restored(join(folder, 'nowhere.db'))).rejects.toThrow(/^There is no file/);
    await expect(restored(text)).rejects.toThrow(/is damaged, or no database/);
    await expect(restored(foreign)).rejects.toThrow(/is no Troupe's database/);
    await expect(restored(newer)).rejects.toThrow(/newer Troupe/);
    expect(noticesIn(path)).toEqual(['here']);
    expect(readdirSync(folder).filter((file) => /old|restoring/.test(file))).toEqual([]);
  });
});
