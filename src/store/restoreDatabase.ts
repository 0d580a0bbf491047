import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { checkDatabase, type DatabaseFault } from './checkDatabase.ts';
import { copyDatabase } from './copyDatabase.ts';
import { DatabaseError, takeLock } from './openDatabase.ts';

export interface Restoring {
  readonly backup: string;
  readonly database: string;
  /** What the old file is called from then on. */
  readonly aside: string;
  /** Brings a copy of the backup up to what must hold today, before anybody plays from it. */
  readonly amend: (copy: string) => void;
}

/**
 * Puts a backup in the place of the database, whose old file is kept under another name. Until the copy
 * is sound and amended the old one stays where it is.
 * @returns whether there was an old file to put aside.
 * @throws {DatabaseError} while a Troupe runs on the database, and for a file that is of no use.
 */
export async function restoreDatabase(asked: Restoring): Promise<boolean> {
  const { backup, database, aside, amend } = asked;
  if (!existsSync(backup)) throw new DatabaseError(`There is no file ${backup}.`);
  mkdirSync(dirname(database), { recursive: true });
  const lock = takeLock(`${database}-lock`);
  const copy = `${database}.restoring`;
  try {
    clearAway(copy);
    await copySound(backup, copy);
    amend(copy);
    const hadOld = putAside(database, aside);
    renameSync(copy, database);
    return hadOld;
  } finally {
    clearAway(copy);
    lock.close();
  }
}

/** @throws {DatabaseError} where the copy cannot be played from. */
async function copySound(backup: string, copy: string): Promise<void> {
  let fault: DatabaseFault | null = 'damaged';
  let cause: unknown = null;
  try {
    closeSync(openSync(copy, 'wx', 0o600));
    await copyDatabase(backup, copy, new AbortController().signal);
    fault = checkDatabase(copy);
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error;
    cause = error;
  }
  if (fault !== null) throw new DatabaseError(`${backup} ${FAULTS[fault]}`, { cause });
}

/** What is left of a copy that nobody plays from. */
function clearAway(copy: string): void {
  for (const file of [...companionsOf(copy), `${copy}-journal`, `${copy}-lock`]) {
    rmSync(file, { force: true });
  }
}

/**
 * Gives a database another name, with what SQLite keeps beside it.
 * @returns false where there is none.
 */
export function putAside(database: string, aside: string): boolean {
  if (!existsSync(database)) return false;
  settle(database);
  const names = companionsOf(aside);
  for (const [index, file] of companionsOf(database).entries()) {
    const name = names[index];
    if (name !== undefined && existsSync(file)) renameSync(file, name);
  }
  return true;
}

/** Writes what stands in the log of a database into its file, as far as that can be done. */
function settle(path: string): void {
  try {
    const db = new Database(path);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
  } catch {
    // A damaged one is kept as it is, for whoever can mend it.
  }
}

/** A database's file, and those that SQLite keeps beside it. */
export const companionsOf = (path: string): string[] => [path, `${path}-wal`, `${path}-shm`];

const FAULTS: Record<DatabaseFault, string> = {
  damaged: 'is damaged, or no database. Choose another backup.',
  foreign: "is no Troupe's database. Choose another file.",
  newer: 'was written by a newer Troupe. Update this one first.',
};
