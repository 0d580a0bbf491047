/** What Discord shows of stories: no log has it. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
    /** 1 while buttons may stand under it. */
    buttons: integer('buttons').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.node, table.part] }),
    index('deliveries_message').on(table.message),
    index('deliveries_buttons').on(table.channel).where(sql`buttons = 1`),
  ],
);

/** Messages of a story that have left it: taken away when the story moves on, unless they come back. */
export const leaving = sqliteTable(
  'leaving',
  {
    message: text('message').primaryKey(),
    chat: text('chat').notNull(),
    node: text('node').notNull(),
    /** Whose message it is; `stays` for a person's that shows its turn no more, whatever became of it. */
    by: text('by', { enum: ['user', 'webhook', 'bot', 'stays'] }).notNull(),
  },
  (table) => [index('leaving_chat').on(table.chat)],
);

/** The line in a channel above which messages have left the story, while they can come back. */
export const dividers = sqliteTable('dividers', {
  chat: text('chat').primaryKey(),
  message: text('message').notNull(),
});

/** The card in a channel that says why the last reply failed: one at most, taken away when one succeeds. */
export const cards = sqliteTable('cards', {
  channel: text('channel').primaryKey(),
  message: text('message').notNull(),
  failure: text('failure').notNull(),
});

/** The message in a channel that shows the state of its story and follows it: one at most. */
export const panels = sqliteTable('panels', {
  channel: text('channel').primaryKey(),
  chat: text('chat').notNull(),
  message: text('message').notNull(),
  /** The message that showed it before, until it is taken away. */
  old: text('old'),
  /** Who put it there. */
  by: text('by').notNull(),
  /** Milliseconds since 1970. */
  posted: integer('posted').notNull(),
});

/** How far each channel that a story is played in was read. Ids of messages are numbers of 63 bits. */
export const seen = sqliteTable('seen', {
  channel: text('channel').primaryKey(),
  /** Where the story that is played there began to be: what is older is none of its own. */
  since: integer('since').notNull(),
  /** The newest message that was taken, or refused. */
  message: integer('message').notNull(),
});
