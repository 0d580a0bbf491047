import type { Database } from 'better-sqlite3';
import { type DomainEvent, placeOf } from '../engine/event.ts';
import type { NodeId, Stream } from '../engine/ids.ts';
import type { Archive, StoryNode } from '../engine/node.ts';
import { EVENT_COLUMNS, type EventRow, eventReader } from './storedEvents.ts';

interface NodeRow {
  readonly id: number;
  readonly name: string;
  readonly stream: string;
  readonly parent: string | null;
  readonly stretch: string;
  readonly position: number;
}

type WalkedRow = EventRow & { readonly node: NodeId; readonly position: number };

const NODES = `SELECT n.id, n.name, s.name AS stream, p.name AS parent, f.name AS stretch, n.position
  FROM nodes n JOIN streams s ON s.id = n.stream JOIN nodes f ON f.id = n.stretch
  LEFT JOIN nodes p ON p.id = n.parent`;

/** Rows that are read at once in a long walk over a stretch. */
const CHUNK = 500;

/** Stories as the log holds them, one node or stretch at a time. */
export function storyArchive(db: Database, fingerprint: string): Archive {
  const byName = db.prepare<[string], NodeRow>(`${NODES} WHERE n.name = ?`);
  const after = db.prepare<{ parent: string }, NodeRow>(
    `${NODES} WHERE n.id IN (
       SELECT c.id FROM nodes a JOIN nodes c ON c.stretch = a.stretch AND c.position = a.position + 1
       WHERE a.name = @parent
       UNION ALL SELECT c.id FROM nodes a JOIN nodes c INDEXED BY nodes_forks
         ON c.parent = a.id AND c.id = c.stretch WHERE a.name = @parent)
     ORDER BY n.id`,
  );
  const eventsOf = db.prepare<[string, number], EventRow>(
    `SELECT ${EVENT_COLUMNS}, ? AS node FROM events e WHERE e.node = ? ORDER BY e.id`,
  );
  const numberOf = db.prepare<[string], { id: number; stream: string }>(
    'SELECT n.id, s.name AS stream FROM nodes n JOIN streams s ON s.id = n.stream WHERE n.name = ?',
  );
  const walk = db.prepare<[number, number, number], WalkedRow>(
    `SELECT ${EVENT_COLUMNS}, n.name AS node, n.position
     FROM nodes n JOIN events e ON e.node = n.id
     WHERE n.stretch = ? AND n.position BETWEEN ? AND ? ORDER BY n.position, e.id`,
  );
  // What was derived comes whole: which run counts is told by all of it.
  const walkSome = db.prepare<[number, number, number, string], WalkedRow>(
    `SELECT ${EVENT_COLUMNS}, n.name AS node, n.position
     FROM nodes n JOIN events e ON e.node = n.id
     WHERE n.stretch = ? AND n.position BETWEEN ? AND ?
       AND (e.run IS NOT NULL OR e.type IN (SELECT value FROM json_each(?)))
     ORDER BY n.position, e.id`,
  );
  const parentAt = db
    .prepare<[number, number], string | null>(
      `SELECT p.name FROM nodes n JOIN nodes p ON p.id = n.parent
       WHERE n.stretch = ? AND n.position = ?`,
    )
    .pluck();
  const tip = db.prepare<[string], { last: number | null }>(
    'SELECT MAX(position) AS last FROM nodes WHERE stretch = (SELECT id FROM nodes WHERE name = ?)',
  );
  const snapshot = db.prepare<
    [string, number, string],
    { node: string; position: number; state: string }
  >(
    `SELECT n.name AS node, s.position, s.state FROM snapshots s JOIN nodes n ON n.id = s.node
     WHERE s.stretch = (SELECT id FROM nodes WHERE name = ?) AND s.position <= ? AND s.fingerprint = ?
       AND s.unseen IS NULL
     ORDER BY s.position DESC LIMIT 1`,
  );

  const toNode = (row: NodeRow): StoryNode => {
    const events = eventsOf.all(row.name, row.id).map(eventReader(row.stream as Stream));
    return {
      id: row.name,
      chat: chatOf(row.stream),
      parent: row.parent,
      stretch: row.stretch,
      position: row.position,
      own: events.filter(isOwn),
      results: events.filter((event) => !isOwn(event)),
    };
  };

  return {
    node: (id) => {
      const row = byName.get(id);
      return row === undefined ? null : toNode(row);
    },
    children: (parent) => after.all({ parent }).map(toNode),
    tip: (stretch) => tip.get(stretch)?.last ?? 0,
    snapshot: (stretch, upTo) => {
      const row = snapshot.get(stretch, upTo, fingerprint);
      if (row === undefined) return null;
      try {
        return { ...row, state: JSON.parse(row.state) };
      } catch {
        // Cut off in writing: it is folded again.
        return null;
      }
    },
    *nodes(stretch, first, last, only = null) {
      const known = numberOf.get(stretch);
      if (known === undefined) return;
      const { id, stream } = known;
      const chat = chatOf(stream);
      const read = eventReader(stream as Stream);
      const kinds = only === null ? null : JSON.stringify(only);
      let parent = parentAt.get(id, first) ?? null;
      for (let from = first; from <= last; from += CHUNK) {
        let node: StoryNode | null = null;
        const until = Math.min(last, from + CHUNK - 1);
        const rows =
          kinds === null ? walk.all(id, from, until) : walkSome.all(id, from, until, kinds);
        for (const row of rows) {
          const event = read(row);
          const own = isOwn(event);
          if (node?.id === event.node) {
            (own ? node.own : node.results).push(event);
            continue;
          }
          if (node !== null) yield node;
          const { node: name, position } = row;
          // Most nodes are one event, and an array that grows takes the room of sixteen.
          const [opened, results] = own ? [[event], []] : [[], [event]];
          node = { id: name, chat, parent, stretch, position, own: opened, results };
          parent = name;
        }
        if (node !== null) yield node;
      }
    },
  };
}

const chatOf = (stream: string): string => stream.slice('chat:'.length);
const isOwn = (event: DomainEvent): boolean => placeOf(event) === 'opens';
