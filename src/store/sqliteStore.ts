import type { Spent, Store } from '../app/ports/store.ts';
import { chatStream } from '../engine/ids.ts';
import { deliveryLog } from './deliveryLog.ts';
import { draftLog } from './draftLog.ts';
import { editList } from './editList.ts';
import { erasures } from './erasure.ts';
import { eventLog } from './eventLog.ts';
import { failureLog } from './failureLog.ts';
import { fingerprint, projectorFingerprint } from './fingerprint.ts';
import { jobQueue } from './jobQueue.ts';
import { keepStates } from './keepStates.ts';
import { memoryIndex } from './memoryIndex.ts';
import { memoryPages } from './memoryPages.ts';
import { names } from './names.ts';
import type { OpenDatabase } from './openDatabase.ts';
import { otherStories } from './otherStories.ts';
import { panelLog } from './panelLog.ts';
import { readModels } from './readModels.ts';
import { rebuilding } from './rebuilding.ts';
import { receiptLog } from './receiptLog.ts';
import { seenLog } from './seenLog.ts';
import { shownLine } from './shownLine.ts';
import { storyArchive } from './storyArchive.ts';
import { storylineList } from './storylineList.ts';

interface ChatRow {
  readonly stream: number;
  readonly root: number;
  readonly rootName: string;
  readonly version: number;
  readonly head: string | null;
  readonly frame: string | null;
  readonly frameVersion: number | null;
  readonly fingerprint: string | null;
}

