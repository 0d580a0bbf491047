import { statSync } from 'node:fs';

/** Bytes of a database with what stands in its write-ahead log; 0 where there is none. */
export const databaseSize = (path: string): number =>
  [path, `${path}-wal`].reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
