import type { Edit } from '../deciders/editStory.ts';
import type { EntityId, NodeId } from '../ids.ts';
import { whereIs } from '../presence.ts';
import { Refusal } from '../refusal.ts';
import { relationshipOf } from '../state/relationships.ts';
import type { StoryState } from '../state/story.ts';
import { summaryOf } from '../state/summaries.ts';
import { type Activity, idle, type MemoryKey, type Settings } from '../world.ts';
import { markOf } from './mark.ts';

/** What an edit is about: enough to find the value that it was drawn at. */
export type EditTarget =
  | { readonly kind: 'activity' | 'place' | 'presence'; readonly entity: EntityId }
  | { readonly kind: 'clock' | 'weather' | 'scene' }
  | {
      readonly kind: 'score';
      readonly score: Score;
      readonly from: EntityId;
      readonly to: EntityId;
    }
  | { readonly kind: 'relationship-summary'; readonly from: EntityId; readonly to: EntityId }
  /** @param fact the mark of the fact itself; null for one that is added. */
  | {
      readonly kind: 'fact';
      readonly from: EntityId;
      readonly to: EntityId;
      readonly fact: string | null;
    }
  | { readonly kind: 'scene-summary'; readonly owner: EntityId; readonly scene: NodeId }
  | { readonly kind: 'memory'; readonly memory: MemoryKey }
  | { readonly kind: 'setting'; readonly setting: keyof Settings };

export type Score = 'affinity' | 'trust';

/** What a person does by itself; where they are and whether they are awake are edits of their own. */
export type Doing = Partial<Omit<Activity, 'place' | 'status'>>;

/** Where a value stands: in a story, in its settings, or among memories, which the store reads. */
export interface Standing {
  readonly story: StoryState;
  readonly settings: Settings;
  readonly memory: unknown;
}

/** The value that stands there, as an edit compares it. */
export function valueAt({ story, settings, memory }: Standing, target: EditTarget): unknown {
  switch (target.kind) {
    case 'activity': {
      const { place: _place, status: _status, ...doing } = story.activities[target.entity] ?? idle;
      return doing;
    }
    case 'place':
      return whereIs(story, target.entity);
    case 'presence':
      return [
        story.cast[target.entity]?.present ?? false,
        (story.activities[target.entity] ?? idle).status,
      ];
    case 'clock':
      return story.clock;
    case 'weather':
      return story.weather;
    case 'scene':
      return story.scene?.id ?? null;
    case 'score':
      return relationshipOf(story, target.from, target.to)[target.score];
    case 'relationship-summary':
      return relationshipOf(story, target.from, target.to).summary;
    case 'fact':
      return target.fact === null ? null : (factOf(story, target) ?? null);
    case 'scene-summary':
      return summaryOf(story, target.owner, target.scene)?.text ?? null;
    case 'memory':
      return memory;
    case 'setting':
      return settings[target.setting];
  }
}

/** The words of a value, for whoever is told that it is another by now; empty for what is none in itself. */
export function inWords(story: StoryState, target: EditTarget, value: unknown): string {
  switch (target.kind) {
    case 'place':
      return story.places[String(value)]?.name ?? '';
    case 'scene':
      return story.scene === null ? '' : (story.places[story.scene.place]?.name ?? '');
    case 'memory':
      return (value as { text?: string } | null)?.text ?? '';
    case 'activity':
    case 'presence':
    case 'clock':
    case 'setting':
      return '';
    default:
      return value === null ? '' : String(value);
  }
}

/** @throws {Refusal} `changed-meanwhile` with the value by `now`, where it is not the one that was drawn. */
export function demandUnchanged(standing: Standing, target: EditTarget, drawn: string): void {
  const value = valueAt(standing, target);
  if (markOf(value) === drawn) return;
  throw new Refusal('changed-meanwhile', { now: inWords(standing.story, target, value) });
}

const factOf = (
  story: StoryState,
  { from, to, fact }: { from: EntityId; to: EntityId; fact: string | null },
): string | undefined =>
  relationshipOf(story, from, to).facts.find(({ text }) => markOf(text) === fact)?.text;

/** Adds, rewrites or takes away one fact; those that who edits cannot see stay. @param text null to take it away */
export function factEdit(
  story: StoryState,
  target: Extract<EditTarget, { kind: 'fact' }>,
  text: string | null,
): Edit {
  const { from, to, fact } = target;
  const before = fact === null ? undefined : factOf(story, target);
  const changes = {
    ...(text === null ? {} : { learned: [text] }),
    ...(before === undefined ? {} : { unlearned: [before] }),
  };
  return { type: 'RelationshipSet', payload: { from, to, changes } };
}

/** ±5 and such is what was asked for; an exact score is set. */
export function scoreEdit(
  { from, to, score }: Extract<EditTarget, { kind: 'score' }>,
  change: { readonly by: number } | { readonly to: number },
): Edit {
  if ('to' in change) {
    return { type: 'RelationshipSet', payload: { from, to, changes: { [score]: change.to } } };
  }
  const payload = { from, to, affinity: 0, trust: 0, facts: [], [score]: change.by };
  return { type: 'RelationshipShifted', payload };
}
