import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allowanceOf, Pace } from '../../src/discord/pace.ts';

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
    const remaining = Math.max(0, limit - used);
    return { refused: used > limit, allowance: { limit, remaining, resetAt: opens + window } };
  };
}

const paceAt = (now: () => number) => new Pace({ now, sleep: () => Promise.resolve() });
const buckets = [fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1_000, max: 10_000 })] as const;

test('a minute of edits meets no limit, shows at least 0.95 of what is allowed, and never freezes', () => {
  fc.assert(
    fc.property(...buckets, fc.integer({ min: 0, max: 40 }), (limit, window, trip) => {
      let now = 1_000_000;
      const end = now + 60_000;
      const pace = paceAt(() => now);
      const edit = bucket(limit, window);
      const sent: number[] = [];
      pace.begin();
      while (now < end) {
        now += pace.take(false);
        sent.push(now);
        const { refused, allowance } = edit(now);
        expect(refused).toBe(false);
        now += trip;
        pace.learn(allowance);
      }
      const gaps = sent.slice(1).map((at, index) => at - (sent[index] ?? 0));
      expect(Math.max(...gaps)).toBeLessThanOrEqual((1.3 * window) / limit + 2 * trip + 1);
      expect(sent.length).toBeGreaterThanOrEqual(
        Math.floor(0.95 * limit * Math.floor(60_000 / (window + trip))),
      );
    }),
  );
});

test('two streams in one channel take turns', () => {
  fc.assert(
    fc.property(...buckets, (limit, window) => {
      let now = 1_000_000;
      const pace = paceAt(() => now);
      const edit = bucket(limit, window);
      const due = [now + pace.take(false), now + pace.take(false)];
      const edits = [0, 0];
      while (now < 1_060_000) {
        const who = (due[0] ?? 0) <= (due[1] ?? 0) ? 0 : 1;
        now = Math.max(now, due[who] ?? 0);
        pace.learn(edit(now).allowance);
        edits[who] = (edits[who] ?? 0) + 1;
        due[who] = now + pace.take(false);
      }
      expect(Math.abs((edits[0] ?? 0) - (edits[1] ?? 0))).toBeLessThanOrEqual(2);
    }),
  );
});

test('the last edit takes what is left at once', () => {
  const pace = paceAt(() => 0);
  pace.learn({ limit: 5, remaining: 1, resetAt: 4_000 });
  expect(pace.take(false)).toBeGreaterThan(0);
  expect(pace.take(true)).toBe(0);
});

test('nothing is sent before the moment that Discord named, not even the last edit', () => {
  const pace = paceAt(() => 0);
  pace.blocked(1_500);
  expect(pace.take(true)).toBe(1_500);
  expect(pace.take(false)).toBe(1_500);
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
