import { Chat } from '../engine/chat.ts';
import type { DomainEvent } from '../engine/event.ts';
import { type ChatId, chatStream } from '../engine/ids.ts';
import { StoryTree } from '../engine/storyTree.ts';
import type { Log } from './ports/log.ts';
import type { Written } from './ports/rebuilding.ts';
import type { Store } from './ports/store.ts';
import { project } from './project.ts';

/** Chats that are written in one transaction. */
const TOGETHER = 50;

/** Writes the read models anew where the code that wrote them is not this one. */
export function rebuildIfDue(store: Store, log: Pick<Log, 'info'>): void {
  if (!store.rebuilding.isDue()) return;
  const begun = performance.now();
  const chats = rebuild(store);
  const took = Math.round(performance.now() - begun);
  if (chats > 0) log.info({ chats, took }, 'what is read of the stories was written anew');
}

/**
 * Writes every read model that follows from the log anew, story by story. Cut off half-way it is due
 * again, and begins from the start.
 * @returns how many chats there are.
 */
export function rebuild(store: Store): number {
  const { chats, clear, write, done } = store.rebuilding;
  clear();
  const families = Map.groupBy(chats(), rootsOf(chats(), store));
  let together: Written[] = [];
  for (const [root, family] of families) {
    const tree = new StoryTree();
    for (const chat of family) together.push({ chat, rows: rowsOf(chat, root, tree, store) });
    if (together.length < TOGETHER) continue;
    write(together);
    together = [];
  }
  write(together);
  done();
  return chats().length;
}

/** The chat that each chat's story began in, as the log tells it. */
function rootsOf(chats: readonly ChatId[], store: Store): (chat: ChatId) => ChatId {
  const roots = new Map<ChatId, ChatId>();
  for (const chat of chats) {
    const begun = store.frameEvents(chat, 0).find(({ type }) => type === 'ChatBranched');
    const parent = begun?.type === 'ChatBranched' ? begun.payload.parent : chat;
    roots.set(chat, roots.get(parent) ?? chat);
  }
  return (chat) => roots.get(chat) ?? chat;
}

/** What the commands of a chat made of the read models, in the order in which they came. */
function rowsOf(id: ChatId, root: ChatId, tree: StoryTree, store: Store): Written['rows'] {
  const chat = new Chat(id, [], tree);
  const nothingKept = { snapshotsFrom: () => [] };
  return [...commandsOf(store.load(chatStream(id)))].flatMap((events) => {
    const { head } = chat;
    for (const event of events) chat.apply(event);
    return project(chat, events, head, root, nothingKept);
  });
}

function* commandsOf(events: readonly DomainEvent[]): Generator<DomainEvent[]> {
  let command: DomainEvent[] = [];
  for (const event of events) {
    if (command.length > 0 && command[0]?.command !== event.command) {
      yield command;
      command = [];
    }
    command.push(event);
  }
  if (command.length > 0) yield command;
}
