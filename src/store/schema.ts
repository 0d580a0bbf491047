import { sql } from 'drizzle-orm';
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

/** Memories as written (`node` is `memory`), and what was done to them at later nodes. */
export const memories = sqliteTable(
  'memories',
  {
    id: integer('id').primaryKey(),
    node: integer('node').notNull(),
    stretch: integer('stretch').notNull(),
    position: integer('position').notNull(),
    memory: integer('memory').notNull(),
    owner: text('owner').notNull(),
    text: text('text'),
    forgotten: integer('forgotten').notNull(),
    significance: integer('significance'),
    /** The node that opened its scene. */
    scene: integer('scene'),
    /** Minutes of the story's clock. */
    storyTime: integer('story_time'),
  },
  (table) => [
    index('memories_node').on(table.node),
    index('memories_memory').on(table.memory, table.owner, table.position),
    index('memories_stretch').on(table.stretch, table.owner, table.position),
  ],
);

/** Which words a memory was made from. */
export const memorySources = sqliteTable(
  'memory_sources',
  {
    memory: integer('memory').notNull(),
    node: integer('node').notNull(),
    revision: integer('revision').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.memory, table.node] }),
    index('memory_sources_node').on(table.node),
  ],
);

/** What memories mean, as an embeddings model has it; gone with the row. Empty without such a model. */
export const memoryVectors = sqliteTable('memory_vectors', {
  memory: integer('memory').primaryKey(),
  model: text('model').notNull(),
  /** 32-bit floats, of length 1 together. */
  vector: blob('vector', { mode: 'buffer' }).notNull(),
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

/** Work that is owed. A row goes when the work is done. */
export const jobs = sqliteTable(
  'jobs',
  {
    key: text('key').primaryKey(),
    kind: text('kind', {
      enum: ['answer', 'deliver', 'show', 'digest', 'summary', 'room', 'whisper'],
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
    /** 1 while buttons may stand under it. */
    buttons: integer('buttons').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.node, table.part] }),
    index('deliveries_message').on(table.message),
    index('deliveries_buttons').on(table.channel).where(sql`buttons = 1`),
  ],
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

/** Messages of a story that have left it: taken away when the story moves on, unless they come back. */
export const leaving = sqliteTable(
  'leaving',
  {
    message: text('message').primaryKey(),
    chat: text('chat').notNull(),
    node: text('node').notNull(),
    /** Whose message it is; `stays` for a person's that nobody could take away. */
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
