import { isDeepStrictEqual } from 'node:util';
import { Chats } from '../app/chats.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { Store } from '../app/ports/store.ts';
import { Chat } from '../engine/chat.ts';
import { label } from '../engine/event.ts';
import { type ChatId, chatStream, type EntityId, type NodeId } from '../engine/ids.ts';
import { StoryTree } from '../engine/storyTree.ts';

export interface Replay {
  /** What does not agree, one line each. */
  readonly differences: readonly string[];
  /** The story's tree, one line for each step; `*` marks the line. */
  readonly tree: readonly string[];
}

/** Folds a chat and its relatives again from nothing, and compares with what the store keeps. */
export function replayChat(store: Store, id: ChatId, clock: Clock): Replay | null {
  const stored = store.chat(id);
  if (stored === null) return null;
  const live = new Chats(store, clock).read(id);
  const tree = new StoryTree();
  const chats = new Map<ChatId, Chat>();
  for (const each of store.family(stored.root)) {
    chats.set(each, new Chat(each, store.load(chatStream(each)), tree));
  }
  const chat = chats.get(id);
  if (chat === undefined) return null;
  const differences: string[] = [];
  const compare = (what: string, kept: unknown, folded: unknown) => {
    if (!isDeepStrictEqual(plain(kept), plain(folded))) differences.push(`${what} differs`);
  };
  compare('the version', live.version, chat.version);
  compare('the frame', live.frame, chat.frame);
  compare('the line', live.stretches(), chat.stretches());
  compare('the state', live.story, chat.story);
  for (const point of chat.line().filter((_, index) => index % 500 === 0)) {
    compare(`the state after ${point}`, live.stateAt(point), chat.stateAt(point));
  }
  compare('the transcript', store.transcript(id, ALL), transcriptOf(chat));
  for (const owner of Object.keys(chat.story.cast)) {
    const kept = store.memories(id, owner, { words: null, after: -1, limit: ALL });
    compare(`what ${owner} remembers`, kept.map(readAs), memoriesOf(chat, owner));
  }
  return { differences, tree: drawTree(chat, [...chats.values()]) };
}

const ALL = 10_000_000;
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const readAs = ({ memory, text }: { memory: { node: NodeId }; text: string }): string =>
  `${memory.node} ${text}`;

function transcriptOf(chat: Chat): { node: NodeId; text: string }[] {
  return chat
    .line()
    .flatMap((id) =>
      counting(chat, id).flatMap((event) =>
        event.type === 'UserSpoke' || event.type === 'ReplyCompleted'
          ? [{ node: id, text: event.payload.text }]
          : [],
      ),
    );
}

/**
 * What is remembered on the line, by folding instead of by joining. Of what people did to a memory the
 * last counts: words that were given to a forgotten one are remembered.
 */
function memoriesOf(chat: Chat, owner: EntityId): string[] {
  const texts = new Map<NodeId, string | null>();
  for (const id of chat.line()) {
    for (const event of counting(chat, id)) {
      if (event.type === 'MemoryWritten' && event.payload.owner === owner) {
        texts.set(id, event.payload.text);
      }
      if (event.type === 'MemoriesFolded' && event.payload.owner === owner) {
        for (const node of event.payload.memories) if (texts.has(node)) texts.set(node, null);
      }
      const isTheirs = 'memory' in event.payload && event.payload.memory.owner === owner;
      if (!isTheirs) continue;
      const { node } = event.payload.memory;
      if (event.type === 'MemoryRevised' && texts.has(node)) texts.set(node, event.payload.text);
      if (event.type === 'MemoryForgotten' && texts.has(node)) texts.set(node, null);
    }
  }
  return [...texts].flatMap(([node, text]) => (text === null ? [] : [`${node} ${text}`]));
}

const counting = (chat: Chat, id: NodeId) => chat.tree.counting(chat.tree.node(id));

/** The steps from the roots on; a step that is not the only one after its parent is set in. */
function drawTree(chat: Chat, chats: readonly Chat[]): string[] {
  const onLine = new Set(chat.line());
  const heads = new Map(chats.map((each) => [each.head, each.id]));
  const lines: string[] = [];
  const open = chat.tree.children(null).map((node) => ({ node, depth: 0 }));
  while (open.length > 0) {
    const next = open.pop();
    if (next === undefined) break;
    const { node, depth } = next;
    const what = [...node.own, ...node.results]
      .map((event) => label(event, (entity) => chat.story.cast[entity]?.name ?? entity))
      .join('; ');
    const head = heads.has(node.id) ? ` <- ${heads.get(node.id)}` : '';
    lines.push(
      `${onLine.has(node.id) ? '*' : ' '} ${'  '.repeat(depth)}${node.id}  ${what}${head}`,
    );
    const children = chat.tree.children(node.id);
    const deeper = children.length > 1 ? depth + 1 : depth;
    open.push(...children.toReversed().map((child) => ({ node: child, depth: deeper })));
  }
  return lines;
}
