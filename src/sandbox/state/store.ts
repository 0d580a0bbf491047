import Database from 'better-sqlite3';

/**
 * Keeps documents and files in SQLite. Every write is committed before the request that caused it is
 * answered, so that killing the process loses nothing that anyone was told of.
 */
export class Store {
  readonly #db: Database.Database;
  readonly #put: Database.Statement<[string, string, string]>;
  readonly #remove: Database.Statement<[string, string]>;
  readonly #all: Database.Statement<[string], { id: string; body: string }>;

  /** @param file path of the database, or `:memory:` */
  constructor(file: string) {
    this.#db = new Database(file, { timeout: 1_000 });
    // What is in memory is the truth while this runs: a second process on the file would undo its work.
    this.#db.pragma('locking_mode = EXCLUSIVE');
    // In WAL mode a commit survives the end of the process without an fsync each.
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = NORMAL');
    this.#db.exec(`
      CREATE TABLE IF NOT EXISTS documents (
        kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, type TEXT NOT NULL, bytes BLOB NOT NULL);
    `);
    this.#put = this.#db.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?, ?)');
    this.#remove = this.#db.prepare('DELETE FROM documents WHERE kind = ? AND id = ?');
    this.#all = this.#db.prepare('SELECT id, body FROM documents WHERE kind = ?');
  }

  put(kind: string, id: string, document: unknown): void {
    this.#put.run(kind, id, JSON.stringify(document));
  }

  remove(kind: string, id: string): void {
    this.#remove.run(kind, id);
  }

  /** All documents of a kind. `revive` sees the text before it is parsed. */
  all<T>(kind: string, revive: (body: string) => string = (body) => body): [string, T][] {
    return this.#all.all(kind).map(({ id, body }) => [id, JSON.parse(revive(body)) as T]);
  }

  saveFile(path: string, type: string, bytes: Uint8Array): void {
    this.#db.prepare('INSERT OR REPLACE INTO files VALUES (?, ?, ?)').run(path, type, bytes);
  }

  file(path: string): { type: string; bytes: Buffer } | undefined {
    return this.#db
      .prepare<[string], { type: string; bytes: Buffer }>(
        'SELECT type, bytes FROM files WHERE path = ?',
      )
      .get(path);
  }

  removeFile(path: string): void {
    this.#db.prepare('DELETE FROM files WHERE path = ?').run(path);
  }

  /** Runs `work` as one commit. What it wrote stays even when it throws: the working set has it too. */
  together<T>(work: () => T): T {
    if (this.#db.inTransaction) return work();
    this.#db.exec('BEGIN');
    try {
      return work();
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  close(): void {
    this.#db.close();
  }
}
