import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../../src/app/ports/store.ts';
import { replayChat } from '../../src/ops/replayChat.ts';
import { asIfFresh, leaks, seen } from './compare.ts';
import type { Draw } from './material.ts';
import { Play } from './play.ts';

let sequences = 0;

/** A small generator of numbers, the same for the same seed (mulberry32). */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  };
}

/**
 * Plays one random sequence and compares every chat of it with the fresh chat.
 * @returns what differs; null when nothing does.
 */
export async function sequence(store: Store, seed: number, steps: number): Promise<object | null> {
  const draw = drawFrom(seed);
  const play = new Play(store, `N${sequences++}`, draw);
  await play.begin();
  for (let step = 0; step < steps; step += 1) await play.step();
  for (const id of play.ids) {
    const early = leaks(play, id, seen(play, id));
    if (early.length > 0) return { seed, id, how: 'before it was derived anew', leaked: early };
    await play.settle(id);
    const expected = await asIfFresh(play, id, `F${sequences++}`);
    for (const how of ['grown', 'loaded'] as const) {
      if (how === 'loaded') play.restart();
      const actual = JSON.parse(JSON.stringify(seen(play, id)));
      if (!isDeepStrictEqual(actual, expected)) return { seed, id, how, actual, expected };
      const leaked = leaks(play, id, actual);
      if (leaked.length > 0) return { seed, id, how, leaked, actual };
    }
    const replay = replayChat(store, id, { now: Date.now, sleep: () => Promise.resolve() });
    if (replay === null || replay.differences.length > 0) return { seed, id, replay };
  }
  return null;
}
