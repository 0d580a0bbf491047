import { beginChat } from '../../src/engine/deciders/beginChat.ts';
import type { Edit } from '../../src/engine/deciders/editStory.ts';
import type { NewEvent } from '../../src/engine/event.ts';
import type { NodeId } from '../../src/engine/ids.ts';
import { exampleSheet } from '../../src/engine/sheet.ts';
import type { MemoryKey } from '../../src/engine/world.ts';
import { ANN, MIRA, opening } from '../support/story.ts';

export const OLAF = 'character:olaf';
/** Draws a whole number below `most`. */
export type Draw = (most: number) => number;

/** What a person may change by hand; the ones about a memory are of this one. */
export function edits(memory: MemoryKey, text: string, draw: Draw): Edit[] {
  return [
    { type: 'ActivityChanged', payload: { entity: MIRA, changes: { posture: text } } },
    { type: 'ClockAdvanced', payload: { minutes: draw(200) - 50, anchor: null } },
    { type: 'WeatherChanged', payload: { weather: text } },
    { type: 'PlaceRevised', payload: { id: 'place:p1', changes: { type: text } } },
    {
      type: 'RelationshipSet',
      payload: { from: MIRA, to: ANN, changes: { trust: draw(101) } },
    },
    {
      type: 'RelationshipShifted',
      payload: { from: MIRA, to: ANN, affinity: 5, trust: -5, facts: [] },
    },
    {
      type: 'EntityEntered',
      payload: { entity: OLAF, name: 'Olaf', sheet: exampleSheet, revision: 1 },
    },
    { type: 'EntityLeft', payload: { entity: MIRA } },
    { type: 'SceneClosed', payload: { significance: 1 } },
    { type: 'SceneClosed', payload: { significance: 2 } },
    {
      type: 'SceneOpened',
      payload: { place: 'place:p1', time: text, opening: text, participants: [MIRA] },
    },
    { type: 'MemoryPinned', payload: { memory, significance: 1 } },
    { type: 'MemoryUnpinned', payload: { memory } },
    { type: 'MemoryRevised', payload: { memory, text } },
    { type: 'MemoryForgotten', payload: { memory } },
    { type: 'MemoryRated', payload: { memory, significance: draw(4) } },
  ];
}

export const EVERYTHING = { words: null, after: -1, limit: 10_000 };

export const kickoff = (nodes: { kickoff: NodeId; greeting: NodeId }): NewEvent[] =>
  beginChat({
    ...opening,
    guild: null,
    nodes: { kickoff: nodes.kickoff, greetings: [nodes.greeting] },
  }).filter((event) => event.type !== 'ChatBound');

export const speech = (node: NodeId, text: string) => ({
  by: ANN,
  name: 'Ann',
  message: '100000000000000009',
  text,
  readable: text,
  quote: null,
  attachments: [],
  node,
});

export const completed = (node: NodeId, text: string): NewEvent => ({
  type: 'ReplyCompleted',
  node,
  payload: { by: MIRA, text, finish: 'stop', truncated: false, model: null, usage: null },
});
