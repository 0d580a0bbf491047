import type { Edit } from '../deciders/editStory.ts';
import type { DomainEvent } from '../event.ts';
import { advanced } from '../events/clockAdvanced.ts';
import type { StoryClock, StoryState } from '../state/story.ts';
import { type Activity, idle, type Settings } from '../world.ts';
import type { Score } from './drawerEdit.ts';

/** One thing that a person changed by hand. */
export interface Done {
  readonly did: Did;
  /** Whom it is about, and to whom that one stands so; empty where it is about nobody. */
  readonly who: string;
  readonly whom: string;
  /** What was there and what came of it, as far as that is noted. */
  readonly values: readonly ValueDone[];
}

/** Its kind; where somebody is, and whether they are awake, are changed by themselves. */
export type Did =
  | Exclude<Edit['type'], 'ActivityChanged'>
  | 'CharacterReset'
  | 'ChatConfigured'
  | 'known'
  | 'doing'
  | 'place'
  | Activity['status'];

/** A value before and after; null where there was none. */
export type ValueDone =
  | { readonly of: Score | 'weight'; readonly before: number | null; readonly after: number }
  | { readonly of: 'clock'; readonly before: StoryClock; readonly after: StoryClock }
  | { readonly of: 'doing'; readonly before: Activity; readonly after: Activity }
  | { readonly of: keyof Settings; readonly before: Settings; readonly after: Settings }
  | { readonly of: 'words'; readonly before: string | null; readonly after: string | null }
  /** What was not there before in any form. */
  | { readonly of: 'new'; readonly after: string };

/**
 * @param event of a step that somebody made by hand, or of settings
 * @param set how the story was set before
 */
export function doneBy(event: DomainEvent, story: StoryState, set: Settings): Done {
  const name = (entity: string) => story.cast[entity]?.name ?? '';
  const [who = '', whom = ''] = aboutWhom(event).map(name);
  return { did: didIn(event), who, whom, values: valuesOf(event, story, set) };
}

function didIn(event: DomainEvent): Did {
  if (event.type === 'ActivityChanged') return didOf(event.payload.changes);
  if (event.type === 'RelationshipSet') {
    const { affinity, trust } = event.payload.changes;
    return affinity === undefined && trust === undefined ? 'known' : event.type;
  }
  // Steps that are made by hand are of no other kind.
  return event.type as Did;
}

function aboutWhom({ type, payload }: DomainEvent): string[] {
  switch (type) {
    case 'EntityEntered':
    case 'EntityLeft':
    case 'SheetUpdated':
    case 'CharacterReset':
    case 'ActivityChanged':
      return [payload.entity];
    case 'RelationshipSeeded':
    case 'RelationshipShifted':
    case 'RelationshipSet':
    case 'RelationshipSummarized':
      return [payload.from, payload.to];
    case 'SceneSummarized':
    case 'MemoryWritten':
      return [payload.owner];
    case 'MemoryRated':
    case 'MemoryPinned':
    case 'MemoryUnpinned':
    case 'MemoryRevised':
    case 'MemoryForgotten':
      return [payload.memory.owner];
    default:
      return [];
  }
}

function didOf(changes: Partial<Activity>): Did {
  const { place, status, ...doing } = changes;
  if (Object.keys(doing).length > 0) return 'doing';
  return place !== undefined ? 'place' : (status ?? 'doing');
}

function valuesOf({ type, payload }: DomainEvent, story: StoryState, set: Settings): ValueDone[] {
  switch (type) {
    case 'ChatConfigured': {
      const after = { ...set, ...payload.settings };
      const changed = Object.keys(payload.settings) as (keyof Settings)[];
      return changed.map((of) => ({ of, before: set, after }));
    }
    case 'ActivityChanged': {
      const { changes } = payload;
      const before = payload.before ?? idle;
      const did = didOf(changes);
      if (did === 'doing') return [{ of: 'doing', before, after: { ...before, ...changes } }];
      if (did !== 'place') return [];
      const named = (place: string | null | undefined) => story.places[place ?? '']?.name ?? null;
      return [{ of: 'words', before: named(before.place), after: named(changes.place) }];
    }
    case 'SceneOpened':
      return [{ of: 'new', after: story.places[payload.place]?.name ?? '' }];
    case 'ClockAdvanced': {
      const { before } = payload;
      return before === undefined
        ? []
        : [{ of: 'clock', before, after: advanced(before, payload) }];
    }
    case 'WeatherChanged':
      return [{ of: 'words', before: payload.before ?? null, after: payload.weather }];
    case 'RelationshipShifted': {
      const { before } = payload;
      if (before === undefined) return [];
      return SCORES.filter((score) => payload[score] !== 0).map((of) => ({
        ...{ of, before: before[of] },
        after: Math.min(100, Math.max(0, before[of] + payload[of])),
      }));
    }
    case 'RelationshipSet': {
      const { changes, before } = payload;
      const { learned = [], unlearned = [] } = changes;
      const scores = SCORES.flatMap((of) => {
        const after = changes[of];
        return after === undefined ? [] : [{ of, before: before?.[of] ?? null, after }];
      });
      const most = Math.max(learned.length, unlearned.length);
      const facts = Array.from({ length: most }, (_, at): ValueDone => {
        const [before = null, after = null] = [unlearned[at], learned[at]];
        return before === null ? { of: 'new', after: after ?? '' } : { of: 'words', before, after };
      });
      return [...scores, ...facts];
    }
    case 'RelationshipSummarized':
      return [{ of: 'words', before: payload.before || null, after: payload.summary || null }];
    case 'SceneSummarized':
    case 'MemoryRevised':
      return [{ of: 'words', before: payload.before, after: payload.text }];
    case 'MemoryRated':
      return [{ of: 'weight', before: payload.before ?? null, after: payload.significance }];
    case 'MemoryForgotten':
      return [{ of: 'words', before: payload.before, after: null }];
    case 'MemoryWritten':
      return [{ of: 'new', after: payload.text }];
    default:
      return [];
  }
}

const SCORES = ['affinity', 'trust'] as const;
