/** The log: what happened, and nothing else. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Stream names are mapped to integers: appends are nearly twice as fast with an integer key. */
export const streams = sqliteTable('streams', {
  id: integer('id').primaryKey(),
  name: text('name').notNull().unique(),
  version: integer('version').notNull(),
  /** Where the story of a chat stands: here, since it moves whenever the version does. */
  head: integer('head'),
});

/** The log. Rows are only ever added (erasure apart). */
export const events = sqliteTable(
  'events',
  {
    /** Stream and version in one number (`eventNumber`): a stream lies together, and needs no index. */
    id: integer('id').primaryKey(),
    type: text('type').notNull(),
    schema: integer('schema').notNull(),
    payload: text('payload').notNull(),
    at: text('at').notNull(),
    actor: text('actor').notNull(),
    command: text('command').notNull(),
    /** The node's number; null for what belongs to none. */
    node: integer('node'),
    /** JSON; null for none. */
    sources: text('sources'),
    run: text('run'),
    cause: text('cause'),
  },
  (table) => [
    index('events_node').on(table.node).where(sql`node IS NOT NULL`),
    index('events_frame').on(table.id).where(sql`node IS NULL`),
    index('events_by_hand')
      .on(table.id)
      .where(
        // Not as a list: SQLite would build it anew for every event that is added.
        sql`run IS NULL AND node IS NOT NULL AND type <> 'UserSpoke' AND type <> 'ReplyStarted'
          AND type <> 'ReplyCompleted' AND type <> 'ReplyContinued' AND type <> 'ReplyFailed'`,
      ),
  ],
);

/** What each command wrote, so that the same command again gives the first result. Without row ids. */
export const commands = sqliteTable(
  'commands',
  {
    stream: integer('stream').notNull(),
    command: text('command').notNull(),
    /** First and last version that it wrote; `last` is below `first` for a command that wrote nothing. */
    first: integer('first').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.command] })],
);
