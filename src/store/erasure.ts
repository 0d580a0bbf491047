import type { Database } from 'better-sqlite3';
import type { Erasures, UsageOfDay } from '../app/ports/erasures.ts';
import { SOMEONE } from '../engine/blanking.ts';
import type { DomainEvent } from '../engine/event.ts';
import type { Stream } from '../engine/ids.ts';
import type { Unseen } from '../engine/mending.ts';
import type { NumbersOf } from './names.ts';
import { EVENT_COLUMNS, type EventRow, eventNumber, eventReader } from './storedEvents.ts';

/** Pages of the full-text index that are merged in one step. */
const MERGED = 64;
/** Above every version. */
const LAST = 2 ** 32 - 1;

const WHOLE: Unseen = { nodes: [], whole: true };

/** Writes over the log: the one exception to its rows being only ever added to. */
export function erasures(db: Database, numbers: NumbersOf, fingerprint: string): Erasures {
  const find = db.prepare<[string], number>('SELECT 1 FROM erasures WHERE id = ?').pluck();
  const add = db.prepare<[string]>('INSERT OR IGNORE INTO erasures (id) VALUES (?)');
  const homes = db
    .prepare<[], string>("SELECT substr(name, 6) FROM streams WHERE name LIKE 'home:%' ORDER BY id")
    .pluck();
  const families = db.prepare<{ home: string | null }, { root: number; chat: string }>(
    `SELECT c.root, substr(s.name, 6) AS chat FROM chats c JOIN streams s ON s.id = c.stream
     WHERE @home IS NULL
       OR c.root IN (SELECT k.root FROM chats k JOIN storylines l ON l.stream = k.stream
         WHERE l.home = @home)
     ORDER BY c.root, s.id`,
  );
  const reading = (order: 'ASC' | 'DESC') =>
    db.prepare<[number, number, number], EventRow>(
      `SELECT ${EVENT_COLUMNS}, n.name AS node FROM events e LEFT JOIN nodes n ON n.id = e.node
       WHERE e.id BETWEEN ? AND ? ORDER BY e.id ${order} LIMIT ?`,
    );
  const [forwards, backwards] = [reading('ASC'), reading('DESC')];
  const overwrite = db.prepare<[number, string, string, number]>(
    'UPDATE events SET schema = ?, payload = ?, actor = ? WHERE id = ?',
  );
  const renameSave = db.prepare<{ name: string; stream: number; before: string }>(
    `UPDATE saves SET name = @name
     WHERE root = (SELECT root FROM chats WHERE stream = @stream) AND name = @before`,
  );
  const payloadOf = db.prepare<[number], string>('SELECT payload FROM events WHERE id = ?').pluck();
  const family = 'SELECT stream FROM chats WHERE root = @root';
  const chatsOf = `SELECT substr(name, 6) FROM streams WHERE id IN (${family})`;
  const kept = `SELECT s.node FROM snapshots s JOIN nodes n ON n.id = s.node
    WHERE n.stream IN (${family})`;
  const forgetting = [
    'UPDATE chats SET frame = NULL, frame_version = NULL, fingerprint = NULL WHERE root = @root',
    `DELETE FROM snapshots WHERE fingerprint <> @fingerprint AND node IN (${kept})`,
    `UPDATE snapshots SET unseen = @whole WHERE node IN (${kept})`,
    `DELETE FROM classifier_failures WHERE chat IN (${chatsOf})`,
    `UPDATE jobs SET error = NULL WHERE chat IN (${chatsOf})`,
    `UPDATE participants SET name = @someone WHERE entity = @person AND stream IN (${family})`,
  ].map((sql) => db.prepare<object>(sql));
  const usage = db.prepare<{ person: string; home: string | null }, UsageOfDay>(
    `SELECT home, day, turns, tokens FROM usage
     WHERE person = @person AND (@home IS NULL OR home = @home) ORDER BY day, home`,
  );
  const drafts = db
    .prepare<[string, string], string>(
      "SELECT content FROM drafts WHERE instr(id, ?) > 0 OR json_extract(content, '$.person') = ?",
    )
    .pluck();
  const forgetDrafts = db.prepare<[string, string]>(
    "DELETE FROM drafts WHERE instr(id, ?) > 0 OR json_extract(content, '$.person') = ?",
  );
  const forgetNotices = db.prepare<[string]>('DELETE FROM notices WHERE instr(key, ?) > 0');
  const forgetPicture = db.prepare<{ hash: string }>(
    `DELETE FROM assets WHERE hash = @hash AND NOT EXISTS (
       SELECT 1 FROM events WHERE type IN
         ('CharacterAuthored', 'CharacterRevised', 'EntityEntered', 'SheetUpdated')
         AND instr(payload, @hash) > 0)`,
  );
  const merge = db.prepare<[number]>(
    "INSERT INTO memory_index (memory_index, rank) VALUES ('merge', ?)",
  );
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();

  const numberOf = (stream: Stream): number => {
    const number = numbers.stream(stream);
    if (number === null) throw new Error(`the store has no stream ${stream}`);
    return number;
  };

  const write = ({ stream, version, type, schema, payload, actor }: DomainEvent): void => {
    const number = numberOf(stream);
    const id = eventNumber(number, version);
    if (type === 'ContextSaved') {
      const { name: before } = JSON.parse(payloadOf.get(id) ?? '{}');
      renameSave.run({ name: payload.name, stream: number, before });
    }
    overwrite.run(schema, JSON.stringify(payload), actor, id);
  };

  return {
    isDone: (id) => find.get(id) !== undefined,
    done: (id) => void add.run(id),
    homes: (home) => homes.all().filter((each) => home === null || each === home),
    stories: (home) => {
      const byRoot = Map.groupBy(families.all({ home }), ({ root }) => root);
      return [...byRoot.values()].map((rows) => rows.map(({ chat }) => chat));
    },
    after: (stream, version, limit) => {
      const number = numberOf(stream);
      return forwards
        .all(eventNumber(number, version + 1), eventNumber(number, LAST), limit)
        .map(eventReader(stream));
    },
    before: (stream, version, limit) => {
      const number = numberOf(stream);
      const last = Math.min(version - 1, LAST);
      return backwards
        .all(eventNumber(number, 1), eventNumber(number, last), limit)
        .map(eventReader(stream));
    },
    overwrite: db.transaction((events: readonly DomainEvent[]) => events.forEach(write)),
    forgetStory: db.transaction((chat: string, person: string) => {
      const root = numberOf(`chat:${chat}`);
      const whole = JSON.stringify(WHOLE);
      const values = { root, fingerprint, whole, person, someone: SOMEONE };
      for (const statement of forgetting) statement.run(values);
    }),
    usageOf: (person, home) => usage.all({ person, home }),
    draftsOf: (person) => drafts.all(idOf(person), person).map((text) => JSON.parse(text)),
    forgetPerson: (person) => {
      const id = idOf(person);
      forgetDrafts.run(id, person);
      forgetNotices.run(id);
    },
    forgetPictures: (hashes) => {
      for (const hash of hashes) forgetPicture.run({ hash });
    },
    *compact() {
      // A negative figure begins a merge of everything; it is whole when a step finds nothing to do.
      for (let pages = -MERGED; ; pages = MERGED) {
        const before = changes.get() ?? 0;
        merge.run(pages);
        yield;
        if ((changes.get() ?? 0) - before < 2) break;
      }
      db.exec('VACUUM');
      yield;
    },
    settle: () => {
      const [waited] = db.pragma('busy_timeout') as { timeout: number }[];
      db.pragma('busy_timeout = 0');
      try {
        const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
        return result?.busy === 0;
      } finally {
        db.pragma(`busy_timeout = ${waited?.timeout ?? 5_000}`);
      }
    },
  };
}

/** The Discord id of a person. */
const idOf = (person: string): string => person.slice(person.indexOf(':') + 1);
