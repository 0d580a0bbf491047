import type { Backups } from './backups.ts';
import type { Exposition } from './exposition.ts';

/** When the newest backup was made, and whether the last attempt failed. */
export function observeBackups(backups: Backups, exposition: Exposition): void {
  const newest = (value: 'at' | 'bytes', unit: number) => () =>
    backups
      .list()
      .slice(0, 1)
      .map((backup) => ({ value: backup[value] / unit }));
  exposition.read(
    'troupe_backup_newest_timestamp_seconds',
    'When the newest backup was made, since 1970.',
    newest('at', 1_000),
  );
  exposition.read('troupe_backup_newest_bytes', 'Size of the newest backup.', newest('bytes', 1));
  exposition.read('troupe_backup_failed', 'Whether the last attempt at a backup failed.', () => [
    { value: backups.failed === null ? 0 : 1 },
  ]);
}
