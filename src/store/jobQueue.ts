import type { Database } from 'better-sqlite3';
import type { ClaimedJob, Job, JobChange, OwedJob } from '../app/ports/jobs.ts';

/** Attempts before a job is given up. */
const MOST_ATTEMPTS = 8;
/** Milliseconds before the second attempt; doubled for each one after it. */
const FIRST_WAIT = 2_000;

/** Work that is owed: enqueued in the transaction that causes it, taken for a while, put back or done. */
export function jobQueue(db: Database) {
  // What was given up and is owed anew gets another chance.
  const add = db.prepare(
    `INSERT INTO jobs (key, kind, chat, node) VALUES (?, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET attempts = 0, due = 0, error = NULL, dead = 0 WHERE dead = 1`,
  );
  const remove = db.prepare<[string]>('DELETE FROM jobs WHERE key = ?');
  const list = db.prepare<[], Job>(
    'SELECT kind, chat, node FROM jobs WHERE dead = 0 ORDER BY rowid',
  );
  const claim = db.prepare<[number, string, number], ClaimedJob>(
    `UPDATE jobs SET attempts = attempts + 1, due = ?
     WHERE key = (SELECT key FROM jobs WHERE kind = ? AND dead = 0 AND due <= ? ORDER BY due, rowid LIMIT 1)
     RETURNING kind, chat, node, attempts AS attempt`,
  );
  const owed = db.prepare<[string], OwedJob>(
    `SELECT kind, chat, node, due FROM jobs WHERE dead = 0 AND kind IN (SELECT value FROM json_each(?))
     ORDER BY rowid`,
  );
  const take = db.prepare<[number, string, number], ClaimedJob>(
    `UPDATE jobs SET attempts = attempts + 1, due = ? WHERE key = ? AND dead = 0 AND due <= ?
     RETURNING kind, chat, node, attempts AS attempt`,
  );
  const release = db.prepare<[string]>(
    `UPDATE jobs SET due = 0, attempts = CASE dead WHEN 1 THEN 0 ELSE attempts END, dead = 0
     WHERE kind IN (SELECT value FROM json_each(?))`,
  );
  const attemptsOf = db.prepare<[string], { attempts: number }>(
    'SELECT attempts FROM jobs WHERE key = ?',
  );
  const putBack = db.prepare('UPDATE jobs SET due = ?, error = ?, dead = ? WHERE key = ?');
  const dead = db.prepare<[], Job & { error: string }>(
    'SELECT kind, chat, node, error FROM jobs WHERE dead = 1 ORDER BY rowid',
  );
  return {
    change: (job: JobChange): void => {
      if ('add' in job) add.run(keyOf(job.add), job.add.kind, job.add.chat, job.add.node);
      else remove.run(keyOf(job.done));
    },
    list: (): Job[] => list.all(),
    finish: (job: Job): void => void remove.run(keyOf(job)),
    claim: (kind: Job['kind'], now: number, lease: number): ClaimedJob | null =>
      claim.get(now + lease, kind, now) ?? null,
    owed: (kinds: readonly Job['kind'][]): OwedJob[] => owed.all(JSON.stringify(kinds)),
    take: (job: Job, now: number, lease: number): ClaimedJob | null =>
      take.get(now + lease, keyOf(job), now) ?? null,
    release: (kinds: readonly Job['kind'][]): void => void release.run(JSON.stringify(kinds)),
    putBack: (job: Job, now: number, error: string): void => {
      const attempts = attemptsOf.get(keyOf(job))?.attempts ?? 0;
      const wait = FIRST_WAIT * 2 ** Math.max(0, attempts - 1);
      putBack.run(now + wait, error, attempts >= MOST_ATTEMPTS ? 1 : 0, keyOf(job));
    },
    dead: () => dead.all(),
  };
}

const keyOf = (job: Job): string => `${job.kind}:${job.chat}:${job.node ?? ''}`;