/** The store over one SQLite file. Statements are prepared once; nothing in a transaction waits. */
export function sqliteStore({ db, close }: OpenDatabase): Store {
  const code = fingerprint();
  const jobs = jobQueue(db);
  const numbers = names(db);
  const memories = memoryIndex(db, numbers);
  const memoryPage = memoryPages(db);
  const others = otherStories(db, memories.visible);
  const applyRow = readModels(db, memories, numbers);
  const log = eventLog(db, { numbers, applyRow, changeJob: jobs.change });
  const states = keepStates(db, code);
  const failures = failureLog(db);
  const findChat = db.prepare<[string], ChatRow>(
    `SELECT c.stream, c.root, r.name AS rootName, s.version, h.name AS head, c.frame,
       c.frame_version AS frameVersion, c.fingerprint
     FROM streams s JOIN chats c ON c.stream = s.id JOIN streams r ON r.id = c.root
     LEFT JOIN nodes h ON h.id = s.head WHERE s.name = ?`,
  );
  const family = db.prepare<[string], { name: string }>(
    `SELECT s.name FROM chats c JOIN streams s ON s.id = c.stream
     WHERE c.root = (SELECT id FROM streams WHERE name = ?) ORDER BY s.id`,
  );
  const nodeAt = db.prepare<[string, number], { name: string }>(
    'SELECT name FROM nodes WHERE stretch = (SELECT id FROM nodes WHERE name = ?) AND position = ?',
  );
  const findSave = db.prepare<[string, string], { node: string }>(
    `SELECT n.name AS node FROM saves v JOIN nodes n ON n.id = v.node
     WHERE v.root = (SELECT id FROM streams WHERE name = ?) AND v.name = ?`,
  );
  const lastTurns = db.prepare<[string, number], { node: string; text: string }>(
    `SELECT n.name AS node, t.text FROM lines l JOIN nodes n ON n.stretch = l.stretch
       AND n.position BETWEEN l.first AND l.last JOIN turns t ON t.node = n.id
     WHERE l.stream = (SELECT id FROM streams WHERE name = ?) ORDER BY n.position DESC LIMIT ?`,
  );
  const findBinding = db.prepare<[string], { chat: string }>(
    'SELECT chat FROM bindings WHERE channel = ?',
  );
  const findHome = db
    .prepare<[string], string>(
      'SELECT l.home FROM streams s JOIN storylines l ON l.stream = s.id WHERE s.name = ?',
    )
    .pluck();
  const findSpent = db.prepare<{ home: string; day: string; person: string | null }, Spent>(
    `SELECT coalesce(sum(turns), 0) AS turns, coalesce(sum(tokens), 0) AS tokens FROM usage
     WHERE home = @home AND day = @day AND (@person IS NULL OR person = @person)`,
  );
  const findTurn = db.prepare<[bigint], { chat: string; node: string }>(
    `SELECT s.name AS chat, n.name AS node FROM messages m JOIN nodes n ON n.id = m.node
     JOIN streams s ON s.id = n.stream WHERE m.message = ?`,
  );
  const findAsset = db.prepare<[string], { type: string; bytes: Buffer }>(
    'SELECT type, bytes FROM assets WHERE hash = ?',
  );
  const addNotice = db.prepare<[string]>('INSERT OR IGNORE INTO notices (key) VALUES (?)');

  return {
    commit: log.commit,
    load: log.load,
    frameEvents: (chat, after) => log.frameEvents(chatStream(chat), after),
    recorded: log.recorded,
    chat: (chat) => {
      const row = findChat.get(chatStream(chat));
      if (row === undefined) return null;
      const usable = row.frame !== null && row.fingerprint === code;
      return {
        root: row.rootName.slice('chat:'.length),
        version: row.version,
        head: row.head,
        frame: usable
          ? { version: row.frameVersion ?? 0, state: JSON.parse(row.frame ?? '') }
          : null,
      };
    },
    family: (root) => family.all(chatStream(root)).map(({ name }) => name.slice('chat:'.length)),
    storylines: storylineList(db),
    archive: storyArchive(db, code),
    erasures: erasures(db, numbers, code),
    rebuilding: rebuilding(db, {
      code: projectorFingerprint(),
      numbers,
      applyRow,
      takeOverStates: states.takeOver,
    }),
    keep: states.keep,
    snapshotsFrom: states.from,
    outdated: states.outdated,
    mend: states.mend,
    nodeAt: (stretch, position) => nodeAt.get(stretch, position)?.name ?? null,
    saveOf: (root, name) => findSave.get(chatStream(root), name)?.node ?? null,
    transcript: (chat, limit) => lastTurns.all(chatStream(chat), limit).reverse(),
    memories: (chat, owner, { words, after, limit }) => {
      const row = findChat.get(chatStream(chat));
      return row === undefined ? [] : memories.find(row, owner, words, after, limit);
    },
    nearMemories: (chat, owner, { words, after }) => {
      const row = findChat.get(chatStream(chat));
      return row === undefined ? [] : memories.near(row, owner, words, after);
    },
    alikeMemories: (chat, owner, { meaning, after }) => {
      const row = findChat.get(chatStream(chat));
      return row === undefined ? [] : memories.alike(row, owner, meaning, after);
    },
    otherStories: others.list,
    memoriesElsewhere: others.search,
    vectors: memories.vectors,
    memory: (chat, key, after) => {
      const row = findChat.get(chatStream(chat));
      return row === undefined ? null : memories.read(row.stream, key, after);
    },
    memoryPage: (chat, owner, asked) => {
      const row = findChat.get(chatStream(chat));
      return row === undefined ? [] : memoryPage(row, owner, asked);
    },
    edits: editList(db),
    chatIn: (channel) => findBinding.get(channel)?.chat ?? null,
    homeOf: (chat) => findHome.get(chatStream(chat)) ?? null,
    spent: (home, person, day) => findSpent.get({ home, day, person }) ?? { turns: 0, tokens: 0 },
    turnOfMessage: (message) => {
      const row = findTurn.get(BigInt(message));
      return row === undefined ? null : { ...row, chat: row.chat.slice('chat:'.length) };
    },
    jobs: jobs.list,
    finish: jobs.finish,
    enqueue: (added) => {
      for (const job of added) jobs.change({ add: job });
    },
    claim: jobs.claim,
    owed: jobs.owed,
    take: jobs.take,
    release: jobs.release,
    putBack: jobs.putBack,
    deadJobs: jobs.dead,
    asset: (hash) => findAsset.get(hash) ?? null,
    firstTime: (notice) => addNotice.run(notice).changes > 0,
    noteClassifierFailure: failures.note,
    classifierFailures: failures.newest,
    deliveries: deliveryLog(db),
    shown: shownLine(db, numbers),
    seen: seenLog(db),
    panels: panelLog(db),
    drafts: draftLog(db),
    receipts: receiptLog(db),
    answers: () => db.open && db.prepare('SELECT count(*) FROM sqlite_schema').get() !== undefined,
    close,
  };
}
