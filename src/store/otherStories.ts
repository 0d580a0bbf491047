import type { Database } from 'better-sqlite3';
import type { OtherStory, ToldElsewhere } from '../app/ports/store.ts';
import { type ChatId, chatStream, type EntityId } from '../engine/ids.ts';
import { COMMON, ON_LINE, type Reading, toFound } from './memorySearch.ts';
import { tellableMatch } from './scope.ts';
import { eventNumber } from './storedEvents.ts';

interface ListRow extends Omit<OtherStory, 'rooms'> {
  /** JSON. */
  readonly rooms: string;
}

/** Matches that a search comes back with, and those that it looks at for them. */
const MATCHES = 12;
const LOOKED_AT = 200;

/**
 * What a character remembers of other stories of its home. The index is asked for what may be told alone,
 * and what is not on the line of one of the chats is never ranked. Words that are in {@link COMMON} of
 * what may be told remind of nothing in particular.
 *
 * @param visible a row as it reads on a line; null where it does not.
 */
export function otherStories(
  db: Database,
  visible: (row: number, stream: number, after: number) => Reading | null,
) {
  const list = db.prepare<object, ListRow>(
    `SELECT chat, root, name, (
       SELECT json_group_array(DISTINCT o.channel) FROM rooms o WHERE o.stream = t.stream
         OR o.stream IN (SELECT n.stream FROM lines l JOIN nodes n ON n.id = l.stretch
           WHERE l.stream = t.stream)) AS rooms
     FROM (
       SELECT t.stream, t.name, substr(s.name, 6) AS chat, substr(r.name, 6) AS root,
         (SELECT at FROM events WHERE id = s.id * ${eventNumber(1, 0)} + s.version) AS changed
       FROM storylines here JOIN chats h ON h.stream = here.stream
         JOIN storylines t ON t.home = here.home JOIN chats c ON c.stream = t.stream
         JOIN participants p ON p.stream = t.stream AND p.entity = @owner
         JOIN streams s ON s.id = t.stream JOIN streams r ON r.id = c.root
       WHERE here.stream = (SELECT id FROM streams WHERE name = @stream) AND c.root <> h.root
       ORDER BY changed DESC, t.stream DESC LIMIT @limit) t
     ORDER BY changed DESC, stream DESC`,
  );
  const places = db.prepare<[string], { stream: number; root: number; chat: ChatId }>(
    `SELECT c.stream, c.root, substr(s.name, 6) AS chat FROM chats c
     JOIN streams s ON s.id = c.stream
     WHERE s.name IN (SELECT 'chat:' || value FROM json_each(?))`,
  );
  const reset = db
    .prepare<object, number | null>(
      `SELECT MAX(n.position) FROM resets r JOIN nodes n ON n.id = r.node
         JOIN lines l ON ${ON_LINE('n', 'l')} WHERE r.owner = @owner`,
    )
    .pluck();
  const count = db
    .prepare<[string], number>(
      `SELECT COUNT(*) FROM (
         SELECT 1 FROM memory_index WHERE memory_index MATCH ? LIMIT ${COMMON})`,
    )
    .pluck();
  const weigh = db.prepare<object, { id: number; stream: number; match: number }>(
    `WITH there AS MATERIALIZED (SELECT stream, stretch, first, last FROM lines
       WHERE stream IN (SELECT value FROM json_each(@streams)))
     SELECT i.rowid AS id, l.stream, -bm25(memory_index, 0, 1) AS match FROM memory_index i
       CROSS JOIN memories m ON m.id = i.rowid
       CROSS JOIN there l ON l.stretch = m.stretch AND m.position BETWEEN l.first AND l.last
     WHERE memory_index MATCH @match ORDER BY match DESC, id DESC LIMIT ${LOOKED_AT}`,
  );
  return {
    list: (chat: ChatId, owner: EntityId, limit: number): OtherStory[] =>
      list
        .all({ stream: chatStream(chat), owner, limit })
        .map(({ rooms, ...story }) => ({ ...story, rooms: JSON.parse(rooms) })),
    search: (
      chats: readonly ChatId[],
      owner: EntityId,
      words: readonly string[],
    ): ToldElsewhere[] => {
      const there = places.all(JSON.stringify(chats));
      if (there.length === 0) return [];
      const after = new Map(
        there.map(({ stream, chat }) => {
          return [stream, { chat, position: reset.get({ stream, owner }) ?? -1 }] as const;
        }),
      );
      const roots = there.map(({ root }) => root);
      const streams = JSON.stringify([...after.keys()]);
      const asking = (some: readonly string[]) => tellableMatch(roots, owner, some);
      const rare = words.filter((word) => (count.get(asking([word])) ?? 0) < COMMON);
      if (rare.length === 0) return [];
      const found: ToldElsewhere[] = [];
      for (const { id, stream, match } of weigh.all({ streams, match: asking(rare) })) {
        const from = after.get(stream);
        const reading = from === undefined ? null : visible(id, stream, from.position);
        if (from === undefined || reading?.id !== id) continue;
        found.push({ ...toFound(reading, match), chat: from.chat });
        if (found.length === MATCHES) break;
      }
      return found;
    },
  };
}
