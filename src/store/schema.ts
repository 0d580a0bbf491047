import {
  blob,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

/** Stream names are mapped to integers: appends are nearly twice as fast with an integer key. */
export const streams = sqliteTable('streams', {
  id: integer('id').primaryKey(),
  name: text('name').notNull().unique(),
  version: integer('version').notNull(),
});

/** The log. Rows are only ever added (erasure apart). */
export const events = sqliteTable(
  'events',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    stream: integer('stream')
      .notNull()
      .references(() => streams.id),
    version: integer('version').notNull(),
    type: text('type').notNull(),
    schema: integer('schema').notNull(),
    payload: text('payload').notNull(),
    at: text('at').notNull(),
    actor: text('actor').notNull(),
    command: text('command').notNull(),
    node: text('node'),
    /** JSON; null for none. */
    sources: text('sources'),
    run: text('run'),
    cause: text('cause'),
  },
  (table) => [uniqueIndex('events_stream_version').on(table.stream, table.version)],
);

/** What each command wrote, so that the same command again gives the first result. */
export const commands = sqliteTable(
  'commands',
  {
    stream: integer('stream')
      .notNull()
      .references(() => streams.id),
    command: text('command').notNull(),
    /** First and last version that it wrote; `last` is below `first` for a command that wrote nothing. */
    first: integer('first').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.command] })],
);

/** Which chat a channel is bound to: at most one channel for a chat, and one chat for a channel. */
export const bindings = sqliteTable('bindings', {
  channel: text('channel').primaryKey(),
  chat: text('chat').notNull().unique(),
});

/** Work that is owed. A row goes when the work is done. */
export const jobs = sqliteTable('jobs', {
  key: text('key').primaryKey(),
  kind: text('kind', { enum: ['answer', 'deliver'] }).notNull(),
  chat: text('chat').notNull(),
  node: text('node'),
});

/** Pictures, by the SHA-256 of their bytes. */
export const assets = sqliteTable('assets', {
  hash: text('hash').primaryKey(),
  type: text('type').notNull(),
  bytes: blob('bytes', { mode: 'buffer' }).notNull(),
});

/** What has been said once and is not said again. */
export const notices = sqliteTable('notices', { key: text('key').primaryKey() });

/** Every message that shows a part of a reply. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    chat: text('chat').notNull(),
    node: text('node').notNull(),
    part: integer('part').notNull(),
    channel: text('channel').notNull(),
    message: text('message'),
    by: text('by', { enum: ['webhook', 'bot'] }).notNull(),
    /** JSON of `{ content, raw }`. */
    shown: text('shown'),
    pending: text('pending'),
  },
  (table) => [
    primaryKey({ columns: [table.node, table.part] }),
    index('deliveries_message').on(table.message),
  ],
);

/** The card in a channel that says why the last reply failed: one at most, taken away when one succeeds. */
export const cards = sqliteTable('cards', {
  channel: text('channel').primaryKey(),
  message: text('message').notNull(),
  failure: text('failure').notNull(),
});
