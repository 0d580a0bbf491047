import type { Chat } from '../chat.ts';
import type { Edit } from '../deciders/editStory.ts';
import type { DomainEvent } from '../event.ts';
import type { NodeId } from '../ids.ts';
import { Refusal } from '../refusal.ts';
import { isSame } from '../state/pins.ts';
import { relationshipOf } from '../state/relationships.ts';
import type { StoryState } from '../state/story.ts';
import { type Activity, idle, type MemoryKey, type Place } from '../world.ts';
import { type EditTarget, inWords, valueAt } from './drawerEdit.ts';
import { markOf } from './mark.ts';

/**
 * What takes a step made by hand back after the story has moved on: its edits the other way round.
 *
 * @param memoryNow what the store reads of a memory, to compare with what the step left of it.
 * @throws {Refusal} `nothing-to-undo` for what has no other way round; `changed-meanwhile` where what
 * the step left was changed again.
 */
export function inverseOf(
  chat: Chat,
  node: NodeId,
  memoryNow: (key: MemoryKey) => { readonly text: string; readonly significance: number } | null,
): Edit[] {
  const step = chat.tree.node(node);
  const [before, after] = [chat.stateAt(chat.parentOf(node)), chat.stateAt(node)];
  const { settings } = chat.frame;
  const edits = step.own.toReversed().flatMap((event) => {
    for (const target of targetsOf(event)) {
      const left = valueAt({ story: after, settings, memory: null }, target);
      const now = valueAt({ story: chat.story, settings, memory: null }, target);
      if (markOf(left) === markOf(now)) continue;
      throw new Refusal('changed-meanwhile', { now: inWords(chat.story, target, now) });
    }
    demandMemory(event, memoryNow);
    return inverse(event, before, after, chat);
  });
  if (edits.length === 0) throw new Refusal('nothing-to-undo');
  return edits;
}

function demandMemory({ type, payload }: DomainEvent, memoryNow: Parameters<typeof inverseOf>[2]) {
  if (type !== 'MemoryRevised' && type !== 'MemoryRated') return;
  const now = memoryNow(payload.memory);
  const stands =
    type === 'MemoryRevised'
      ? now?.text === payload.text
      : now?.significance === payload.significance;
  if (!stands) throw new Refusal('changed-meanwhile', { now: now?.text ?? '' });
}

/** What a step changed, as far as a state holds it. */
function targetsOf({ type, payload }: DomainEvent): EditTarget[] {
  switch (type) {
    case 'ActivityChanged': {
      const { entity, changes } = payload;
      const { place, status, ...doing } = changes;
      return [
        ...(place === undefined ? [] : [{ kind: 'place', entity } as const]),
        ...(status === undefined ? [] : [{ kind: 'presence', entity } as const]),
        ...(Object.keys(doing).length === 0 ? [] : [{ kind: 'activity', entity } as const]),
      ];
    }
    case 'EntityEntered':
    case 'EntityLeft':
      return [{ kind: 'presence', entity: payload.entity }];
    case 'WeatherChanged':
      return [{ kind: 'weather' }];
    case 'SceneOpened':
    case 'SceneClosed':
      return [{ kind: 'scene' }];
    case 'RelationshipSet': {
      const { from, to, changes } = payload;
      const scores = (['affinity', 'trust'] as const).filter(
        (score) => changes[score] !== undefined,
      );
      return scores.map((score) => ({ kind: 'score', score, from, to }));
    }
    case 'RelationshipSummarized':
      return [{ kind: 'relationship-summary', from: payload.from, to: payload.to }];
    case 'SceneSummarized':
      return [{ kind: 'scene-summary', owner: payload.owner, scene: payload.scene }];
    default:
      return [];
  }
}

