import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GlobalLimit } from '../../src/discord/globalLimit.ts';
import { Lane } from '../../src/discord/lane.ts';
import { allowanceOf, Pace } from '../../src/discord/pace.ts';
import { VirtualClock } from '../support/virtualClock.ts';

const MINUTE = 60_000;

/** A bucket as Discord keeps it: `limit` requests in a window that begins with the first. */
function bucket(limit: number, window: number) {
  let opens = Number.NEGATIVE_INFINITY;
  let used = 0;
  return (now: number) => {
    if (now >= opens + window) {
      opens = now;
      used = 0;
    }
    used += 1;
    expect(used).toBeLessThanOrEqual(limit);
    return { limit, remaining: limit - used, resetAt: opens + window };
  };
}

/** Streams that always have something newer to show, in one lane; gives when each edit arrived. */
async function play(options: {
  limit: number;
  window: number;
  trip: number;
  streams: number;
  for?: number;
}): Promise<number[][]> {
  const { limit, window, trip, streams } = options;
  const clock = new VirtualClock();
  const end = clock.now() + (options.for ?? MINUTE);
  const lane = new Lane(clock, new GlobalLimit(clock));
  const edit = bucket(limit, window);
  const shown = Array.from({ length: streams }, (): number[] => []);
  for (const edits of shown) {
    lane.begin();
    void (async () => {
      while (clock.now() < end) {
        await lane.run({ kind: 'edit', urgent: false }, async () => {
          if (trip > 0) await clock.sleep(trip / 2);
          edits.push(clock.now());
          const allowance = edit(clock.now());
          if (trip > 0) await clock.sleep(trip / 2);
          // The headers say how long; the clock that adds it is that of whoever reads them.
          const late = clock.now() + (allowance.resetAt - (edits.at(-1) ?? 0));
          return { kind: 'edit', allowance: { ...allowance, resetAt: late } };
        });
      }
    })();
  }
  await clock.runUntil(end);
  return shown.map((edits) => edits.filter((at) => at < end));
}

const longestGap = (edits: readonly number[]) =>
  Math.max(...edits.slice(1).map((at, index) => at - (edits[index] ?? 0)));

const buckets = {
  limit: fc.integer({ min: 3, max: 8 }),
  window: fc.integer({ min: 1_500, max: 7_500 }),
};

test('a stream meets no limit, shows at least 0.95 of what is allowed, and never freezes', async () => {
  const cases = fc.record({ ...buckets, trip: fc.integer({ min: 0, max: 30 }) });
  await fc.assert(
    fc.asyncProperty(cases, async ({ limit, window, trip }) => {
      const [edits = []] = await play({ limit, window, trip, streams: 1, for: 5 * window });
      expect(longestGap(edits)).toBeLessThanOrEqual((1.3 * window) / limit + trip);
      expect(edits.length).toBeGreaterThanOrEqual(Math.floor(0.95 * limit * 5));
    }),
    { numRuns: 40 },
  );
});

test('the first pauses are the shortest', async () => {
  const [edits = []] = await play({ limit: 5, window: 5_000, trip: 0, streams: 1, for: 5_000 });
  const gaps = edits.slice(1).map((at, index) => at - (edits[index] ?? 0));
  expect(gaps[0]).toBeLessThan(700);
  expect(gaps[0]).toBeLessThan(gaps[1] ?? 0);
  expect(gaps[1]).toBeLessThan(1_000);
});

test('streams in one channel take turns', async () => {
  const cases = fc.record({ ...buckets, streams: fc.integer({ min: 2, max: 4 }) });
  await fc.assert(
    fc.asyncProperty(cases, async ({ limit, window, streams }) => {
      const span = 6 * window;
      const shown = await play({ limit, window, trip: 10, streams, for: span });
      const even = shown.flat().length / streams;
      for (const edits of shown) {
        expect(Math.abs(edits.length - even)).toBeLessThanOrEqual(2);
        expect(longestGap(edits)).toBeLessThanOrEqual(((1.3 * window) / limit) * streams + 10);
      }
    }),
    { numRuns: 25 },
  );
});

