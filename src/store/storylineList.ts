import type { Database } from 'better-sqlite3';
import type { Storyline } from '../app/ports/store.ts';
import type { HomeId } from '../engine/ids.ts';
import { eventNumber } from './storedEvents.ts';

interface ListRow extends Omit<Storyline, 'archived' | 'participants' | 'playedAt'> {
  readonly stream: number;
  readonly version: number;
  readonly archived: 0 | 1;
}

/** The stories of homes, as lists show them. */
export function storylineList(db: Database): (home: HomeId) => Storyline[] {
  const list = db.prepare<[HomeId], ListRow>(
    `SELECT l.stream, s.version, substr(s.name, 6) AS chat, l.name, l.owner, l.archived, b.channel
     FROM storylines l JOIN streams s ON s.id = l.stream
     LEFT JOIN bindings b ON b.chat = substr(s.name, 6) WHERE l.home = ?`,
  );
  const participants = db.prepare<[number], Storyline['participants'][number]>(
    'SELECT entity, name FROM participants WHERE stream = ? ORDER BY rowid',
  );
  // Read from the end: whatever else came after the last words is little.
  const played = db
    .prepare<[number, number], string>(
      `SELECT at FROM events WHERE id BETWEEN ? AND ? AND type IN
         ('UserSpoke', 'ReplyStarted', 'ReplyContinued', 'ChatCreated', 'ChatBranched')
       ORDER BY id DESC LIMIT 1`,
    )
    .pluck();
  return (home) =>
    list
      .all(home)
      .map(({ stream, version, archived, ...row }) => ({
        ...row,
        archived: archived === 1,
        participants: participants.all(stream),
        playedAt: played.get(eventNumber(stream, 1), eventNumber(stream, version)) ?? '',
      }))
      .sort((a, b) => b.playedAt.localeCompare(a.playedAt));
}
