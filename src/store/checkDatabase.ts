import Database from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { MIGRATIONS } from './migrations.ts';

/**
 * Why a file cannot be played from: `damaged`; `foreign` for one that no Troupe wrote; `newer` for one
 * that a later Troupe wrote.
 */
export type DatabaseFault = 'damaged' | 'foreign' | 'newer';

/** Reads all of a database, the search index included. Null where nothing is wrong with it. */
export function checkDatabase(path: string): DatabaseFault | null {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') return 'damaged';
    const isOurs = db
      .prepare(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('__drizzle_migrations', 'events')",
      )
      .pluck()
      .get();
    if (isOurs !== 2) return 'foreign';
    const newest = db
      .prepare<[], number | null>('SELECT max(created_at) FROM __drizzle_migrations')
      .pluck()
      .get();
    if (newest === null || newest === undefined) return 'foreign';
    const known = readMigrationFiles({ migrationsFolder: MIGRATIONS });
    return newest > Math.max(...known.map(({ folderMillis }) => folderMillis)) ? 'newer' : null;
  } catch {
    return 'damaged';
  } finally {
    db?.close();
  }
}
