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
    await elsewhere(),
  ],
};

/** Words as they are spread in a language: few are everywhere, most are rare. */
function vocabulary(random: () => number) {
  const skew = Math.log(WORDS);
  return () => `w${Math.floor(Math.exp(random() * skew))}x`;
}

/** A store of stories of one character each, told in bulk: the bench measures finding, not writing. */
function filled(sizes: readonly number[], varied: boolean) {
  const random = seeded(sizes.reduce((sum, size) => sum + size, 0));
  const word = vocabulary(random);
  const { db, close } = openDatabase(':memory:');
  const store = sqliteStore({ db, close });
  const insert = (table: string, columns: string) =>
    db.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`);
  const addStream = insert('streams', 'id, name, version');
  const addChat = insert('chats', 'stream, root');
  const addNode = insert('nodes', 'id, name, stream, stretch, position');
  const addStory = insert('storylines', 'stream, home, name, owner, archived');
  const addOwner = insert('participants', 'stream, entity, name');
  const addRoom = insert('rooms', 'stream, channel');
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
    const firsts: number[] = [];
    let next = 1;
    for (const [index, size] of sizes.entries()) {
      const story = index + 1;
      addStream.run(story, `chat:c${story}`, 0);
      addChat.run(story, story);
      addStory.run(story, '1', `c${story}`, 'user:1', 0);
      addOwner.run(story, owner, 'Mira');
      addRoom.run(story, `${story}`);
      addLine.run(story, next, 0, size * EVERY);
      firsts.push(next);
      next += size;
    }
    // Stories grow side by side.
    for (let at = 0; at < Math.max(...sizes); at += 1) {
      for (const [index, size] of sizes.entries()) {
        if (at >= size) continue;
        const story = index + 1;
        const stretch = firsts[index] ?? 0;
        const id = stretch + at;
        const position = at * EVERY;
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
      addText.run(row.id, scopeOf(row.stream, owner, [owner, 'user:1'], true), row.text);
    }
  })();
  const asked = Array.from({ length: QUERIES }, (_, at) => ({
    story: 1 + (at % sizes.length),
    words: varied
      ? [...new Set(Array.from({ length: TERMS }, word))]
      : ['ferry', 'brought', 'letter', `${at % 89}`],
  }));
  return { db, store, owner, asked };
}

async function measured(memories: number, perStory: number, varied: boolean): Promise<Figure> {
  const sizes = Array.from({ length: memories / perStory }, () => perStory);
  const { db, store, owner, asked } = filled(sizes, varied);
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

/** A story of its own, and what is told of 20 others, against one story of as many memories. */
async function elsewhere(): Promise<Figure> {
  const others = 20;
  const each = 5_000;
  const sizes = [each * (others + 1), ...Array.from({ length: others + 1 }, () => each)];
  const { store, owner, asked } = filled(sizes, true);
  const took: { ours: number[]; one: number[] } = { ours: [], one: [] };
  for (const { words } of asked) {
    const { ours, reference } = await interleaved(
      () => {
        store.nearMemories('c2', owner, { words, after: -1 });
        const chats = store.otherStories('c2', owner, others).map(({ chat }) => chat);
        store.memoriesElsewhere(chats, owner, words);
      },
      () => store.nearMemories('c1', owner, { words, after: -1 }),
    );
    took.ours.push(ours);
    took.one.push(reference);
  }
  store.close();
  const [value, reference] = [p95(took.ours), p95(took.one)];
  return {
    figure: `retrieval p95 in a story and ${others} others of ${each.toLocaleString('en')} memories`,
    value,
    unit: 'ms',
    reference,
    ratio: value / reference,
    goal: 'at most 1.5 of one story of as many',
    ok: value <= 1.5 * reference,
  };
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
