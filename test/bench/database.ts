import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Store } from '../../src/app/ports/store.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';

export interface OnDisk {
  readonly store: Store;
  readonly db: Database;
  close(): void;
}

/** A store on a file of its own, as one that runs has it. */
export function onDisk(): OnDisk {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-bench-'));
  const opened = openDatabase(join(folder, 'troupe.db'));
  const store = sqliteStore(opened);
  const close = () => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { store, db: opened.db, close };
}
