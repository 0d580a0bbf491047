import type { EntityId, PlaceId } from './ids.ts';
import { type StoryState, withMember } from './state/story.ts';
import { idle } from './world.ts';

/** Who a turn comes from, and whom alone it is meant for; null for everyone who can perceive it. */
export interface Uttered {
  readonly by: EntityId;
  readonly to: EntityId | null;
}

/** Where someone is; null where nobody has said so yet. Who has not come in yet comes where the story is. */
export const whereIs = (story: StoryState, entity: EntityId): PlaceId | null =>
  story.cast[entity] === undefined ? story.at : (story.activities[entity]?.place ?? null);

/** Whether someone is in the story, and not asleep or away. */
export const isAwake = (story: StoryState, entity: EntityId): boolean =>
  story.cast[entity]?.present === true && (story.activities[entity] ?? idle).status === 'awake';

/**
 * Everyone who perceives what is said or done as the story stands, whoever does it included: those who
 * are awake in the same place or within its audible range. A whisper reaches its target alone.
 */
export function witnessesOf(story: StoryState, { by, to }: Uttered): EntityId[] {
  return Object.keys(story.cast).filter((entity) => {
    if (entity === by) return true;
    if (to !== null && entity !== to) return false;
    return isAwake(story, entity) && isHeard(story, by, entity);
  });
}

/** Whether what `by` does where it is reaches the place where `entity` is. */
function isHeard(story: StoryState, by: EntityId, entity: EntityId): boolean {
  const [from, at] = [whereIs(story, by), whereIs(story, entity)];
  const range = from === null ? 'here' : (story.places[from]?.audible ?? 'here');
  if (from === at) {
    return range !== 'close' || story.activities[by]?.slot === story.activities[entity]?.slot;
  }
  if (from === null || at === null || range !== 'around') return false;
  const [source, other] = [story.places[from]?.parent ?? null, story.places[at]?.parent ?? null];
  return source === at || other === from || (source !== null && source === other);
}

/** Those whom someone perceives: in the same place, and within earshot of it. Nobody while it is not awake. */
export function companyOf(
  story: StoryState,
  entity: EntityId,
): { readonly here: readonly EntityId[]; readonly near: readonly EntityId[] } {
  if (!isAwake(story, entity)) return { here: [], near: [] };
  const others = Object.keys(story.cast).filter(
    (other) =>
      other !== entity &&
      story.cast[other]?.present === true &&
      story.activities[other]?.status !== 'away',
  );
  const at = whereIs(story, entity);
  return {
    here: others.filter((other) => whereIs(story, other) === at),
    near: others.filter((other) => whereIs(story, other) !== at && isHeard(story, other, entity)),
  };
}

/** Puts people somewhere, awake. */
export function withPlace(
  story: StoryState,
  entities: readonly EntityId[],
  place: PlaceId | null,
): StoryState {
  const activities = { ...story.activities };
  for (const entity of entities) {
    activities[entity] = { ...(activities[entity] ?? idle), place, status: 'awake' };
  }
  return { ...story, activities };
}

/** Whoever speaks is there, awake, whatever was thought of it: a person comes back by speaking. */
export function withSpeaker(story: StoryState, entity: EntityId): StoryState {
  if (story.cast[entity] === undefined || isAwake(story, entity)) return story;
  const back = withMember(story, entity, { present: true });
  // Who had left comes back to where the story is; who slept wakes up where they were.
  const place = story.cast[entity]?.present ? (whereIs(story, entity) ?? story.at) : story.at;
  return withPlace(back, [entity], place);
}
