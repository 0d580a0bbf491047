import { describe, expect, test, vi } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { expectAgreement, owedIn, repliesIn, spokenIn } from '../support/agreement.ts';
import { hastyClock } from '../support/hastyClock.ts';
import { stepped } from '../support/modelServer.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const sends = { method: 'POST', path: /^\/webhooks\/\d+\/[^/]+$/ };
const edits = { method: 'PATCH', path: /\/messages\/\d+$/ };
const LONG = Array.from(
  { length: 60 },
  (_, at) => `Sentence ${at} of a long evening, told slowly.`,
);

const faults: Record<string, (sandbox: Sandbox, match: typeof sends) => unknown> = {
  'a connection that breaks before': ({ faults }, match) => faults.drop(match, 'before'),
  'a connection that breaks after': ({ faults }, match) => faults.drop(match, 'after'),
  'two connections that break after': ({ faults }, match) =>
    faults.drop(match, 'after', { times: 2 }),
  'an error of Discord': ({ faults }, match) => faults.serverError(match),
  'a bad gateway for a while': ({ faults }, match) =>
    faults.serverError(match, { status: 502, times: 4 }),
  'a limit of its own': ({ faults }, match) => faults.rateLimit(match, { retryAfter: 40 }),
  'a shared limit': ({ faults }, match) =>
    faults.rateLimit(match, { retryAfter: 40, scope: 'shared' }),
  'a global limit': ({ faults }, match) =>
    faults.rateLimit(match, { retryAfter: 40, scope: 'global' }),
};

/** A reply that streams, its model's words let out by the test. */
async function streaming(text: string) {
  const tavern = await inTavern({ clock: hastyClock, sandbox: { rateLimits: 'off' } });
  await tavern.begin();
  const { ann, models, store } = tavern;
  const channel = tavern.tavern;
  let asked = 0;
  /** Asks for a reply and gives the hand that lets its words out. */
  const ask = async (words = text) => {
    const steps = stepped();
    models.script({ text: words, steps });
    await ann.say(channel, `Question ${asked}.`);
    await models.request(asked);
    asked += 1;
    return steps;
  };
  const shows = (start: string) =>
    ann.waitFor(channel, ({ content, author }) => author.bot === true && content.startsWith(start));
  /** Resolves when the log holds so many replies and nothing is owed to the channel. */
  const stored = (count: number, where = channel) =>
    vi.waitUntil(() => repliesIn(store, where).length === count && owedIn(store).length === 0, {
      interval: 2,
      timeout: 10_000,
    });
  return { ...tavern, channel, ask, shows, stored };
}

describe('whatever Discord does with a request, the channel ends up showing what the log holds', () => {
  test('when it is the first message', async () => {
    const { ask, stored, sandbox, store, channel } = await streaming('');
    let count = 1;
    for (const [name, arm] of Object.entries(faults)) {
      const steps = await ask(`After ${name}, one two three.`);
      arm(sandbox, sends);
      steps.rest();
      count += 1;
      await stored(count);
      expectAgreement(sandbox, store, channel);
    }
  });

  test('when it is an edit in the middle', async () => {
    const { ask, stored, shows, sandbox, store, channel } = await streaming('');
    let count = 1;
    for (const [name, arm] of Object.entries(faults)) {
      const steps = await ask(`After ${name}, one two three four five six.`);
      steps.next(2);
      await shows(`After ${name.split(' ')[0]}`);
      arm(sandbox, edits);
      steps.next(3);
      await shows(`After ${name.split(' ').slice(0, 3).join(' ')}`);
      steps.rest();
      count += 1;
      await stored(count);
      expectAgreement(sandbox, store, channel);
    }
  });

  test('when it is the last edit', async () => {
    const { ask, stored, shows, sandbox, store, channel } = await streaming('');
    let count = 1;
    for (const [name, arm] of Object.entries(faults)) {
      const steps = await ask(`After ${name}, one two three four five six.`);
      steps.next(2);
      await shows(`After ${name.split(' ')[0]}`);
      arm(sandbox, edits);
      steps.rest();
      count += 1;
      await stored(count);
      expectAgreement(sandbox, store, channel);
    }
  });

  test('when it is the message that goes on where the first is full', async () => {
    const { ask, stored, shows, sandbox, store, channel } = await streaming('');
    let count = 1;
    for (const [name, arm] of Object.entries(faults)) {
      const steps = await ask(`After ${name}. ${LONG.join(' ')}`);
      steps.next(20);
      await shows('After');
      arm(sandbox, sends);
      steps.rest();
      count += 1;
      await stored(count);
      expectAgreement(sandbox, store, channel);
    }
  });
});

