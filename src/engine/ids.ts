import { z } from 'zod';

/** A Discord user taking part (`user:<discord id>`) or an authored persona (`character:<id>`). */
export const entityId = z.string().regex(/^(user|character):[A-Za-z0-9_-]{1,64}$/);
export type EntityId = z.infer<typeof entityId>;

export const placeId = z.string().regex(/^place:[A-Za-z0-9_-]{1,64}$/);
export type PlaceId = z.infer<typeof placeId>;

export const bookId = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
export type BookId = z.infer<typeof bookId>;

/** One step of a story. Opaque, unique across all chats, so that a branch can name its parent's nodes. */
export const nodeId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export type NodeId = z.infer<typeof nodeId>;

export const chatId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export type ChatId = z.infer<typeof chatId>;

/** What owns characters: a guild's id, or `dm-<user id>` for a person's direct messages. */
export const homeId = z.string().regex(/^(dm-)?\d{1,20}$/);
export type HomeId = z.infer<typeof homeId>;

/** A person's direct messages, not a guild. */
export const isDirect = (home: HomeId): boolean => home.startsWith('dm-');

/** A Discord id. */
export const snowflake = z.string().regex(/^\d{17,20}$/);

export type Stream = `home:${HomeId}` | `chat:${ChatId}`;
export const homeStream = (home: HomeId): Stream => `home:${home}`;
export const chatStream = (chat: ChatId): Stream => `chat:${chat}`;

export const isCharacter = (entity: EntityId): boolean => entity.startsWith('character:');

/** Who caused an event: an entity, or the engine itself. */
export const actor = z.union([entityId, z.literal('troupe')]);
export type Actor = z.infer<typeof actor>;
