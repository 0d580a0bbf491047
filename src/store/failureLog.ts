import type { Database } from 'better-sqlite3';
import type { ClassifierFailure, NotedFailure } from '../app/classifier.ts';

/** Failures that are kept: as many as anyone looks through. */
const KEPT = 200;

interface FailureRow extends Omit<NotedFailure, 'parts'> {
  readonly parts: string;
}

export function failureLog(db: Database) {
  const add = db.prepare(
    `INSERT INTO classifier_failures (kind, chat, node, model, problem, parts, raw, attempts, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const forget = db.prepare(
    `DELETE FROM classifier_failures WHERE id <= (SELECT max(id) FROM classifier_failures) - ${KEPT}`,
  );
  const newest = db.prepare<[number], FailureRow>(
    `SELECT id, kind, chat, node, model, problem, parts, raw, attempts, at
     FROM classifier_failures ORDER BY id DESC LIMIT ?`,
  );
  return {
    note: (failure: ClassifierFailure): void => {
      const { kind, chat, node, model, problem, parts, raw, attempts, at } = failure;
      add.run(kind, chat, node, model, problem, JSON.stringify(parts), raw, attempts, at);
      forget.run();
    },
    newest: (limit: number): NotedFailure[] =>
      newest.all(limit).map((row) => ({ ...row, parts: JSON.parse(row.parts) as string[] })),
  };
}
