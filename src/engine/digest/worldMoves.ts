import type { NewEvent, PayloadFor } from '../event.ts';
import { type EntityId, isCharacter, type NodeId, type PlaceId } from '../ids.ts';
import { isAwake, whereIs, witnessesOf } from '../presence.ts';
import type { StoryState } from '../state/story.ts';
import { type Activity, idle, namedPlace } from '../world.ts';
import type { Group } from './covered.ts';
import type { DigestAnswer } from './digestParts.ts';
import { type Handles, oneLine } from './question.ts';

/** Story time that one digest lets pass at most, in minutes: a year. */
const MOST_MINUTES = 366 * 24 * 60;
const MOST_HELD = 10;

type World = Pick<DigestAnswer, 'activities' | 'scene' | 'minutes' | 'weather'>;
type Move = Pick<NewEvent, 'type' | 'payload'>;
interface ActivityMove {
  readonly type: 'ActivityChanged';
  readonly payload: PayloadFor<'ActivityChanged'>;
}

/**
 * How the world moves by what those saw who perceived the most.
 *
 * @param node the digest's, which names what it makes.
 * @param byHand at a close by hand, which no signal opens again.
 */
export function worldMoves(
  answer: World,
  story: StoryState,
  {
    node,
    group,
    handles,
    byHand,
  }: {
    readonly node: NodeId;
    readonly group: Group;
    readonly handles: Handles;
    readonly byHand: boolean;
  },
): Move[] {
  const places = new Places(story, node);
  const asked = answer.activities.flatMap((each) => {
    const entity = handles.entity(each.who);
    return entity === null ? [] : activityMove(each, entity, story, places);
  });
  const activities = leavesAlone(story, asked, group) ? asked.flatMap(stayingPut) : asked;
  const minutes = Math.min(MOST_MINUTES, Math.max(0, Math.round(answer.minutes)));
  const weather = cut(answer.weather, 200);
  const scene = byHand ? [] : sceneMoves(answer.scene, story, places, group, handles);
  const been = new Set<PlaceId | null | undefined>([
    ...activities.map(({ payload }) => payload.changes.place),
    ...scene.map((move) => ('place' in move.payload ? (move.payload.place as PlaceId) : null)),
  ]);
  return [
    ...places.created.filter(({ payload }) => been.has(payload.id)),
    ...activities,
    ...(minutes > 0 ? [{ type: 'ClockAdvanced', payload: { minutes, anchor: null } } as Move] : []),
    ...(weather !== null && weather !== story.weather
      ? [{ type: 'WeatherChanged', payload: { weather } } as Move]
      : []),
    ...scene,
  ];
}

/** The places of a story by their names; one that it does not know comes to be. */
class Places {
  readonly created: { type: 'PlaceCreated'; payload: PayloadFor<'PlaceCreated'> }[] = [];
  readonly #known: Map<string, PlaceId>;
  readonly #node: NodeId;

  constructor(story: StoryState, node: NodeId) {
    this.#node = node;
    const known = Object.entries(story.places);
    this.#known = new Map(known.map(([id, { name }]) => [plain(name), id]));
  }

  find(given: string | null): PlaceId | null {
    const name = cut(given, 100);
    if (name === null || plain(name) === '') return null;
    const known = this.#known.get(plain(name));
    if (known !== undefined) return known;
    const id = `place:${this.#node.slice(0, 60)}-${this.created.length + 1}`;
    this.#known.set(plain(name), id);
    this.created.push({ type: 'PlaceCreated', payload: { id, place: namedPlace(name) } });
    return id;
  }
}

/** "The Kitchen" and "kitchen" are one place. */
const plain = (name: string): string => oneLine(name.toLowerCase()).replace(/^(the|an?) /, '');

