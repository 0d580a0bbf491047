/** What is read of stories: all of it follows from the log. */
import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';

/** Which chat a channel is bound to: at most one channel for a chat, and one chat for a channel. */
export const bindings = sqliteTable('bindings', {
  channel: text('channel').primaryKey(),
  chat: text('chat').notNull().unique(),
});

/** Steps of stories, by number. A stretch is named by its first node. */
export const nodes = sqliteTable(
  'nodes',
  {
    id: integer('id').primaryKey(),
    name: text('name').notNull().unique(),
    stream: integer('stream').notNull(),
    parent: integer('parent'),
    stretch: integer('stretch').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    uniqueIndex('nodes_stretch_position').on(table.stretch, table.position),
    // The next of a stretch is found by its position; this finds those that begin one.
    index('nodes_forks').on(table.parent).where(sql`id = stretch`),
  ],
);

/** What is needed to take up a chat without reading its story. */
export const chats = sqliteTable('chats', {
  stream: integer('stream').primaryKey(),
  /** The stream of the chat that the story began in. */
  root: integer('root').notNull(),
  /** JSON of the frame as of `frame_version`, folded by the code of `fingerprint`. */
  frame: text('frame'),
  frameVersion: integer('frame_version'),
  fingerprint: text('fingerprint'),
});

/** Every channel that a chat was ever played in, the one that it is bound to included. */
export const rooms = sqliteTable(
  'rooms',
  {
    stream: integer('stream').notNull(),
    channel: text('channel').notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.channel] })],
);

/** What a home's list of stories shows; where they are played is among the bindings. */
export const storylines = sqliteTable(
  'storylines',
  {
    stream: integer('stream').primaryKey(),
    home: text('home').notNull(),
    name: text('name').notNull(),
    owner: text('owner').notNull(),
    archived: integer('archived').notNull(),
  },
  (table) => [index('storylines_home').on(table.home)],
);

/** Everyone who ever took part in a chat, by the name that they last had there. */
export const participants = sqliteTable(
  'participants',
  {
    stream: integer('stream').notNull(),
    entity: text('entity').notNull(),
    name: text('name').notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.entity] })],
);

/**
 * The line of each chat: what is visible is a join with it. A stretch that grows with its chat's head
 * has no `last` (`OPEN`), so that going on writes nothing here. Without row ids.
 */
export const lines = sqliteTable(
  'lines',
  {
    stream: integer('stream').notNull(),
    stretch: integer('stretch').notNull(),
    first: integer('first').notNull(),
    last: integer('last').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.stream, table.stretch] }),
    // Where on a long line a step is, without reading all of the line.
    index('lines_last').on(table.stream, table.last),
  ],
);

/** Turns with their text as last left. */
export const turns = sqliteTable('turns', {
  node: integer('node').primaryKey(),
  by: text('by').notNull(),
  kind: text('kind', { enum: ['user', 'reply'] }).notNull(),
  text: text('text').notNull(),
});

/** Named nodes: unique within a story and its branches. */
export const saves = sqliteTable(
  'saves',
  {
    root: integer('root').notNull(),
    name: text('name').notNull(),
    node: integer('node').notNull(),
  },
  (table) => [primaryKey({ columns: [table.root, table.name] })],
);

/** States after nodes: every one of them can be folded again. */
export const snapshots = sqliteTable(
  'snapshots',
  {
    node: integer('node').primaryKey(),
    stretch: integer('stretch').notNull(),
    position: integer('position').notNull(),
    fingerprint: text('fingerprint').notNull(),
    state: text('state').notNull(),
    /** JSON of the nodes whose words have changed since; null where the state is right. */
    unseen: text('unseen'),
  },
  (table) => [index('snapshots_stretch').on(table.stretch, table.position)],
);

/** The Discord message that each turn of a person was, by its id, which is a number of 63 bits. */
export const messages = sqliteTable(
  'messages',
  {
    message: integer('message').primaryKey(),
    node: integer('node').notNull(),
  },
  (table) => [index('messages_node').on(table.node)],
);

/** What people played of a day, for limits; see the row `usage`. */
export const usage = sqliteTable(
  'usage',
  {
    home: text('home').notNull(),
    day: text('day').notNull(),
    person: text('person').notNull(),
    turns: integer('turns').notNull(),
    tokens: integer('tokens').notNull(),
  },
  (table) => [primaryKey({ columns: [table.home, table.day, table.person] })],
);
