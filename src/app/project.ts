import type { Chat } from '../engine/chat.ts';
import { countingAt } from '../engine/counting.ts';
import { type DomainEvent, placeOf } from '../engine/event.ts';
import type { NodeId } from '../engine/ids.ts';
import type { StoryNode, Stretch } from '../engine/node.ts';
import type { MemoryKey } from '../engine/world.ts';
import type { MemoryRow, Row, Store } from './ports.ts';

/**
 * What new events of a chat change in the read models, to be committed with them.
 *
 * @param chat with the events applied.
 * @param headBefore where its head stood before them.
 */
export function project(
  chat: Chat,
  events: readonly DomainEvent[],
  headBefore: NodeId | null,
  root: string,
  store: Pick<Store, 'snapshotsFrom'>,
): Row[] {
  const rows: Row[] = [];
  if (events[0]?.version === 1) rows.push({ table: 'chat', root });
  const opened = new Set<NodeId>();
  const touched = new Set<NodeId>();
  for (const event of events) {
    const place = placeOf(event);
    if (event.node !== null && place === 'opens' && !opened.has(event.node)) {
      opened.add(event.node);
      const { id: node, parent, stretch, position } = chat.tree.node(event.node);
      rows.push({ table: 'node', node, parent, stretch, position });
    }
    if (event.node !== null) touched.add(event.node);
    if (place === 'frame') rows.push(...frameRows(event, chat, touched));
  }
  for (const id of touched) {
    const node = chat.tree.node(id);
    rows.push(...nodeRows(chat, node));
    if (!opened.has(id)) rows.push(...outdatedStates(chat, node, root, store));
  }
  if (chat.head !== headBefore) {
    rows.push({ table: 'head', node: chat.head }, ...lineRows(chat, headBefore));
  }
  return rows;
}

function frameRows(event: DomainEvent, chat: Chat, touched: Set<NodeId>): Row[] {
  switch (event.type) {
    case 'ChatBound':
      return [{ table: 'binding', chat: chat.id, channel: event.payload.channel }];
    case 'ChatUnbound':
      return [{ table: 'binding', chat: chat.id, channel: null }];
    case 'ContextSaved':
      return [{ table: 'save', name: event.payload.name, node: event.payload.at }];
    case 'TurnRevised':
    case 'TurnRemoved':
      touched.add(event.payload.turn);
      return [{ table: 'words', node: event.payload.turn, revision: event.payload.revision }];
    case 'Erased':
      return event.payload.turns.map(({ turn, revision }) => {
        touched.add(turn);
        return { table: 'words', node: turn, revision };
      });
    default:
      return [];
  }
}

/** The turn and the memories that stand at a node. */
function nodeRows(chat: Chat, node: StoryNode): Row[] {
  const counting = countingAt(node, (id) => chat.tree.wordsOf(id));
  const rows: Row[] = [];
  const memories: MemoryRow[] = [];
  let remembers = node.results.some((event) => event.run !== null);
  for (const event of counting) {
    if (event.type === 'UserSpoke') {
      const { by, text } = event.payload;
      rows.push({ table: 'turn', node: node.id, by, kind: 'user', text });
    } else if (event.type === 'ReplyCompleted') {
      const { by, text } = event.payload;
      rows.push({ table: 'turn', node: node.id, by, kind: 'reply', text });
    }
    const memory = memoryRow(event, node, chat);
    if (memory !== null) memories.push(memory);
  }
  remembers ||= memories.length > 0;
  if (remembers) rows.push({ table: 'memories', node: node.id, memories });
  return rows;
}

function memoryRow(event: DomainEvent, node: StoryNode, chat: Chat): MemoryRow | null {
  const changed = {
    text: null,
    forgotten: false,
    significance: null,
    witnesses: [],
    scene: null,
    storyTime: null,
  };
  // What was asked stands whatever its words were made from.
  const sources = event.run === null ? [] : event.sources;
  switch (event.type) {
    case 'MemoryWritten': {
      const { owner, text, significance, witnesses, scene, storyTime } = event.payload;
      const memory = { node: node.id, owner };
      return { memory, text, forgotten: false, significance, witnesses, scene, storyTime, sources };
    }
    case 'MemoryRevised': {
      const { memory, text } = event.payload;
      return { ...changed, memory, text, witnesses: witnessesOf(memory, chat), sources };
    }
    case 'MemoryForgotten':
      return { ...changed, memory: event.payload.memory, forgotten: true, sources };
    case 'MemoryRated':
      return { ...changed, ...event.payload, sources };
    default:
      return null;
  }
}

function witnessesOf(memory: MemoryKey, chat: Chat): readonly string[] {
  const written = chat.tree
    .find(memory.node)
    ?.own.concat(chat.tree.node(memory.node).results)
    .findLast((event) => event.type === 'MemoryWritten' && event.payload.owner === memory.owner);
  return written?.type === 'MemoryWritten' ? written.payload.witnesses : [];
}

/** Snapshots that were folded from what a node was before. */
function outdatedStates(
  chat: Chat,
  node: StoryNode,
  root: string,
  store: Pick<Store, 'snapshotsFrom'>,
): Row[] {
  const nodes = store
    .snapshotsFrom(root, node.position)
    .filter((each) => chat.tree.isOn(node.id, each));
  return nodes.length === 0 ? [] : [{ table: 'unsnapshot', nodes }];
}

/** How the line changed with the head. */
function lineRows(chat: Chat, headBefore: NodeId | null): Row[] {
  const { tree, head } = chat;
  if (headBefore !== null && head !== null) {
    const [before, after] = [tree.node(headBefore), tree.node(head)];
    if (before.stretch === after.stretch) {
      const first = tree.node(after.stretch).position;
      const put = [{ id: after.stretch, first, last: after.position }];
      return [{ table: 'line', remove: [], put }];
    }
  }
  const before = tree.lineOf(headBefore);
  const after = tree.lineOf(head);
  const common = before.findIndex((stretch, index) => !isSame(stretch, after[index]));
  const kept = common < 0 ? before.length : common;
  const put = after.slice(kept);
  const stays = new Set(put.map(({ id }) => id));
  const remove = before.slice(kept).flatMap(({ id }) => (stays.has(id) ? [] : [id]));
  return [{ table: 'line', remove, put }];
}

const isSame = (a: Stretch, b: Stretch | undefined): boolean => a.id === b?.id && a.last === b.last;
