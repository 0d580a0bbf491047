import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Model } from '../../src/app/ports/model.ts';
import { drawnPlan, type RateLimitPlan } from '../../src/sandbox/rateLimits.ts';
import { expectAgreement, owedIn, repliesIn, spokenIn } from '../support/agreement.ts';
import { seeded } from '../support/seeded.ts';
import { inTavern } from '../support/tavern.ts';
import { VirtualClock } from '../support/virtualClock.ts';

/** How long each reply streams, in milliseconds; a word comes every so often. */
const LASTS = 40_000;
const WORD_EVERY = 70;

// discord.js counts its own limits by Date.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** The playhouse in virtual time, with a model that talks steadily in it. */
async function inTime(plan: Partial<RateLimitPlan> | 'discord', lasts = LASTS) {
  const clock = new VirtualClock((now) => vi.setSystemTime(now));
  const model = (): Model => ({
    async *stream({ format }, signal) {
      const ended = { kind: 'end', finish: 'stop', model: 'steady', usage: null } as const;
      if (format !== undefined) {
        // Whoever keeps the records of the story finds nothing in it.
        yield { kind: 'text', text: '{}' };
        return yield ended;
      }
      const end = clock.now() + lasts;
      for (let count = 0; clock.now() < end; count += 1) {
        // Short sentences: a message that fills up ends with one, and waits for its end.
        yield { kind: 'text', text: `Word${count}. ` };
        await clock.sleep(WORD_EVERY, signal);
      }
      yield ended;
    },
  });
  const playing = inTavern({ clock, model, sandbox: { clock, rateLimits: plan } });
  let settled = false;
  let requests = () => 0;
  /** Lets time pass until it is done. */
  const during = async <T>(work: Promise<T>): Promise<T> => {
    settled = false;
    const done = () => {
      settled = true;
    };
    work.then(done, done);
    while (!settled) await clock.runUntil(clock.now() + 20, requests);
    return await work;
  };
  const tavern = await during(playing);
  requests = () => tavern.sandbox.requests.length;
  const { store, sandbox } = tavern;
  /** Lets time pass until these channels hold so many replies, shown and settled. */
  const until = async (count: number, channels: readonly string[]) => {
    const due = clock.now() + 2 * lasts;
    const done = () =>
      owedIn(store).length === 0 &&
      channels.every((channel) => repliesIn(store, channel).length === count);
    while (!done() && clock.now() < due) await clock.runUntil(clock.now() + 100, requests);
    expect(done()).toBe(true);
  };
  /** When a channel's reply was changed: by edits, and by edits and further messages. */
  const changesIn = (channel: string, since: number) => {
    const spoken = spokenIn(sandbox, channel).slice(1);
    const own = new Set(spoken.map(({ id }) => id));
    const edits = sandbox.requests
      .filter(({ method, path, at }) => {
        return method === 'PATCH' && at < since + lasts && own.has(path.split('/').at(-1) ?? '');
      })
      .map(({ at }) => at);
    const sends = spoken.map(({ timestamp }) => Date.parse(timestamp));
    return { edits, all: [...sends, ...edits].sort((a, b) => a - b) };
  };
  return { ...tavern, clock, during, until, changesIn };
}

const longestGap = (edits: readonly number[]) =>
  Math.max(...edits.slice(1).map((at, index) => at - (edits[index] ?? 0)));

describe.each([1, 2, 3, 4, 5, 6])('with limits as drawn by seed %i', (seed) => {
  const plan = drawnPlan(seeded(seed));
  const allowed = ({ limit, windowMs }: { limit: number; windowMs: number }) =>
    Math.floor(0.95 * limit * Math.floor(LASTS / windowMs));

  test.each(['webhook', 'bot'])(
    'a stream of the %s meets none, uses its own up and never freezes',
    async (by) => {
      const { ann, tavern, begin, during, until, changesIn, sandbox, store, clock } =
        await inTime(plan);
      if (by === 'bot') sandbox.controls.deny(tavern, ['ManageWebhooks']);
      await during(begin());
      await until(1, [tavern]);
      const since = clock.now();
      await ann.say(tavern, 'Talk to me.');
      await until(2, [tavern]);
      const bucket = by === 'bot' ? plan.edit : plan.webhookEdit;
      const { edits, all } = changesIn(tavern, since);
      expect(edits.length).toBeGreaterThanOrEqual(allowed(bucket));
      expect(longestGap(all)).toBeLessThanOrEqual((1.3 * bucket.windowMs) / bucket.limit);
      expectAgreement(sandbox, store, tavern);
    },
  );

  test('streams that share a webhook take turns', async () => {
    const { ann, tavern, begin, during, until, changesIn, store, sandbox, clock } =
      await inTime(plan);
    const threads: string[] = [];
    for (const name of ['Attic', 'Cellar']) {
      const { id } = await ann.createThread(tavern, name);
      await during(begin(id));
      threads.push(id);
    }
    await until(1, threads);
    const since = clock.now();
    for (const thread of threads) await ann.say(thread, 'Talk to me.');
    await until(2, threads);
    const { limit, windowMs } = plan.webhookEdit;
    const shown = threads.map((thread) => changesIn(thread, since));
    const half = shown.flatMap(({ edits }) => edits).length / 2;
    for (const { edits, all } of shown) {
      expect(Math.abs(edits.length - half)).toBeLessThanOrEqual(2);
      expect(longestGap(all)).toBeLessThanOrEqual((1.3 * windowMs * 2) / limit);
    }
    expect(half * 2).toBeGreaterThanOrEqual(allowed(plan.webhookEdit));
    for (const thread of threads) expectAgreement(sandbox, store, thread);
  });
});

test('45 channels stream at once under the global limit, and none starves', async () => {
  const lasts = 8_000;
  const { ann, begin, during, until, changesIn, store, sandbox, clock } = await inTime(
    { webhookEdit: { limit: 5, windowMs: 3_000 } },
    lasts,
  );
  const channels: string[] = [];
  for (let at = 0; at < 45; at += 1) {
    channels.push(sandbox.controls.createChannel(sandbox.guild, { name: `room-${at}` }));
  }
  for (const channel of channels) await during(begin(channel));
  await until(1, channels);
  const since = clock.now();
  for (const channel of channels) await ann.say(channel, 'Talk to me.');
  await until(2, channels);
  const shown = channels.map((channel) => changesIn(channel, since));
  const counts = shown.map(({ edits }) => edits.length);
  // 5 in 3 s each would be 75 a second: what there is, is shared.
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(Math.max(...counts) - 2);
  const changes = shown.reduce((sum, { all }) => sum + all.length, 0);
  expect(changes).toBeGreaterThanOrEqual(0.75 * 50 * 8);
  for (const { all } of shown) expect(longestGap(all)).toBeLessThanOrEqual(2_000);
  for (const channel of channels) expectAgreement(sandbox, store, channel);
});