test('45 channels share the global limit, and none starves', async () => {
  const clock = new VirtualClock();
  const end = clock.now() + 10_000;
  const global = new GlobalLimit(clock);
  const sent: number[] = [];
  const shown = Array.from({ length: 45 }, (): number[] => []);
  for (const edits of shown) {
    const lane = new Lane(clock, global);
    const edit = bucket(5, 1_500);
    void (async () => {
      while (clock.now() < end) {
        await lane.run({ kind: 'edit', urgent: false }, async () => {
          edits.push(clock.now());
          sent.push(clock.now());
          return { kind: 'edit', allowance: edit(clock.now()) };
        });
      }
    })();
  }
  await clock.runUntil(end);
  for (const [index, at] of sent.entries()) {
    const within = sent.slice(index).filter((other) => other < at + 1_000);
    expect(within.length).toBeLessThanOrEqual(50);
  }
  const counts = shown.map((edits) => edits.length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  expect(sent.length).toBeGreaterThan(0.8 * 50 * 10);
});

test('the first and the last text go ahead of edits between, of every channel', async () => {
  const clock = new VirtualClock();
  const global = new GlobalLimit(clock);
  const order: string[] = [];
  const ask = (name: string, urgent: boolean) =>
    new Lane(clock, global).run({ kind: 'edit', urgent }, async () => {
      order.push(name);
      return null;
    });
  for (let at = 0; at < 10; at += 1) void ask(`edit ${at}`, false);
  void ask('last', true);
  await clock.runUntil(clock.now() + 2_000);
  expect(order.indexOf('last')).toBeLessThanOrEqual(3);
  expect(order).toHaveLength(11);
});

test('the last edit takes what is left at once', () => {
  const pace = new Pace(new VirtualClock(() => {}, 0));
  pace.learn({ limit: 5, remaining: 1, resetAt: 4_000 }, 0);
  expect(pace.readyAt(false)).toBeGreaterThan(1_000);
  expect(pace.readyAt(true)).toBe(0);
});

test('nothing is sent before the moment that Discord named, not even the last edit', () => {
  const pace = new Pace(new VirtualClock(() => {}, 0));
  pace.blocked(1_500);
  expect(pace.readyAt(true)).toBeGreaterThanOrEqual(1_500);
  expect(pace.readyAt(false)).toBeGreaterThanOrEqual(1_500);
});

test('a turn that is given up while it waits is not taken, and the next one goes', async () => {
  const clock = new VirtualClock(() => {}, 0);
  const lane = new Lane(clock, new GlobalLimit(clock));
  const edit = bucket(2, 5_000);
  const asked: string[] = [];
  const ask = (name: string, signal?: AbortSignal) =>
    lane.run({ kind: 'edit', urgent: false, ...(signal && { signal }) }, async () => {
      asked.push(name);
      return { kind: 'edit', allowance: edit(clock.now()) };
    });
  void ask('first');
  const given = new AbortController();
  const second = ask('second', given.signal);
  void ask('third');
  given.abort();
  expect(await second).toBe(false);
  await clock.runUntil(5_000);
  expect(asked).toEqual(['first', 'third']);
});

test('sends go on while edits wait', async () => {
  const clock = new VirtualClock(() => {}, 0);
  const lane = new Lane(clock, new GlobalLimit(clock));
  await lane.run({ kind: 'edit', urgent: true }, async () => ({
    kind: 'edit',
    allowance: { limit: 5, remaining: 0, resetAt: 5_000 },
  }));
  let sent = false;
  void lane.run({ kind: 'edit', urgent: true }, async () => null);
  void lane.run({ kind: 'send', urgent: false }, async () => {
    sent = true;
    return null;
  });
  await clock.runUntil(100);
  expect(sent).toBe(true);
});

test('an answer without a bucket tells nothing', () => {
  expect(allowanceOf(new Headers(), 0)).toBeNull();
  const headers = new Headers({
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '4',
    'x-ratelimit-reset-after': '1.5',
  });
  expect(allowanceOf(headers, 1_000)).toEqual({ limit: 5, remaining: 4, resetAt: 2_500 });
});
