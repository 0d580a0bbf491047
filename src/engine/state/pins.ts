import type { EntityId } from '../ids.ts';
import type { MemoryKey } from '../world.ts';
import type { Pin, StoryState } from './story.ts';

export const MAX_PINS = 8;
/** A memory of this significance pins itself. */
const PINS_ITSELF = 3;

export const isSame = (a: MemoryKey, b: MemoryKey): boolean =>
  a.node === b.node && a.owner === b.owner;

/**
 * Pins a memory. When all pins are taken, the least significant, then oldest, of those that pinned
 * themselves gives way; where all are held by hand, one more by itself finds no room.
 */
export function withPin(state: StoryState, pin: Pin): StoryState {
  const { owner } = pin.memory;
  const before = state.pins[owner] ?? [];
  const known = before.findIndex((each) => isSame(each.memory, pin.memory));
  if (known >= 0) {
    const byHand = pin.byHand || before[known]?.byHand === true;
    return set(state, owner, before.with(known, { ...pin, byHand }));
  }
  const after = [...before, pin];
  if (after.length <= MAX_PINS) return set(state, owner, after);
  const weakest = after.reduce<Pin | null>(
    (found, each) =>
      each.byHand || (found !== null && found.significance <= each.significance) ? found : each,
    null,
  );
  return weakest === null
    ? state
    : set(
        state,
        owner,
        after.filter((each) => each !== weakest),
      );
}

/** Takes a pin away, where there is one. */
export function withoutPin(state: StoryState, memory: MemoryKey): StoryState {
  const before = state.pins[memory.owner];
  if (!before?.some((each) => isSame(each.memory, memory))) return state;
  return set(
    state,
    memory.owner,
    before.filter((each) => !isSame(each.memory, memory)),
  );
}

/** A memory's significance became known or changed: it may pin itself, or lose a pin of its own. */
export function withSignificance(
  state: StoryState,
  memory: MemoryKey,
  significance: number,
): StoryState {
  const pin = state.pins[memory.owner]?.find((each) => isSame(each.memory, memory));
  if (significance >= PINS_ITSELF || pin?.byHand) {
    return withPin(state, { memory, significance, byHand: pin?.byHand ?? false });
  }
  return withoutPin(state, memory);
}

const set = (state: StoryState, owner: EntityId, pins: readonly Pin[]): StoryState => ({
  ...state,
  pins: { ...state.pins, [owner]: pins },
});
