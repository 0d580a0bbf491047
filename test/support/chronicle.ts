import { onTestFinished } from 'vitest';
import { Chats } from '../../src/app/chats.ts';
import type { Classifier } from '../../src/app/classifier.ts';
import { Derivations } from '../../src/app/derivations.ts';
import type { Log } from '../../src/app/ports/log.ts';
import type { Store } from '../../src/app/ports/store.ts';
import type { Chat } from '../../src/engine/chat.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../../src/engine/ids.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import { classifier } from '../../src/llm/classifier.ts';
import { countTokens } from '../../src/llm/countTokens.ts';
import { type Fenced, unfence } from '../../src/llm/fence.ts';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import { openDatabase } from '../../src/store/openDatabase.ts';
import { sqliteStore } from '../../src/store/sqliteStore.ts';
import { hastyClock } from './hastyClock.ts';
import { type RecordedRequest, type Script, startModelServer } from './modelServer.ts';
import { ANN, begun, MIRA } from './story.ts';

export const OLAF = 'character:olaf';
export const BOB = 'user:100000000000000005';
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const EVERYTHING = { words: null, after: -1, limit: 10_000 };

/** The texts that a classifier's request holds. */
export const materialOf = ({ body }: RecordedRequest): Fenced[] =>
  unfence({
    model: '',
    sampling: { maxTokens: 1 },
    messages: body.messages.map(({ content }) => ({
      role: 'user',
      content: [{ kind: 'text', text: String(content) }],
    })),
  });

/** The name that the classifier's model is asked by: what the request is about. */
export const kindOf = ({ body }: RecordedRequest): string =>
  (body.response_format as { json_schema?: { name?: string } } | undefined)?.json_schema?.name ??
  '';

/** Nothing happened, but for what is given. */
export const digestOf = (parts: object = {}) => ({
  json: {
    relationships: [],
    activities: [],
    scene: { ends: null, significance: 1, place: null, with: [], time: null, opening: null },
    minutes: 0,
    weather: null,
    memories: [],
    actions: [],
    ...parts,
  },
});

export const memoryOf = (owner: string, text: string, more: object = {}) => ({
  owner,
  text,
  kind: 'event',
  confidence: 0.9,
  toldBy: null,
  significance: 1,
  turns: [],
  ...more,
});

export const summaryOf = (summary: string, relationships: object[] = []) => ({
  json: { summary, significance: 2, relationships },
});

/**
 * A story that is written step by step, with its digests and summaries made as they are: the real store,
 * the real classifier against a local model server, no Discord.
 *
 * @param answer what the classifier's model says.
 */
export async function openChronicle(
  answer: Script,
  { store: given, classify }: { store?: Store; classify?: Classifier } = {},
) {
  const models = await startModelServer({ answer });
  const store = given ?? sqliteStore(openDatabase(':memory:'));
  const asking =
    classify ??
    classifier({
      model: openaiModel({
        baseURL: models.url,
        apiKey: null,
        firstPartTimeout: 5_000,
        idleTimeout: 5_000,
        log: silent,
      }),
      names: ['test-model'],
      limit: 5_000,
      maxTokens: 4_000,
      promptTokens: 4_000,
      count: countTokens,
      note: store.noteClassifierFailure,
      redact: (text) => text,
      log: silent,
    });
  let chats: Chats;
  let derivations: Derivations;
  const start = () => {
    chats = new Chats(store, hastyClock);
    derivations = new Derivations({
      chats,
      store,
      classifier: asking,
      clock: hastyClock,
      log: silent,
      derivations: { wait: 3_000, atOnce: 4, leastConfidence: 50 },
    });
    chats.onOwed = () => derivations.wake();
    derivations.start();
  };
  start();
  onTestFinished(async () => {
    await derivations.close();
    await models.close();
    if (given === undefined) store.close();
  });

  let count = 0;
  const next = (kind: string) => `${kind}${count++}`;
  const run = async (
    decide: (chat: Chat) => readonly NewEvent[],
    chat: ChatId = 'c1',
    branchOf?: ChatId,
  ) => {
    const command = { chat, id: next('command'), actor: ANN, decide };
    return (await chats.execute(branchOf ? { ...command, branchOf } : command)).events;
  };
  const write = (...events: NewEvent[]) => run(() => events);

  const entered = (entity: EntityId, name: string): NewEvent => {
    const sheet = entity.startsWith('character:') ? { ...exampleSheet, name } : null;
    const revision = sheet === null ? null : 1;
    return {
      type: 'EntityEntered',
      node: next('enter'),
      payload: { entity, name, sheet, revision },
    };
  };
  if (store.chat('c1') === null) await write(...begun(), entered(ANN, 'Ann'));
  return {
    models,
    store,
    get chats() {
      return chats;
    },
    get derivations() {
      return derivations;
    },
    read: (chat: ChatId = 'c1') => chats.read(chat),
    run,
    write,
    memories: (owner: EntityId, chat: ChatId = 'c1') => store.memories(chat, owner, EVERYTHING),
    /** Somebody comes in where the newest scene is. */
    enter: (entity: EntityId, name: string) => write(entered(entity, name)),
    say: async (text: string, { by = ANN, to = null as EntityId | null } = {}): Promise<NodeId> => {
      const node = next('said');
      const segments = [{ kind: 'dialogue' as const, text }];
      const message = '100000000000000009';
      await write({
        type: 'UserSpoke',
        node,
        payload: { by, to, message, text, segments, quote: null, attachments: [] },
      });
      return node;
    },
    reply: async (text: string, { by = MIRA, to = null as EntityId | null } = {}) => {
      const node = next('reply');
      await write({ type: 'ReplyStarted', node, payload: { by, to, answers: [], note: null } });
      await write({
        type: 'ReplyCompleted',
        node,
        payload: { by, text, finish: 'stop', truncated: false, model: null, usage: null },
      });
      return node;
    },
    close: async (significance = 1): Promise<NodeId> => {
      const node = next('close');
      await write({ type: 'SceneClosed', node, payload: { significance } });
      return node;
    },
    /** Resolves when nothing is owed any more. */
    settle: async () => {
      while (store.owed(['digest', 'summary']).length > 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    /** Another process takes over: nothing is in memory, and what it was at is where it was. */
    restart: async () => {
      await derivations.close();
      start();
    },
  };
}
