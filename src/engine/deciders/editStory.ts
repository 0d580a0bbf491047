import type { Chat } from '../chat.ts';
import { countingAt } from '../counting.ts';
import type { DomainEvent, EventType, NewEvent, PayloadFor } from '../event.ts';
import type { EntityId, NodeId, PlaceId } from '../ids.ts';
import { turnOf } from '../node.ts';
import { Refusal } from '../refusal.ts';
import { isSame, MAX_PINS } from '../state/pins.ts';
import { relationshipOf } from '../state/relationships.ts';
import type { StoryState } from '../state/story.ts';
import { summaryOf } from '../state/summaries.ts';
import type { MemoryKey } from '../world.ts';
import { moveHead } from './moveHead.ts';

type Edited =
  | 'EntityEntered'
  | 'EntityLeft'
  | 'SheetUpdated'
  | 'PlaceCreated'
  | 'PlaceRevised'
  | 'ActivityChanged'
  | 'SceneOpened'
  | 'SceneClosed'
  | 'SceneSummarized'
  | 'ClockAdvanced'
  | 'WeatherChanged'
  | 'RelationshipSeeded'
  | 'RelationshipShifted'
  | 'RelationshipSummarized'
  | 'RelationshipSet'
  | 'MemoryWritten'
  | 'MemoryRated'
  | 'MemoryPinned'
  | 'MemoryUnpinned'
  | 'MemoryRevised'
  | 'MemoryForgotten';

/** What a person changes about a story: the event that it becomes, without a `before`. */
export type Edit = {
  [T in Edited]: { readonly type: T; readonly payload: Omit<PayloadFor<T>, 'before'> };
}[Edited];

export interface EditStory {
  readonly node: NodeId;
  readonly edit: Edit;
  /** A memory's text as it was shown; other values before are known from the state. */
  readonly shown?: string;
}

/**
 * Changes the story by hand: one step after the head.
 * @throws {Refusal} when what it names is not in the story; `scene-open`, `no-scene`, `pins-full`;
 *   `begins-anew` for a story that was reset.
 */
export function editStory({ node, edit, shown }: EditStory, chat: Chat): NewEvent[] {
  hasBegun(chat);
  check(edit, chat, chat.story);
  return [edited({ node, edit, ...(shown !== undefined && { shown }) }, chat)];
}

/**
 * Several changes in one step, in order; places that one makes are there for those after it.
 * @throws {Refusal} as {@link editStory}, and nothing of them happens.
 */
export function editTogether(
  { node, edits }: { readonly node: NodeId; readonly edits: readonly Edit[] },
  chat: Chat,
): NewEvent[] {
  hasBegun(chat);
  let story = chat.story;
  for (const edit of edits) {
    check(edit, chat, story);
    if (edit.type === 'PlaceCreated') {
      const { id, place } = edit.payload;
      story = { ...story, places: { ...story.places, [id]: place } };
    } else if (edit.type === 'SceneClosed') story = { ...story, scene: null };
  }
  return edits.map((edit) => edited({ node, edit }, chat));
}

/**
 * Takes an edit back, as long as the story stands where it left it.
 * @throws {Refusal} `nothing-to-undo` once the story has moved on.
 */
export function takeBackEdit({ node }: { readonly node: NodeId }, chat: Chat): NewEvent[] {
  const isEdit = chat.head === node && turnOf(chat.tree.node(node)) === null;
  if (!isEdit) throw new Refusal('nothing-to-undo');
  return moveHead(chat.parentOf(node), 'undo', chat);
}

function edited({ node, edit, shown }: EditStory, chat: Chat): NewEvent {
  const sources =
    'memory' in edit.payload
      ? sourcesOf(chat, edit.payload.memory)
      : [...factSources(chat, edit), ...summarySources(chat, edit)];
  const before = beforeOf(edit, chat.story, shown ?? null);
  return { type: edit.type, node, sources, payload: { ...edit.payload, ...before } } as NewEvent;
}

/** A story that was reset begins with its kickoff, and with nothing before it. */
function hasBegun({ head, frame }: Chat): void {
  if (head === null && frame.card !== null) throw new Refusal('begins-anew');
}

function check(edit: Edit, chat: Chat, story: StoryState): void {
  switch (edit.type) {
    case 'EntityLeft':
    case 'SheetUpdated':
      inCast(story, edit.payload.entity);
      return;
    case 'ActivityChanged':
      inCast(story, edit.payload.entity);
      if (edit.payload.changes.place) isPlace(story, edit.payload.changes.place);
      return;
    case 'PlaceRevised':
      isPlace(story, edit.payload.id);
      return;
    case 'SceneOpened':
      if (story.scene !== null) throw new Refusal('scene-open');
      isPlace(story, edit.payload.place);
      return;
    case 'SceneClosed':
      if (story.scene === null) throw new Refusal('no-scene');
      return;
    case 'SceneSummarized':
      if (!chat.isOnLine(edit.payload.scene)) throw new Refusal('no-scene');
      inCast(story, edit.payload.owner);
      return;
    case 'RelationshipSeeded':
    case 'RelationshipShifted':
    case 'RelationshipSummarized':
    case 'RelationshipSet':
      inCast(story, edit.payload.from);
      inCast(story, edit.payload.to);
      return;
    case 'MemoryWritten':
      inCast(story, edit.payload.owner);
      return;
    case 'MemoryPinned':
      hasRoom(story, edit.payload.memory);
      return;
    case 'EntityEntered':
    case 'PlaceCreated':
    case 'ClockAdvanced':
    case 'WeatherChanged':
    case 'MemoryRated':
    case 'MemoryUnpinned':
    case 'MemoryRevised':
    case 'MemoryForgotten':
      return;
  }
}

