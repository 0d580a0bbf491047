/** `npm run eval:memory -- FILE [--mixed]`: how often the memory that holds an answer is found. */
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { Chats } from './app/chats.ts';
import { recall } from './app/recall.ts';
import { isTelling, wordsIn } from './engine/retrieval/words.ts';
import { type Asked, DEPTHS, memoryReport, times } from './ops/memoryReport.ts';
import {
  type Conversation,
  ConversationsError,
  readConversations,
} from './ops/readConversations.ts';
import { LISTENER, tellConversations } from './ops/tellConversations.ts';
import { openDatabase } from './store/openDatabase.ts';
import { sqliteStore } from './store/sqliteStore.ts';

const DEEPEST = Math.max(...DEPTHS);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { mixed: { type: 'boolean', default: false } },
});
const [path] = positionals;
if (path === undefined) {
  console.error('Name a file: npm run eval:memory -- FILE [--mixed]');
  process.exit(2);
}
try {
  const { conversations, unknown } = readConversations(path);
  for (const each of unknown) console.error(`There is no such turn, it is left out: ${each}`);
  const stores = values.mixed ? [conversations] : conversations.map((each) => [each]);
  const asked: Asked[] = [];
  for (const each of stores) asked.push(...(await ask(each)));
  console.table(memoryReport(asked));
  console.log(`Retrieval: ${times(asked.map(({ took }) => took))}`);
  console.log(`Plain FTS5: ${times(asked.map(({ plainTook }) => plainTook))}`);
} catch (error) {
  if (!(error instanceof ConversationsError)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** Asks every question of some conversations that share one store, and one memory. */
async function ask(told: readonly Conversation[]): Promise<Asked[]> {
  const store = sqliteStore(openDatabase(':memory:'));
  const chats = new Chats(store, { now: () => 0, sleep: () => Promise.resolve() });
  const turns = await tellConversations(chats, 'told', told);
  const chat = chats.read('told');
  const plain = plainIndex(told);
  const asked = told.flatMap(({ id, questions }) =>
    questions.map(({ text, kind, evidence }) => {
      const isEvidence = (found: { conversation: string; turn: string } | undefined) =>
        found?.conversation === id && evidence.includes(found.turn);
      const [memories, took] = timed(() =>
        recall(store, chat, LISTENER, { texts: [text], limit: DEEPEST }),
      );
      const [rows, plainTook] = timed(() => plain(text));
      return {
        conversation: id,
        kind,
        evidence: new Set(evidence).size,
        ranks: ranksOf(
          memories.map(({ memory }) => turns.get(memory.node)),
          isEvidence,
        ),
        plainRanks: ranksOf(rows, isEvidence),
        took,
        plainTook,
      };
    }),
  );
  store.close();
  return asked;
}

/** What retrieval is compared with: porter, stop words dropped, OR, bm25, and nothing else. */
function plainIndex(told: readonly Conversation[]) {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE plain USING fts5(text, conversation UNINDEXED, turn UNINDEXED,
    tokenize = 'porter unicode61')`);
  const add = db.prepare('INSERT INTO plain (text, conversation, turn) VALUES (?, ?, ?)');
  for (const { id, turns } of told) for (const turn of turns) add.run(turn.text, id, turn.id);
  const search = db.prepare<[string], { conversation: string; turn: string }>(
    `SELECT conversation, turn FROM plain WHERE plain MATCH ? ORDER BY bm25(plain) LIMIT ${DEEPEST}`,
  );
  return (question: string) => {
    const words = wordsIn(question).filter(isTelling);
    return words.length === 0 ? [] : search.all(words.map((word) => `"${word}"`).join(' OR '));
  };
}

function ranksOf<T>(found: readonly T[], isEvidence: (one: T) => boolean): number[] {
  return found.flatMap((one, rank) => (isEvidence(one) ? [rank] : []));
}

function timed<T>(work: () => T): [result: T, milliseconds: number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
