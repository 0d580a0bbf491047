import type { APIMessage } from 'discord.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Model } from '../../src/app/ports/model.ts';
import { openDrawer } from '../support/drawerHand.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';
import { VirtualClock } from '../support/virtualClock.ts';

const MINUTE = 60_000;

// discord.js counts its own limits by Date.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const isPanel = ({ content }: APIMessage) => content.startsWith('-# Shown here by');
const weatherOf = ({ embeds }: APIMessage): string =>
  embeds[0]?.fields?.find(({ name }) => name === 'Weather')?.value ?? '';

test('a live panel follows its story in time, within limits, past an hour, a restart and a farewell', async () => {
  const clock = new VirtualClock((now) => vi.setSystemTime(now));
  let requests = () => 0;
  const during = async <T>(work: Promise<T>): Promise<T> => {
    let settled = false;
    const done = () => {
      settled = true;
    };
    work.then(done, done);
    while (!settled) await clock.runUntil(clock.now() + 20, requests);
    return await work;
  };
  // Speaks for half a minute, with the bot's own voice: it shares what it may send with the panel.
  const model = (): Model => ({
    async *stream(_request, signal) {
      for (let count = 0; count < 300; count += 1) {
        yield { kind: 'text', text: `Word${count}. ` };
        await clock.sleep(100, signal);
      }
      yield { kind: 'end', finish: 'stop', model: 'steady', usage: null };
    },
  });
  const tavern = await during(
    inTavern({ clock, model, sandbox: { clock, rateLimits: 'discord' } }),
  );
  const { ann, house, sandbox, store, begin, tavern: channel } = tavern;
  requests = () => sandbox.requests.length;
  sandbox.controls.deny(channel, ['ManageWebhooks']);
  await during(begin());
  const chat = store.chatIn(channel) ?? '';
  const by = { person: `user:${ann.id}`, managesChannels: true, managesServer: true, roles: [] };
  let made = 0;
  const change = () => {
    made += 1;
    const command = `w${made}`;
    return during(house.bot.troupe.world.weather(chat, `Rain ${made}`, { command, by }));
  };
  const panels = () => ann.messages(channel, { limit: 100 }).filter(isPanel);
  const drawer = await during(openDrawer(ann, channel));
  const pin = () => during(drawer.click('Pin here'));
  await pin();
  // Pressed again, it is the same panel.
  await during(drawer.fits((message) => 'Unpin' in buttonsOf(message)));
  expect(panels()).toHaveLength(1);
  const [panel] = panels();
  expect(store.panels.all().map(({ message }) => message)).toEqual([panel?.id]);

  const since = clock.now();
  const messages = ann.messages(channel, { limit: 100 }).length;
  await ann.say(channel, 'Talk to me.');
  const changedAt: number[] = [];
  let oldest = 0;
  for (let second = 0; second < 600; second += 1) {
    await change();
    changedAt[made] = clock.now();
    await clock.runUntil(since + (second + 1) * 1_000, requests);
    const shown = Number(/\d+/.exec(weatherOf(panels()[0] as APIMessage))?.[0] ?? 0);
    const next = changedAt[shown + 1] ?? clock.now();
    oldest = Math.max(oldest, clock.now() - next);
  }
  const edits = sandbox.requests.filter(
    ({ method, path }) => method === 'PATCH' && path.endsWith(panel?.id ?? ''),
  );
  const gaps = edits.slice(1).map(({ at }, index) => at - (edits[index]?.at ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(5_000);
  expect(edits.length).toBeGreaterThanOrEqual(90);
  expect(oldest).toBeLessThanOrEqual(10_000);
  // One panel, and besides it what was said and the answer to that, in as many messages as it takes.
  expect(panels()).toHaveLength(1);
  expect(ann.messages(channel, { limit: 100 }).length - messages).toBeLessThanOrEqual(4);

  // Discord limits edits of messages older than an hour: it stands anew before, and once.
  await clock.runUntil(clock.now() + 50 * MINUTE, requests);
  await change();
  await clock.runUntil(clock.now() + 10_000, requests);
  expect(panels()).toHaveLength(1);
  expect(panels()[0]?.id).not.toBe(panel?.id);
  expect(weatherOf(panels()[0] as APIMessage)).toBe(`Rain ${made}`);

  // Found again after a restart.
  await during(house.restart());
  await change();
  await clock.runUntil(clock.now() + 10_000, requests);
  expect(panels().map(weatherOf)).toEqual([`Rain ${made}`]);

  // Deleted, it is unpinned; and a panel leaves the channel with its story.
  await ann.delete(panels()[0] as APIMessage);
  await clock.runUntil(clock.now() + 100, requests);
  expect(store.panels.all()).toEqual([]);
  const again = await during(openDrawer(ann, channel));
  await during(again.click('Pin here'));
  expect(panels()).toHaveLength(1);
  await during(ann.command(channel, 'chat archive'));
  const asks = (message: APIMessage) => 'Put it away' in buttonsOf(message);
  const question = await during(ann.waitFor(channel, asks));
  await during(ann.click(question, buttonsOf(question)['Put it away'] ?? ''));
  await clock.runUntil(clock.now() + 10_000, requests);
  expect(panels()).toEqual([]);
  expect(store.panels.all()).toEqual([]);
});