function activityMove(
  each: World['activities'][number],
  entity: EntityId,
  story: StoryState,
  places: Places,
): ActivityMove[] {
  const before = story.activities[entity] ?? idle;
  const action = cut(each.action, 200);
  const place = each.status === 'away' ? null : places.find(each.place);
  const back = each.status === 'awake' && before.status === 'away' && place === null;
  const asked: Partial<Activity> = {
    ...given('posture', cut(each.posture, 100)),
    ...given('attention', cut(each.attention, 200)),
    ...given('status', each.status),
    ...given('place', back ? story.at : place),
    ...(each.status === 'away' ? { place: null } : {}),
    ...(each.holding === null ? {} : { holding: heldOf(each.holding) }),
    ...(action === null ? {} : { action: { ...DOING, verb: action } }),
  };
  // Where in a place someone is ends with being there.
  if (asked.place !== undefined && asked.place !== before.place) asked.slot = null;
  const changes = Object.fromEntries(
    Object.entries(asked).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof Activity]),
    ),
  );
  if (Object.keys(changes).length === 0) return [];
  const known = story.activities[entity] ?? null;
  return [{ type: 'ActivityChanged', payload: { entity, changes, before: known } }];
}

/**
 * Whether somebody who had a character to talk to would have none. Nobody would answer then, so nothing
 * would ever be said that brings them together again: people part by hand, or with the scene.
 */
function leavesAlone(
  story: StoryState,
  moves: readonly ActivityMove[],
  { members }: Group,
): boolean {
  const activities = { ...story.activities };
  for (const { payload } of moves) {
    activities[payload.entity] = { ...(activities[payload.entity] ?? idle), ...payload.changes };
  }
  const after = { ...story, activities };
  const isHeard = (at: StoryState, by: EntityId) =>
    witnessesOf(at, { by, to: null }).some((each) => each !== by && isCharacter(each));
  return members.some(
    (entity) =>
      !isCharacter(entity) &&
      isAwake(after, entity) &&
      isHeard(story, entity) &&
      !isHeard(after, entity),
  );
}

/** What someone does, without going anywhere or to sleep for it. */
function stayingPut({ type, payload }: ActivityMove): ActivityMove[] {
  const { place: _place, status: _status, slot: _slot, ...changes } = payload.changes;
  if (Object.keys(changes).length === 0) return [];
  return [{ type, payload: { ...payload, changes } }];
}

const DOING = { interruptible: true, attentionNeeded: 'some', expectedDuration: null } as const;

const heldOf = (things: readonly string[]): string[] =>
  things.flatMap((thing) => cut(thing, 100) ?? []).slice(0, MOST_HELD);

const given = <K extends keyof Activity>(key: K, value: Activity[K] | null): Partial<Activity> =>
  value === null ? {} : { [key]: value };

/**
 * A scene ends by a sign of it. Where people went on to another place, or to a later time, the next one
 * opens there; where it was merely over, the next one opens with the next that is said.
 */
function sceneMoves(
  scene: World['scene'],
  story: StoryState,
  places: Places,
  { members }: Group,
  handles: Handles,
): Move[] {
  const here = story.scene?.place ?? story.at;
  const there = scene.ends === 'moved' ? places.find(scene.place) : null;
  const moved = there !== null && there !== story.scene?.place;
  const present = (entity: EntityId) => isAwake(story, entity) && whereIs(story, entity) === here;
  const goes = scene.with.flatMap((who) => handles.entity(who) ?? []);
  const named = moved ? goes.filter((entity) => story.cast[entity]?.present) : [];
  // Whoever perceived less is left behind where people move on, and is still there where they do not.
  const staying = (moved ? members : Object.keys(story.cast)).filter(present);
  // Nobody is taken where no character comes along.
  const participants = named.some(isCharacter) ? named : staying;
  const open = (place: PlaceId): Move => ({
    type: 'SceneOpened',
    payload: {
      place,
      time: cut(scene.time, 100) ?? '',
      opening: cut(scene.opening, 300) ?? '',
      participants,
    },
  });
  if (story.scene === null) {
    const place = there ?? here;
    return place === null || scene.ends === 'done' ? [] : [open(place)];
  }
  const significance = Math.min(3, Math.max(0, Math.round(scene.significance)));
  const close: Move = { type: 'SceneClosed', payload: { significance } };
  if (moved) return [close, open(there)];
  if (scene.ends === 'done') return [close];
  return scene.ends === 'time' ? [close, open(story.scene.place)] : [];
}

/** A text within its kind's length; null where it is blank. */
function cut(text: string | null, most: number): string | null {
  const line = oneLine(text ?? '')
    .slice(0, most)
    .trim();
  return line === '' ? null : line;
}
