/** Finding memories in large stores, against the bare scope query on the same rows. */
import { openDatabase } from '../../src/store/openDatabase.ts';
import { matchOf, scopeOf } from '../../src/store/scope.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { seeded } from '../support/seeded.ts';
import { type Figure, interleaved, type Part } from './figure.ts';

const QUERIES = 60;
const TERMS = 8;
const WORDS = 20_000;
const PER_MEMORY = 14;
/** Memories of one character in one story. */
const PER_STORY = 2_000;
/** Steps of a story between two memories. */
const EVERY = 2;

export const retrieval: Part = {
  name: 'retrieval',
  run: async () => [
    await measured(100_000, PER_STORY, true),
    await measured(1_000_000, PER_STORY, true),
    await measured(25_000, 25_000, false),
  ],
};

/** Words as they are spread in a language: few are everywhere, most are rare. */
function vocabulary(random: () => number) {
  const skew = Math.log(WORDS);
  return () => `w${Math.floor(Math.exp(random() * skew))}x`;
}

/** A store of stories of one character each, told in bulk: the bench measures finding, not writing. */
function filled(memories: number, perStory: number, varied: boolean) {
  const random = seeded(memories);
  const word = vocabulary(random);
  const { db, close } = openDatabase(':memory:');
  const store = sqliteStore({ db, close });
  const stories = memories / perStory;
  const insert = (table: string, columns: string) =>
    db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`);
  const addStream = insert('streams', 'id, name, version');
  const addChat = insert('chats', 'stream, root');
  const addNode = insert('nodes', 'id, name, stream, stretch, position');
  const addLine = insert('lines', 'stream, stretch, first, last');
  const addMemory = insert(
    'memories',
    'id, node, stretch, position, memory, owner, text, forgotten, significance, scene, story_time',
  );
  const addText = insert('memory_index', 'rowid, scope, text');
  const owner = 'character:mira';
  const textOf = (at: number) =>
    varied
      ? Array.from({ length: PER_MEMORY }, word).join(' ')
      : `On day ${at} the ferry brought crate ${at % 997} and letter ${at % 89}.`;
  db.transaction(() => {
    for (let story = 1; story <= stories; story += 1) {
      addStream.run(story, `chat:c${story}`, 0);
      addChat.run(story, story);
      const first = story * perStory;
      addLine.run(story, first, 0, perStory * EVERY);
    }
    // Stories grow side by side.
    for (let at = 0; at < perStory; at += 1) {
      for (let story = 1; story <= stories; story += 1) {
        const id = story * perStory + at;
        const position = at * EVERY;
        const stretch = story * perStory;
        addNode.run(id, `n${id}`, story, stretch, position);
        const scene = id - (at % 20);
        addMemory.run(id, id, stretch, position, id, owner, textOf(at), 0, at % 3, scene, at * 10);
      }
    }
    for (const row of db
      .prepare<[], { id: number; stream: number; text: string }>(
        'SELECT m.id, n.stream, m.text FROM memories m JOIN nodes n ON n.id = m.node',
      )
      .all()) {
      addText.run(row.id, scopeOf(row.stream, owner, [owner, 'user:1']), row.text);
    }
  })();
  const asked = Array.from({ length: QUERIES }, (_, at) => ({
    story: 1 + (at % stories),
    words: varied
      ? [...new Set(Array.from({ length: TERMS }, word))]
      : ['ferry', 'brought', 'letter', `${at % 89}`],
  }));
  return { db, store, owner, asked };
}

async function measured(memories: number, perStory: number, varied: boolean): Promise<Figure> {
  const { db, store, owner, asked } = filled(memories, perStory, varied);
  const bare = db.prepare(
    `SELECT rowid FROM memory_index WHERE memory_index MATCH ?
     ORDER BY bm25(memory_index, 0, 1) LIMIT 20`,
  );
  const took: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (const { story, words } of asked) {
    const { ours, reference } = await interleaved(
      () => store.nearMemories(`c${story}`, owner, { words, after: -1 }),
      () => bare.all(matchOf(story, owner, words)),
    );
    took.ours.push(ours);
    took.bare.push(reference);
  }
  store.close();
  const [value, reference] = [p95(took.ours), p95(took.bare)];
  const kind = varied ? '' : ' of one story, all of which match';
  return {
    figure: `retrieval p95 at ${memories.toLocaleString('en')} memories${kind}`,
    value,
    unit: 'ms',
    reference,
    ratio: value / reference,
    goal: 'at most 1.3 of the bare scope query',
    ok: value <= 1.3 * reference,
  };
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
