import type { Chat } from '../engine/chat.ts';
import { type DomainEvent, kindOf, placeOf } from '../engine/event.ts';
import type { ChatId, EntityId, NodeId } from '../engine/ids.ts';
import type { StoryNode, Stretch } from '../engine/node.ts';
import type { MemoryKey } from '../engine/world.ts';
import type { Store } from './ports/store.ts';
import type { MemoryRow, Row } from './ports/unitOfWork.ts';

/** The `last` of a stretch that has no end: it grows with its chat's head. */
const OPEN = Number.MAX_SAFE_INTEGER;

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
  root: ChatId,
  store: Pick<Store, 'snapshotsFrom'>,
): Row[] {
  const rows: Row[] = [];
  if (events[0]?.version === 1) rows.push({ table: 'chat', root });
  const opened = new Set<NodeId>();
  const touched = new Set<NodeId>();
  const erased = events.some(({ type }) => type === 'Erased');
  for (const event of events) {
    const place = placeOf(event);
    if (event.node !== null && place === 'opens' && !opened.has(event.node)) {
      opened.add(event.node);
      const { id: node, parent, stretch, position } = chat.tree.node(event.node);
      rows.push({ table: 'node', node, parent, stretch, position });
    }
    if (event.node !== null) touched.add(event.node);
    if (event.type === 'EntityEntered') rows.push(participant(event.payload));
    if (place === 'frame') rows.push(...frameRows(event, chat, touched));
  }
  rows.push(...seenRows(events, chat), ...usageRows(events, chat));
  for (const id of touched) {
    const node = chat.tree.node(id);
    rows.push(...nodeRows(chat, node, root));
    if (opened.has(id)) continue;
    const whole = erased || changesWorld(chat, node, events);
    const snapshots = store
      .snapshotsFrom(root, node.position)
      .filter((each) => chat.tree.isOn(id, each));
    if (snapshots.length === 0) continue;
    rows.push({ table: 'outdate', snapshots, unseen: { nodes: [id, ...toldApart(node)], whole } });
  }
  if (chat.head !== headBefore) {
    rows.push({ table: 'head', node: chat.head }, ...lineRows(chat, headBefore, opened));
  }
  return rows;
}

