/** What is owed, begun, noted or kept: no log has it. */
import { sql } from 'drizzle-orm';
import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Work that is owed. A row goes when the work is done. */
export const jobs = sqliteTable(
  'jobs',
  {
    key: text('key').primaryKey(),
    kind: text('kind', {
      enum: ['answer', 'deliver', 'show', 'digest', 'summary', 'redigest', 'room', 'whisper'],
    }).notNull(),
    chat: text('chat').notNull(),
    node: text('node'),
    attempts: integer('attempts').notNull().default(0),
    /** Milliseconds since 1970 from which it may be taken; a lease moves it on. */
    due: integer('due').notNull().default(0),
    error: text('error'),
    dead: integer('dead').notNull().default(0),
  },
  (table) => [index('jobs_due').on(table.kind, table.due).where(sql`dead = 0`)],
);

/** What has been said once and is not said again. */
export const notices = sqliteTable('notices', { key: text('key').primaryKey() });

/** What people have begun to fill in and not yet confirmed; nothing of it is in a story or a home. */
export const drafts = sqliteTable(
  'drafts',
  {
    id: text('id').primaryKey(),
    /** JSON, as whoever put it there reads it. */
    content: text('content').notNull(),
    /** Milliseconds since 1970. */
    at: integer('at').notNull(),
  },
  (table) => [index('drafts_at').on(table.at)],
);

/** What the classifier could not use. */
export const classifierFailures = sqliteTable(
  'classifier_failures',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    kind: text('kind').notNull(),
    chat: text('chat').notNull(),
    node: text('node'),
    model: text('model').notNull(),
    problem: text('problem').notNull(),
    /** JSON of names. */
    parts: text('parts').notNull(),
    raw: text('raw').notNull(),
    attempts: integer('attempts').notNull(),
    /** Milliseconds since 1970. */
    at: integer('at').notNull(),
  },
  (table) => [index('classifier_failures_chat').on(table.chat)],
);

/** What each reply was written from, as JSON. */
export const receipts = sqliteTable(
  'receipts',
  {
    node: text('node').primaryKey(),
    chat: text('chat').notNull(),
    receipt: text('receipt').notNull(),
  },
  (table) => [index('receipts_chat').on(table.chat)],
);

/** Pictures, by the SHA-256 of their bytes. */
export const assets = sqliteTable('assets', {
  hash: text('hash').primaryKey(),
  type: text('type').notNull(),
  bytes: blob('bytes', { mode: 'buffer' }).notNull(),
});

/** Which erasures of the ledger beside the database have been done here; a backup lacks those after it. */
export const erasures = sqliteTable('erasures', { id: text('id').primaryKey() });