function inverse(
  { type, payload, ...event }: DomainEvent,
  before: StoryState,
  after: StoryState,
  chat: Chat,
): Edit[] {
  switch (type) {
    case 'ActivityChanged': {
      const { entity, changes } = payload;
      const was = before.activities[entity] ?? idle;
      return [{ type, payload: { entity, changes: pick<Activity>(was, Object.keys(changes)) } }];
    }
    case 'PlaceRevised': {
      const was = before.places[payload.id];
      if (was === undefined) return [];
      const changes = pick<Place>(was, Object.keys(payload.changes));
      return [{ type, payload: { id: payload.id, changes } }];
    }
    case 'EntityEntered':
      return before.cast[payload.entity]?.present
        ? []
        : [{ type: 'EntityLeft', payload: { entity: payload.entity } }];
    case 'EntityLeft': {
      const member = before.cast[payload.entity];
      if (member === undefined) return [];
      const { entity, name, sheet, revision } = member;
      const changes = before.activities[entity];
      return [
        { type: 'EntityEntered', payload: { entity, name, sheet, revision } },
        ...(changes === undefined
          ? []
          : [{ type: 'ActivityChanged', payload: { entity, changes } } as const]),
      ];
    }
    case 'SceneOpened':
      return [{ type: 'SceneClosed', payload: { significance: 1 } }];
    case 'SceneClosed': {
      if (before.scene === null) return [];
      const { place, time, opening, participants } = before.scene;
      const there = { place, time, opening, participants: [...participants] };
      return [{ type: 'SceneOpened', payload: there }];
    }
    case 'ClockAdvanced': {
      const minutes = before.clock.minutes - after.clock.minutes;
      const { anchor } = before.clock;
      return minutes === 0 && (anchor === null || anchor === after.clock.anchor)
        ? []
        : [{ type, payload: { minutes, anchor } }];
    }
    case 'WeatherChanged':
      return [{ type, payload: { weather: before.weather } }];
    case 'RelationshipShifted': {
      const { from, to } = payload;
      const [was, is] = [relationshipOf(before, from, to), relationshipOf(after, from, to)];
      const back = { affinity: was.affinity - is.affinity, trust: was.trust - is.trust };
      return [{ type, payload: { from, to, ...back, facts: [] } }];
    }
    case 'RelationshipSet':
      return setBack(payload, before);
    case 'RelationshipSummarized': {
      const { from, to } = payload;
      const { summary } = relationshipOf(before, from, to);
      return [{ type, payload: { from, to, summary } }];
    }
    case 'SceneSummarized': {
      const { owner, scene, significance } = payload;
      const { before: text } = payload;
      return text === null ? [] : [{ type, payload: { owner, scene, significance, text } }];
    }
    case 'MemoryWritten':
      if (event.node === null) return [];
      return [
        {
          type: 'MemoryForgotten',
          payload: { memory: { node: event.node, owner: payload.owner } },
        },
      ];
    case 'MemoryPinned':
      return [{ type: 'MemoryUnpinned', payload: { memory: payload.memory } }];
    case 'MemoryUnpinned': {
      const { memory } = payload;
      const pin = before.pins[memory.owner]?.find((each) => isSame(each.memory, memory));
      return pin === undefined
        ? []
        : [{ type: 'MemoryPinned', payload: { memory, significance: pin.significance } }];
    }
    case 'MemoryRevised':
      return payload.before === null
        ? []
        : [{ type, payload: { memory: payload.memory, text: payload.before } }];
    case 'MemoryRated':
      return payload.before == null
        ? []
        : [{ type, payload: { memory: payload.memory, significance: payload.before } }];
    case 'MemoryForgotten':
      return writtenAnew(payload, chat);
    default:
      return [];
  }
}

function setBack(
  { from, to, changes, before: was }: Extract<DomainEvent, { type: 'RelationshipSet' }>['payload'],
  before: StoryState,
): Edit[] {
  const known = was ?? relationshipOf(before, from, to);
  const { affinity, trust, learned, unlearned } = changes;
  const back = {
    ...(affinity === undefined ? {} : { affinity: known.affinity }),
    ...(trust === undefined ? {} : { trust: known.trust }),
    ...(unlearned === undefined ? {} : { learned: unlearned }),
    ...(learned === undefined ? {} : { unlearned: learned }),
  };
  return Object.keys(back).length === 0
    ? []
    : [{ type: 'RelationshipSet', payload: { from, to, changes: back } }];
}

/** What was forgotten is remembered again, as it was told then. */
function writtenAnew(
  { memory, before }: Extract<DomainEvent, { type: 'MemoryForgotten' }>['payload'],
  chat: Chat,
): Edit[] {
  const found = chat.tree
    .counting(chat.tree.node(memory.node))
    .findLast((event) => event.type === 'MemoryWritten' && event.payload.owner === memory.owner);
  if (found?.type !== 'MemoryWritten') return [];
  return [
    { type: 'MemoryWritten', payload: { ...found.payload, text: before ?? found.payload.text } },
  ];
}

const pick = <T extends object>(from: T, keys: readonly string[]): Partial<T> =>
  Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key))) as Partial<T>;
