/** What characters remember: follows from the log. Its texts are searched by `memory_index`, a table of its own kind. */
import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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

/** Nodes at which somebody began anew: what they remembered before is not theirs after that. */
export const resets = sqliteTable(
  'resets',
  {
    node: integer('node').notNull(),
    owner: text('owner').notNull(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.node] })],
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
