import Database from 'better-sqlite3';

/** Pages that are copied in one go: between two, whoever shares the thread has a turn. */
const PAGES = 500;

/**
 * Copies a database as it stands at this moment into a single file, whoever writes to it meanwhile.
 * @param to is overwritten.
 * @throws what SQLite throws, or the signal's reason.
 */
export async function copyDatabase(from: string, to: string, signal: AbortSignal): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true });
  try {
    // One moment is read from beginning to end. Else the copy would begin anew with everything written.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await source.backup(to, {
      progress: () => {
        signal.throwIfAborted();
        return PAGES;
      },
    });
  } finally {
    source.close();
  }
  const copy = new Database(to);
  try {
    // One file: what a write-ahead log needs beside it would be left behind when the file is moved.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