function beforeOf(edit: Edit, story: StoryState, shown: string | null): { before?: unknown } {
  switch (edit.type) {
    case 'PlaceRevised':
      return { before: story.places[edit.payload.id] ?? null };
    case 'ActivityChanged':
      return { before: story.activities[edit.payload.entity] ?? null };
    case 'RelationshipSummarized': {
      const { from, to } = edit.payload;
      return { before: relationshipOf(story, from, to).summary };
    }
    case 'RelationshipSet': {
      const { affinity, trust, facts } = relationshipOf(story, edit.payload.from, edit.payload.to);
      const { unlearned = [] } = edit.payload.changes;
      const gone = facts.map(({ text }) => text).filter((text) => unlearned.includes(text));
      return { before: { affinity, trust, facts: gone } };
    }
    case 'RelationshipShifted': {
      const { affinity, trust } = relationshipOf(story, edit.payload.from, edit.payload.to);
      return { before: { affinity, trust } };
    }
    case 'ClockAdvanced':
      return { before: story.clock };
    case 'WeatherChanged':
      return { before: story.weather };
    case 'SceneSummarized': {
      const { owner, scene } = edit.payload;
      return { before: summaryOf(story, owner, scene)?.text ?? null };
    }
    case 'MemoryRevised':
    case 'MemoryForgotten':
      return { before: shown };
    default:
      return {};
  }
}

/** What a memory was made from, so that what shows it is shown no longer than it counts. */
function sourcesOf(chat: Chat, memory: MemoryKey): DomainEvent['sources'] {
  if (!chat.isOnLine(memory.node)) throw new Refusal('unknown-memory');
  const node = chat.tree.node(memory.node);
  const written = countingAt(node, (id) => chat.tree.wordsOf(id)).find(
    (event) => is(event, 'MemoryWritten') && event.payload.owner === memory.owner,
  );
  if (written === undefined) throw new Refusal('unknown-memory');
  return written.sources;
}

/** What the facts that are taken away were made from. */
function factSources(chat: Chat, edit: Edit): DomainEvent['sources'] {
  if (edit.type !== 'RelationshipSet') return [];
  const { from, to, changes } = edit.payload;
  const { facts } = relationshipOf(chat.story, from, to);
  return facts
    .filter(({ text }) => changes.unlearned?.includes(text))
    .flatMap(({ node }) => (node === null ? [] : chat.tree.node(node).results))
    .filter((event) => is(event, 'RelationshipShifted') && event.payload.from === from)
    .flatMap(({ sources }) => sources);
}

/** What the summary that is rewritten was made from. */
function summarySources(chat: Chat, edit: Edit): DomainEvent['sources'] {
  if (edit.type !== 'SceneSummarized' && edit.type !== 'RelationshipSummarized') return [];
  const at =
    edit.type === 'SceneSummarized'
      ? summaryOf(chat.story, edit.payload.owner, edit.payload.scene)?.summarizedAt
      : relationshipOf(chat.story, edit.payload.from, edit.payload.to).summarizedAt;
  if (at == null) return [];
  return chat.tree
    .counting(chat.tree.node(at))
    .filter((event) => isAbout(event, edit))
    .flatMap(({ sources }) => sources);
}

const isAbout = (event: DomainEvent, { type, payload }: Edit): boolean =>
  type === 'SceneSummarized'
    ? is(event, type) &&
      event.payload.owner === payload.owner &&
      event.payload.scene === payload.scene
    : type === 'RelationshipSummarized' &&
      is(event, type) &&
      event.payload.from === payload.from &&
      event.payload.to === payload.to;

const is = <T extends EventType>(
  event: DomainEvent,
  type: T,
): event is Extract<DomainEvent, { type: T }> => event.type === type;

function inCast(story: StoryState, entity: EntityId): void {
  if (story.cast[entity] === undefined) throw new Refusal('unknown-entity');
}

function isPlace(story: StoryState, place: PlaceId): void {
  if (story.places[place] === undefined) throw new Refusal('unknown-place');
}

function hasRoom(story: StoryState, memory: MemoryKey): void {
  const pins = story.pins[memory.owner] ?? [];
  const held = pins.filter((pin) => pin.byHand && !isSame(pin.memory, memory));
  if (held.length >= MAX_PINS) throw new Refusal('pins-full');
}
