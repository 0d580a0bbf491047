import { type EntityId, isCharacter } from '../ids.ts';
import type { KnownTo, StoryState } from '../state/story.ts';

/**
 * Through whose eyes a story is looked at: one person's, those of everyone present at once (what all of
 * them witnessed), or the full view, which shows everything.
 */
export type Viewpoint =
  | { readonly kind: 'full' }
  | { readonly kind: 'everyone' }
  | { readonly kind: 'person'; readonly person: EntityId };

/** What these eyes could know. */
export interface Eyes {
  readonly kind: Viewpoint['kind'];
  /** Whose they are; nobody's for the full view, and where nobody is present. */
  readonly of: readonly EntityId[];
  /** Whether all of them perceived something. */
  knows(knownTo: KnownTo): boolean;
  /** Whether all of them have met someone, or are them. */
  met(entity: EntityId): boolean;
}

export function eyesOf(story: StoryState, view: Viewpoint): Eyes {
  if (view.kind === 'full') return { kind: 'full', of: [], knows: () => true, met: () => true };
  const of = view.kind === 'person' ? [view.person] : presentPeople(story);
  const every = (test: (person: EntityId) => boolean) => of.length > 0 && of.every(test);
  return {
    kind: view.kind,
    of,
    knows: (knownTo) => knownTo === null || every((person) => knownTo.includes(person)),
    met: (entity) =>
      every((person) => person === entity || story.met[person]?.includes(entity) === true),
  };
}

/** The people who take part and have not left. */
export const presentPeople = (story: StoryState): EntityId[] =>
  Object.values(story.cast).flatMap(({ entity, present }) =>
    present && !isCharacter(entity) ? [entity] : [],
  );