describe('while a reply streams', () => {
  const text = `One two three. ${LONG.join(' ')}`;

  test('only its last message can be stopped', async () => {
    const { ask, shows, ann, channel, sandbox, stored } = await streaming(text);
    const steps = await ask();
    steps.next(20);
    await shows('One two');
    steps.next(380);
    await ann.until(() => (spokenIn(sandbox, channel).length === 3 ? true : undefined));
    const [, first, second] = spokenIn(sandbox, channel);
    expect(first && buttonsOf(first).Stop).toBeUndefined();
    expect(second && buttonsOf(second).Stop).toBeDefined();
    steps.rest();
    await stored(2);
  });

  test('a webhook that is deleted gives way to a new one, and the reply is there once', async () => {
    const { ask, shows, stored, sandbox, store, channel } = await streaming(text);
    sandbox.expect({ code: 10015 });
    sandbox.expect({ code: 10008 });
    const steps = await ask();
    steps.next(3);
    const first = await shows('One two');
    sandbox.controls.deleteWebhooks(channel);
    steps.rest();
    await stored(2);
    const spoken = spokenIn(sandbox, channel).slice(1);
    expect(spoken.some(({ id }) => id === first.id)).toBe(false);
    expect(spoken.every(({ author }) => author.username === 'Wenna Tarrant')).toBe(true);
    expect(repliesIn(store, channel).at(-1)).toMatchObject({ text, truncated: false });
    expect(spoken.map(({ content }) => content).join(' ')).toBe(text);
  });

  test('where it may not manage messages, the rest follows what stands', async () => {
    const { ask, shows, stored, sandbox, channel } = await streaming(text);
    sandbox.expect({ code: 10015 });
    sandbox.expect({ code: 10008 });
    sandbox.expect({ code: 50013 });
    sandbox.controls.deny(channel, ['ManageMessages']);
    const steps = await ask();
    steps.next(3);
    const first = await shows('One two');
    sandbox.controls.deleteWebhooks(channel);
    steps.rest();
    await stored(2);
    const spoken = spokenIn(sandbox, channel).slice(1);
    expect(spoken[0]?.id).toBe(first.id);
    expect(spoken.map(({ content }) => content).join(' ')).toBe(text);
  });

  test('without the right to have a webhook the bot goes on, and says once what is missing', async () => {
    const { ask, shows, stored, ann, sandbox, channel } = await streaming('One two three four.');
    sandbox.expect({ code: 10015 });
    const steps = await ask();
    steps.next(2);
    await shows('One');
    sandbox.controls.deny(channel, ['ManageWebhooks']);
    sandbox.controls.deleteWebhooks(channel);
    steps.rest();
    await stored(2);
    expect(spokenIn(sandbox, channel).at(-1)?.content).toBe(
      '**Wenna Tarrant**\nOne two three four.',
    );
    const again = await ask('Five six.');
    again.rest();
    await stored(3);
    const notices = ann.messages(channel).filter(({ content }) => /Manage Webhooks/.test(content));
    expect(notices).toHaveLength(1);
  });

  test('where the bot may no longer write, the log holds what the channel shows', async () => {
    const { ann, begin, models, sandbox, store } = await streaming('');
    sandbox.expect({ code: 50001 });
    const cellar = sandbox.controls.createChannel(sandbox.guild, { name: 'cellar' });
    sandbox.controls.deny(cellar, ['ManageWebhooks']);
    await begin(cellar);
    const steps = stepped();
    models.script({ text: 'One two three four.', steps });
    await ann.say(cellar, 'Count.');
    const request = await models.request(0);
    steps.next(2);
    const shown = await ann.waitFor(cellar, ({ content }) => content.includes('\nOne'));
    sandbox.controls.deny(cellar, ['ViewChannel']);
    steps.next(1);
    expect(await request.over).toBe('abandoned');
    await vi.waitUntil(() => repliesIn(store, cellar).length === 2);
    const last = repliesIn(store, cellar).at(-1);
    expect(last?.truncated).toBe(true);
    expect(shown.content).toBe(`**Wenna Tarrant**\n${last?.text}`);
    // Nothing can be taken away there; when it can be again, it is.
    expect(Object.keys(buttonsOf(spokenIn(sandbox, cellar).at(-1) ?? shown))).toEqual(['Stop']);
    sandbox.controls.allow(cellar, ['ViewChannel']);
    models.script('Five.');
    await ann.say(cellar, 'Go on.');
    await vi.waitUntil(() => repliesIn(store, cellar).length === 3 && owedIn(store).length === 0);
    expectAgreement(sandbox, store, cellar);
  });

  test('an archived thread is opened again for the rest', async () => {
    const { ann, begin, tavern, models, sandbox, store, settled, stored } = await streaming('');
    sandbox.expect({ code: 50083 });
    const thread = (await ann.createThread(tavern, 'Under the bridge')).id;
    await begin(thread);
    const steps = stepped();
    models.script({ text: 'One two three four.', steps });
    await ann.say(thread, 'Count.');
    await models.request(0);
    steps.next(2);
    await ann.waitFor(thread, ({ content }) => content.startsWith('One'));
    sandbox.controls.setThread(thread, { archived: true });
    steps.rest();
    await settled('One two three four.', thread);
    await stored(2, thread);
    expectAgreement(sandbox, store, thread);
  });

  test('a locked thread ends the reply as it stands', async () => {
    const { ann, begin, tavern, models, sandbox, store, house } = await streaming('');
    sandbox.expect({ code: 50083 });
    const thread = (await ann.createThread(tavern, 'Under the bridge')).id;
    await begin(thread);
    const steps = stepped();
    models.script({ text: 'One two three four.', steps });
    await ann.say(thread, 'Count.');
    const request = await models.request(0);
    steps.next(2);
    const shown = await ann.waitFor(thread, ({ content }) => content.startsWith('One'));
    sandbox.controls.setThread(thread, { archived: true, locked: true });
    steps.next(1);
    expect(await request.over).toBe('abandoned');
    await vi.waitUntil(() => repliesIn(store, thread).length === 2);
    expect(repliesIn(store, thread).at(-1)).toMatchObject({
      text: shown.content,
      truncated: true,
    });
    sandbox.controls.setThread(thread, { archived: false, locked: false });
    await house.restart();
    await vi.waitUntil(() => owedIn(store).length === 0);
    expectAgreement(sandbox, store, thread);
  });

  test('a channel that is deleted ends it without a trace', async () => {
    const { ask, shows, sandbox, store, channel, models } = await streaming(text);
    sandbox.expect({ code: 10003 });
    sandbox.expect({ code: 10015 });
    const steps = await ask();
    steps.next(2);
    await shows('One');
    const request = await models.request(0);
    sandbox.controls.deleteChannel(channel);
    expect(await request.over).toBe('abandoned');
    await vi.waitUntil(() => store.chatIn(channel) === null && owedIn(store).length === 0);
  });
});

