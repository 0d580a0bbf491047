import type { Database } from 'better-sqlite3';
import type { ChatId, NodeId } from '../engine/ids.ts';
import { chatStream } from '../engine/ids.ts';

/** The steps of a chat's line that people made by hand, the newest first; the index holds no others. */
export function editList(db: Database) {
  const list = db
    .prepare<object, NodeId>(
      `SELECT DISTINCT n.name, n.position FROM (
           SELECT DISTINCT f.stream FROM lines k JOIN nodes f ON f.id = k.stretch
           WHERE k.stream = (SELECT id FROM streams WHERE name = @chat)) h
         CROSS JOIN events e INDEXED BY events_by_hand
           ON e.id BETWEEN h.stream * 4294967296 AND h.stream * 4294967296 + 4294967295
         CROSS JOIN nodes n ON n.id = e.node
         JOIN lines l ON l.stream = (SELECT id FROM streams WHERE name = @chat)
           AND l.stretch = n.stretch AND n.position BETWEEN l.first AND l.last
       WHERE e.run IS NULL AND e.node IS NOT NULL AND e.type <> 'UserSpoke'
         AND e.type <> 'ReplyStarted' AND e.type <> 'ReplyCompleted'
         AND e.type <> 'ReplyContinued' AND e.type <> 'ReplyFailed'
         AND n.parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.node = n.id)
       ORDER BY n.position DESC LIMIT @limit OFFSET @offset`,
    )
    .pluck();
  return (chat: ChatId, page: { readonly offset: number; readonly limit: number }): NodeId[] =>
    list.all({ chat: chatStream(chat), ...page });
}
