import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { MIGRATIONS } from './migrations.ts';

// Imported, each of its hundred files has Node read the package's 180 kB of exports anew: a second, and
// 200 MB that the process keeps. Required, they are read once.
const require = createRequire(import.meta.url);
const { drizzle } =
  require('drizzle-orm/better-sqlite3') as typeof import('drizzle-orm/better-sqlite3');
const { migrate } =
  require('drizzle-orm/better-sqlite3/migrator') as typeof import('drizzle-orm/better-sqlite3/migrator');

/**
 * Opens the database, creating and migrating it as needed.
 *
 * Durability is NORMAL with a write-ahead log: a crash of the process loses nothing, a power loss may
 * cost the last moments but never the file.
 *
 * @param path a file, or `:memory:`.
 * @throws {DatabaseError} when the file cannot be used, or another Troupe is using it.
 */
export function openDatabase(path: string): OpenDatabase {
  let lock: Database.Database | null = null;
  try {
    if (path !== ':memory:') {
      mkdirSync(dirname(path), { recursive: true });
      lock = takeLock(`${path}-lock`);
    }
    const db = new Database(path);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('wal_autocheckpoint = 8000');
    db.pragma('cache_size = -65536');
    migrate(drizzle(db), { migrationsFolder: MIGRATIONS });
    return {
      db,
      close: () => {
        db.pragma('wal_checkpoint(TRUNCATE)');
        db.close();
        lock?.close();
      },
    };
  } catch (cause) {
    lock?.close();
    if (cause instanceof DatabaseError) throw cause;
    throw new DatabaseError(
      `The database ${path} cannot be used: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}

export interface OpenDatabase {
  readonly db: Database.Database;
  close(): void;
}

export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}

/**
 * Two processes writing one story would answer everything twice. The lock is SQLite's own on a file
 * beside the database: the system lets go of it even when the process is killed.
 */
export function takeLock(path: string): Database.Database {
  const lock = new Database(path, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (cause) {
    lock.close();
    throw new DatabaseError(
      `Another Troupe is using the database ${path.slice(0, -'-lock'.length)}. Stop it, or set TROUPE_DB_PATH to another file.`,
      { cause },
    );
  }
}