function frameRows(event: DomainEvent, chat: Chat, touched: Set<NodeId>): Row[] {
  const { home, name, owner, archived } = chat.frame;
  const listed = { table: 'storyline', home, name, owner, archived } as const;
  switch (event.type) {
    case 'ChatCreated':
    case 'ChatRenamed':
    case 'ChatArchived':
      return [listed];
    case 'ChatBranched':
      return [listed, ...Object.values(chat.story.cast).map(participant)];
    case 'ChatBound': {
      const { channel } = event.payload;
      return [listed, { table: 'binding', chat: chat.id, channel, at: event.at }];
    }
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

/** Letters that make a token, where the provider did not count them. */
const LETTERS = 4;

/** The newest message that was taken from the chat's channel; a whisper is no message of it. */
function seenRows(events: readonly DomainEvent[], chat: Chat): Row[] {
  const taken = events.flatMap(({ type, payload }) =>
    type === 'UserSpoke' && payload.to === null ? [BigInt(payload.message)] : [],
  );
  if (taken.length === 0) return [];
  const message = taken.reduce((newest, each) => (each > newest ? each : newest));
  return [{ table: 'seen', chat: chat.id, message: String(message) }];
}

/** What a command counts towards people's days, once for each of them: it happens at one time. */
function usageRows(events: readonly DomainEvent[], chat: Chat): Row[] {
  const rows = new Map<EntityId, Extract<Row, { table: 'usage' }>>();
  for (const event of events) {
    const used = usageOf(event, chat);
    if (used === null) continue;
    const { person, turns, tokens } = used;
    const day = event.at.slice(0, 10);
    const before = rows.get(person) ?? { turns: 0, tokens: 0 };
    const total = { turns: before.turns + turns, tokens: before.tokens + tokens };
    const { home } = chat.frame;
    rows.set(person, { table: 'usage', home, person, day, ...total });
  }
  return [...rows.values()];
}

interface Usage {
  readonly person: EntityId;
  readonly turns: number;
  readonly tokens: number;
}

/** A message of someone's counts for them, and so do the tokens of what answers it. */
function usageOf(event: DomainEvent, chat: Chat): Usage | null {
  if (event.type === 'UserSpoke') return { person: event.payload.by, turns: 1, tokens: 0 };
  if (event.type !== 'ReplyCompleted' || event.payload.finish === 'authored') return null;
  if (event.node === null) return null;
  const { usage, text } = event.payload;
  const { turns } = chat.stateAt(event.node);
  const reply = turns.findLast(({ node }) => node === event.node);
  const answered = reply?.kind === 'reply' ? reply.answers.at(-1) : undefined;
  const person = turns.find(({ node }) => node === answered)?.by ?? chat.frame.owner;
  const tokens = usage === null ? Math.ceil(text.length / LETTERS) : usage.input + usage.output;
  return { person, turns: 0, tokens };
}

const participant = ({ entity, name }: { entity: EntityId; name: string }): Row => ({
  table: 'participant',
  entity,
  name,
});

/** The turn and the memories that stand at a node. */
export function nodeRows(chat: Chat, node: StoryNode, root: ChatId): Row[] {
  const rows: Row[] = [];
  const memories: MemoryRow[] = [];
  const erased = chat.tree.wordsOf(node.id)?.erased === true;
  let remembers = erased || node.results.some((event) => event.run !== null);
  for (const event of chat.tree.counting(node)) {
    if (event.type === 'UserSpoke') {
      const { by, text, message } = event.payload;
      rows.push({ table: 'turn', node: node.id, by, kind: 'user', text });
      rows.push({ table: 'message', message, node: node.id });
    } else if (event.type === 'ReplyCompleted') {
      const { by, text } = event.payload;
      rows.push({ table: 'turn', node: node.id, by, kind: 'reply', text });
    } else if (event.type === 'CharacterReset') {
      rows.push({ table: 'reset', node: node.id, owner: event.payload.entity });
    }
    memories.push(...memoryRows(event, node, chat));
  }
  remembers ||= memories.length > 0;
  const { id, stretch, position } = node;
  if (remembers) rows.push({ table: 'memories', node: id, stretch, position, root, memories });
  return rows;
}

function memoryRows(event: DomainEvent, node: StoryNode, chat: Chat): MemoryRow[] {
  const changed = {
    text: null,
    forgotten: false,
    significance: null,
    witnesses: [],
    tellable: false,
    scene: null,
    storyTime: null,
  };
  // What was asked stands whatever its words were made from.
  const sources = event.run === null ? [] : event.sources;
  switch (event.type) {
    case 'MemoryWritten': {
      const { owner, text, significance, witnesses, scene, storyTime } = event.payload;
      const memory = { node: node.id, owner };
      const tellable = event.run !== null && !sources.some(({ node }) => isWhisper(node, chat));
      const said = { text, significance, witnesses, tellable, scene, storyTime };
      return [{ memory, ...said, forgotten: false, sources }];
    }
    case 'MemoryRevised': {
      const { memory, text } = event.payload;
      return [{ ...changed, memory, text, witnesses: witnessesOf(memory, chat), sources }];
    }
    case 'MemoryForgotten':
      return [{ ...changed, memory: event.payload.memory, forgotten: true, sources }];
    case 'MemoriesFolded': {
      const { owner, memories } = event.payload;
      return memories.map((written) => {
        const memory = { node: written, owner };
        return { ...changed, memory, forgotten: true, sources };
      });
    }
    case 'MemoryRated':
      return [{ ...changed, ...event.payload, sources }];
    default:
      return [];
  }
}

const TURNS = ['UserSpoke', 'ReplyStarted', 'ReplyContinued'];

const isWhisper = (node: NodeId, { tree }: Chat): boolean =>
  tree
    .node(node)
    .own.some(
      ({ type, payload }) => TURNS.includes(type) && 'to' in payload && payload.to !== null,
    );

function witnessesOf(memory: MemoryKey, chat: Chat): readonly string[] {
  const node = chat.tree.find(memory.node);
  const written =
    node &&
    chat.tree
      .counting(node)
      .find((event) => event.type === 'MemoryWritten' && event.payload.owner === memory.owner);
  return written?.type === 'MemoryWritten' ? written.payload.witnesses : [];
}

/** Whether events at a node that stood before change more than what turns say and what hangs on words. */
function changesWorld(chat: Chat, node: StoryNode, events: readonly DomainEvent[]): boolean {
  const counting = new Set(chat.tree.counting(node).map(({ version }) => version));
  return events.some(
    ({ type, version, node: id }) =>
      id === node.id &&
      counting.has(version) &&
      // What a reply that failed was to answer waits on, and is held for longer.
      (kindOf(type).moves === true || type === 'ReplyFailed'),
  );
}

/** The turns that digests at a node told apart: what any of them found may hang on the next. */
const toldApart = ({ results }: StoryNode): NodeId[] =>
  results.flatMap((event) => (event.type === 'TurnSegmented' ? [event.payload.turn] : []));

/** How the line changed with the head; not at all where the story just went on. */
function lineRows(chat: Chat, headBefore: NodeId | null, opened: ReadonlySet<NodeId>): Row[] {
  const { tree, head } = chat;
  if (wentOn(chat, headBefore, opened)) return [];
  const put: Stretch[] = [];
  const remove: NodeId[] = [];
  const [before, after] = [tree.lineBackFrom(headBefore), tree.lineBackFrom(head)];
  let [old, now] = [before.next().value, after.next().value];
  // Back to where both are one: what is before that is the same, and may be very long.
  while (now && now.id !== old?.id) {
    if (old && old.first > now.first) {
      remove.push(old.id);
      old = before.next().value;
    } else {
      put.push({ ...now, last: lastOf(chat, now) });
      now = after.next().value;
    }
  }
  if (now && now.last !== old?.last) put.push({ ...now, last: lastOf(chat, now) });
  if (now === undefined) for (; old; old = before.next().value) remove.push(old.id);
  return [{ table: 'line', remove, put }];
}

/** Whether the head only went on in its stretch, which has no end while it does. */
function wentOn(chat: Chat, headBefore: NodeId | null, opened: ReadonlySet<NodeId>): boolean {
  if (headBefore === null) return false;
  let at = chat.head;
  while (at !== null && opened.has(at)) {
    const node = chat.tree.node(at);
    if (node.stretch === node.id) return false;
    at = node.parent;
  }
  return at === headBefore;
}

const lastOf = (chat: Chat, { id, last }: Stretch): number => {
  const tip = chat.head === null ? null : chat.tree.node(chat.head);
  const grows = tip?.stretch === id && tip.chat === chat.id && chat.tree.isTip(tip.id);
  return grows ? OPEN : last;
};
