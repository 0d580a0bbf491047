import { applyErasures } from '../app/erasing.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { ErasureLedger } from '../app/ports/erasures.ts';
import type { Log } from '../app/ports/log.ts';
import { rebuildIfDue } from '../app/rebuild.ts';
import { openDatabase } from './openDatabase.ts';
import { sqliteStore } from './sqliteStore.ts';

/**
 * Erases in a copy of a backup what people had erased since it was made, before anybody plays from it.
 * @param ledger that of the database which the copy takes the place of.
 * @returns how many erasures there were.
 * @throws {DatabaseError} where the copy, or the ledger, cannot be read.
 */
export function amendBackup(
  copy: string,
  ledger: ErasureLedger,
  needs: { readonly clock: Pick<Clock, 'now'>; readonly log: Pick<Log, 'info'> },
): number {
  const store = sqliteStore(openDatabase(copy));
  try {
    rebuildIfDue(store, needs.log);
    const steps = applyErasures(ledger, { ...needs, store });
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  } finally {
    store.close();
  }
}
