import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { basename, extname, join } from 'node:path';
import type { Clock } from '../app/ports/clock.ts';
import type { Log } from '../app/ports/log.ts';
import { databaseSize } from './databaseSize.ts';
import { nextTime, type TimeOfDay } from './nextTime.ts';

/** Only those made every night give way to newer ones; one that somebody asked for stays. */
export type BackupKind = 'nightly' | 'manual';

export interface Backup {
  readonly kind: BackupKind;
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly bytes: number;
}

export interface BackupNeeds {
  readonly database: string;
  readonly folder: string;
  readonly at: TimeOfDay;
  /** How many of those made every night are kept. */
  readonly keep: number;
  /** Copies the database and checks the copy. @throws when it is of no use, or the signal fires. */
  copy(from: string, to: string, signal: AbortSignal): Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A machine that slept, or was set right, is late by no more than this. */
const LONGEST_NAP = 30 * 60_000;
/** What was missed while Troupe was off is made up for once everything is under way. */
const SETTLING = 60_000;
const RETRY = 60 * 60_000;
/** A file that was begun so long ago will not be finished. */
const LEFT_BEHIND = 24 * 60 * 60_000;
/** More than the file itself, so that what is played meanwhile has room. */
const ROOM = 1.2;

/** Copies of the database in a folder of their own, made while it is in use. */
export class Backups {
  readonly #needs: BackupNeeds;
  readonly #closing = new AbortController();
  /** What the names of this database's backups begin with. */
  readonly #stem: string;
  #running: Promise<unknown> = Promise.resolve();
  #schedule: Promise<void> = Promise.resolve();
  #failed: number | null = null;

  constructor(needs: BackupNeeds) {
    this.#needs = needs;
    this.#stem = basename(needs.database, extname(needs.database));
  }

  /** When the last attempt failed, in milliseconds since 1970; null when it did not. */
  get failed(): number | null {
    return this.#failed;
  }

  /** The newest first. */
  list(): Backup[] {
    const { folder } = this.#needs;
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .flatMap((file) => {
        const named = this.#read(file);
        const bytes = statSync(join(folder, file), { throwIfNoEntry: false })?.size;
        if (named === null || bytes === undefined) return [];
        return { ...named, path: join(folder, file), bytes };
      })
      .sort((a, b) => b.at - a.at || b.path.localeCompare(a.path));
  }

  /** Makes one every night from now on, and one that was missed. */
  start(): void {
    const { clock } = this.#needs;
    const notBefore = clock.now() + SETTLING;
    this.#schedule = this.#everyNight(notBefore);
  }

  /** One at a time. @throws where none could be made; nothing of it is left then. */
  make(kind: BackupKind): Promise<Backup> {
    const made = this.#running.then(() => this.#make(kind));
    this.#running = made.catch(() => {});
    return made;
  }

  /** Gives up the one that is being made, and leaves nothing of it. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all([this.#schedule, this.#running]);
  }

  async #everyNight(notBefore: number): Promise<void> {
    const { clock, log } = this.#needs;
    const { signal } = this.#closing;
    let earliest = notBefore;
    while (!signal.aborted) {
      const due = Math.max(this.#due(), earliest);
      const wait = due - clock.now();
      if (wait > 0) {
        await clock.sleep(Math.min(wait, LONGEST_NAP), signal).catch(() => {});
        continue;
      }
      try {
        await this.make('nightly');
        this.#forget();
      } catch (err) {
        if (signal.aborted) return;
        log.error({ err }, 'no backup could be made');
        earliest = clock.now() + RETRY;
      }
    }
  }

  /** The first time that none was made for. */
  #due(): number {
    const { at, clock, database } = this.#needs;
    const last = this.list().find(({ kind }) => kind === 'nightly')?.at;
    const since = last ?? statSync(database, { throwIfNoEntry: false })?.birthtimeMs;
    // A file from the future, of a clock that was wrong, holds nothing up.
    return nextTime(at, Math.min(since ?? Infinity, clock.now()));
  }

  async #make(kind: BackupKind): Promise<Backup> {
    const { database, folder, copy, clock, log } = this.#needs;
    const at = clock.now();
    let part: string | null = null;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.#clearAway(at);
      this.#demandRoom();
      const path = this.#reserve(kind, at);
      part = `${path}.part`;
      await copy(database, part, this.#closing.signal);
      renameSync(part, path);
      part = null;
      this.#failed = null;
      const { size: bytes } = statSync(path);
      log.info({ file: basename(path), bytes, took: clock.now() - at }, 'a backup was made');
      return { kind, path, at: Math.floor(at / 1_000) * 1_000, bytes };
    } catch (error) {
      if (part !== null) rmSync(part, { force: true });
      if (!this.#closing.signal.aborted) this.#failed = at;
      throw error;
    }
  }

  /** What a file's name says; null where it is none of this database's backups. */
  #read(file: string): Pick<Backup, 'kind' | 'at'> | null {
    if (!file.startsWith(`${this.#stem}-`)) return null;
    const [, kind, stamp] = NAME.exec(file.slice(this.#stem.length)) ?? [];
    if (kind === undefined || stamp === undefined) return null;
    return { kind: kind as BackupKind, at: momentOf(stamp) };
  }

  /** A name that nothing has, and nobody else takes: its unfinished file is there from now on. */
  #reserve(kind: BackupKind, at: number): string {
    const stem = join(this.#needs.folder, `${this.#stem}-${kind}-${stampOf(at)}Z`);
    for (let nth = 1; ; nth += 1) {
      const path = nth === 1 ? `${stem}.db` : `${stem}-${nth}.db`;
      try {
        closeSync(openSync(`${path}.part`, 'wx', 0o600));
      } catch (error) {
        if (isTaken(error)) continue;
        throw error;
      }
      if (!existsSync(path)) return path;
      rmSync(`${path}.part`);
    }
  }

  #demandRoom(): void {
    const { database, folder } = this.#needs;
    const { bavail, bsize } = statfsSync(folder);
    const needed = ROOM * databaseSize(database);
    if (bavail * bsize < needed) {
      const missing = Math.ceil((needed - bavail * bsize) / 1_000_000);
      throw new Error(`the disk lacks ${missing} MB for a backup`);
    }
  }

  /** Takes away what processes that died had begun. */
  #clearAway(now: number): void {
    const { folder } = this.#needs;
    for (const file of readdirSync(folder)) {
      const begun = /^(.+\.db)\.part(?:-journal)?$/.exec(file)?.[1];
      if (begun === undefined || this.#read(begun) === null) continue;
      const path = join(folder, file);
      const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
      if (now - touched > LEFT_BEHIND) rmSync(path, { force: true });
    }
  }

  #forget(): void {
    const nightly = this.list().filter(({ kind }) => kind === 'nightly');
    for (const { path } of nightly.slice(this.#needs.keep)) rmSync(path, { force: true });
  }
}

const NAME = /^-(nightly|manual)-(\d{8}T\d{6})Z(?:-\d+)?\.db$/;

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';

/** As `20261121T020000`, UTC: local time would come twice when clocks go back. */
const stampOf = (at: number): string =>
  new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');

const momentOf = (stamp: string): number =>
  Date.parse(stamp.replace(/(....)(..)(..)T(..)(..)(..)/, '$1-$2-$3T$4:$5:$6Z'));
