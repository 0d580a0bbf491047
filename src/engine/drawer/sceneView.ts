import type { EntityId, NodeId, PlaceId } from '../ids.ts';
import { companyOf, isAwake, whereIs } from '../presence.ts';
import type { StoryClock, StoryState } from '../state/story.ts';
import type { Activity } from '../world.ts';
import type { Eyes } from './viewpoint.ts';

/** Somebody, and what they do as far as that is seen. */
export interface MemberSeen {
  readonly entity: EntityId;
  readonly name: string;
  /** Null for who is not seen, and for who does nothing in particular. */
  readonly activity: Activity | null;
  /** Where they are, where that is not the place of the view; null where it is, or is not known. */
  readonly elsewhere: string | null;
}

/** Where the story is, when, and who does what there. */
export interface SceneView {
  readonly isOpen: boolean;
  readonly place: {
    readonly id: PlaceId;
    readonly name: string;
    readonly type: string | null;
  } | null;
  /** How the open scene began; null for who was not there then. */
  readonly scene: {
    readonly id: NodeId;
    readonly time: string;
    readonly opening: string;
    readonly startedAt: number;
  } | null;
  readonly clock: StoryClock;
  readonly weather: string | null;
  readonly here: readonly MemberSeen[];
  /** Heard from there, not seen. */
  readonly near: readonly MemberSeen[];
  /** Everyone else in the story: a name is no secret, what they do is. */
  readonly others: readonly MemberSeen[];
}

export function sceneView(story: StoryState, eyes: Eyes): SceneView {
  const { scene, clock } = story;
  const at = placeOf(story, eyes);
  const here = membersSeen(story, eyes, at);
  const near = nearOf(story, eyes).filter((entity) => !here.includes(entity));
  const wasThere = scene !== null && eyes.knows(scene.participants);
  const place = at === null ? undefined : story.places[at];
  const isFull = eyes.kind === 'full';
  const member = (entity: EntityId, isSeen: boolean): MemberSeen => {
    const where = isFull ? whereIs(story, entity) : null;
    return {
      entity,
      name: story.cast[entity]?.name ?? '',
      activity: isSeen ? (story.activities[entity] ?? null) : null,
      elsewhere: where === null || where === at ? null : (story.places[where]?.name ?? null),
    };
  };
  const seen = new Set([...here, ...near]);
  return {
    isOpen: scene !== null,
    place:
      at === null || place === undefined ? null : { id: at, name: place.name, type: place.type },
    scene: wasThere
      ? { id: scene.id, time: scene.time, opening: scene.opening, startedAt: scene.startedAt }
      : null,
    clock,
    weather: isFull || feelsWeather(story, eyes) ? story.weather : null,
    here: here.map((entity) => member(entity, true)),
    near: near.map((entity) => member(entity, false)),
    others: Object.keys(story.cast)
      .filter((entity) => !seen.has(entity))
      .map((entity) => member(entity, isFull)),
  };
}

/** The place that all of them are in; null where they are in several, or nowhere. */
function placeOf(story: StoryState, eyes: Eyes): PlaceId | null {
  if (eyes.kind === 'full') return story.scene?.place ?? story.at;
  const places = new Set(
    eyes.of.map((person) => (isThere(story, person) ? whereIs(story, person) : null)),
  );
  const [only = null] = places;
  return places.size === 1 ? only : null;
}

/** Who is seen by all of them, themselves included. */
function membersSeen(story: StoryState, eyes: Eyes, at: PlaceId | null): EntityId[] {
  if (eyes.kind === 'full') {
    return Object.values(story.cast)
      .filter(({ entity, present }) => present && isHere(story, entity, at))
      .map(({ entity }) => entity);
  }
  const seen = eyes.of.map((person) => {
    const self = isThere(story, person) ? [person] : [];
    return new Set([...self, ...companyOf(story, person).here]);
  });
  return Object.keys(story.cast).filter(
    (entity) => seen.length > 0 && seen.every((each) => each.has(entity)),
  );
}

function nearOf(story: StoryState, { of }: Eyes): EntityId[] {
  const near = of.map((person) => new Set(companyOf(story, person).near));
  return Object.keys(story.cast).filter(
    (entity) => near.length > 0 && near.every((each) => each.has(entity)),
  );
}

const isHere = (story: StoryState, entity: EntityId, at: PlaceId | null): boolean =>
  whereIs(story, entity) === at && story.activities[entity]?.status !== 'away';

/** Whoever sleeps still knows where, and what they do themselves. */
const isThere = (story: StoryState, person: EntityId): boolean =>
  story.cast[person]?.present === true;

const feelsWeather = (story: StoryState, { of }: Eyes): boolean =>
  of.length > 0 &&
  of.every((person) => isAwake(story, person) && whereIs(story, person) === story.at);