describe('when the bot', () => {
  test('is stopped in the middle, the reply ends as it stands, shown and stored, and says why', async () => {
    const { ask, shows, house, sandbox, store, channel } = await streaming('One two three four.');
    const steps = await ask();
    steps.next(2);
    await shows('One');
    await house.bot.close();
    expect(repliesIn(store, channel).at(-1)).toMatchObject({ text: 'One two', truncated: true });
    expect(store.jobs().filter(({ kind }) => kind === 'deliver')).toEqual([]);
    expectAgreement(sandbox, store, channel);
    const last = spokenIn(sandbox, channel).at(-1);
    expect(last?.embeds[0]?.description).toMatch(/^Cut off here\. The bot was restarted/);
    await house.restart();
  });

  test('speaks itself, an answer that is lost makes no second message', async () => {
    const { ann, models, sandbox, store, begin, stored } = await streaming('');
    const direct = (await ann.openDirectMessage()).id;
    await begin(direct);
    const post = { method: 'POST', path: /\/channels\/\d+\/messages$/ };
    let count = 1;
    for (const when of ['before', 'after'] as const) {
      sandbox.faults.drop(post, when, { times: 2 });
      models.script(`The answer was lost ${when}.`);
      await ann.say(direct, 'Hello?');
      count += 1;
      await stored(count, direct);
      expectAgreement(sandbox, store, direct);
    }
  });

  test('spoke itself, it edits what it said, though the character has a voice by now', async () => {
    const { ann, models, sandbox, store, begin } = await streaming('');
    const cellar = sandbox.controls.createChannel(sandbox.guild, { name: 'cellar' });
    sandbox.controls.deny(cellar, ['ManageWebhooks']);
    await begin(cellar);
    const steps = stepped();
    models.script({ text: 'One two three.', steps });
    await ann.say(cellar, 'Count.');
    await models.request(0);
    steps.next(2);
    await ann.waitFor(cellar, ({ content }) => content.includes('\nOne'));
    await ann.command(cellar, 'stop');
    await vi.waitUntil(() => owedIn(store).length === 0, { interval: 2 });
    sandbox.controls.allow(cellar, ['ManageWebhooks']);
    models.script('three four.');
    await ann.command(cellar, 'continue');
    await ann.waitFor(
      cellar,
      ({ content, components }) =>
        content === '**Wenna Tarrant**\nOne two three four.' &&
        !JSON.stringify(components).includes('Stop'),
    );
    await vi.waitUntil(() => owedIn(store).length === 0, { interval: 2 });
  });

  test('may not read back, an answer that is lost makes no second message', async () => {
    const { ask, stored, sandbox, store, channel } = await streaming('');
    sandbox.controls.deny(channel, ['ReadMessageHistory']);
    sandbox.faults.drop(sends, 'after', { times: 2 });
    const steps = await ask('Said once.');
    steps.rest();
    await stored(2);
    expectAgreement(sandbox, store, channel);
  });
});
