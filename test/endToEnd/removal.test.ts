import { describe, expect, test, vi } from 'vitest';
import type { RateLimitPlan } from '../../src/sandbox/index.ts';
import { owedIn, repliesIn, spokenIn } from '../support/agreement.ts';
import { hastyClock } from '../support/hastyClock.ts';
import { inTavern } from '../support/tavern.ts';

/** Turns that are said and answered before the rewind, in the long test. */
const TURNS = Number(process.env.TROUPE_REWOUND_TURNS ?? 55);

/** Bulk deletions take no message that is older than 14 days. */
const FIFTEEN_DAYS = 15 * 24 * 60 * 60_000;
const MANY = { limit: 1_000, windowMs: 1_000 };
/** Room for everything but deletions, which are a channel's five in a fifth of a second. */
const FEW_DELETIONS: Partial<RateLimitPlan> = {
  send: MANY,
  edit: MANY,
  webhookExecute: MANY,
  webhookExecuteSlow: MANY,
  webhookEdit: MANY,
  global: MANY,
  other: { limit: 5, windowMs: 200 },
};

/**
 * A story of so many turns and answers, and hands to move it.
 * @param older milliseconds by which the bot takes its messages to be older than they are.
 */
async function played(
  turns: number,
  where: 'channel' | 'direct message' = 'channel',
  { older = 0, rateLimits = 'off' as 'off' | Partial<RateLimitPlan> } = {},
) {
  const clock = { ...hastyClock, now: () => hastyClock.now() + older };
  const tavern = await inTavern({ clock, sandbox: { rateLimits } });
  const { ann, models, store, sandbox, house } = tavern;
  const channel =
    where === 'channel'
      ? sandbox.controls.createChannel(sandbox.guild, { name: 'cellar' })
      : (await ann.openDirectMessage()).id;
  await tavern.begin(channel);
  const chat = store.chatIn(channel) ?? '';
  const idle = () =>
    vi.waitUntil(() => owedIn(store).length === 0, { interval: 2, timeout: 20_000 });
  const say = async (text: string, answer: string) => {
    const before = repliesIn(store, channel).length;
    models.script(answer);
    await ann.say(channel, text);
    await vi.waitUntil(() => repliesIn(store, channel).length > before, {
      interval: 2,
      timeout: 10_000,
    });
    await idle();
  };
  for (let at = 0; at < turns; at += 1) await say(`Said ${at}.`, `Answer ${at}.`);
  const by = {
    person: `user:${ann.user.id}`,
    managesChannels: true,
    managesServer: true,
    roles: [],
  };
  let moves = 0;
  const traveller = () => {
    moves += 1;
    return { by, command: `move:${moves}` };
  };
  const rewind = async (text: string) => {
    const to = repliesIn(store, channel).find((reply) => reply.text === text)?.node ?? '';
    await house.bot.troupe.travel.rewind(chat, to, traveller());
  };
  const undo = () => house.bot.troupe.travel.undo(chat, { kind: 'last' }, traveller());
  const shown = () => sandbox.allMessages(channel).map(({ content }) => content);
  /** Requests that take messages away. */
  const deletions = () =>
    sandbox.requests.filter(
      ({ method, path }) =>
        path.endsWith('/bulk-delete') || (method === 'DELETE' && /messages/.test(path)),
    );
  return { ...tavern, channel, chat, idle, say, rewind, undo, shown, deletions };
}

const DIVIDER = 'nothing is part of the story any more';

describe('what leaves the story', () => {
  test('can come back until the story moves on, then it is taken away in few requests, whatever is killed', async () => {
    const { rewind, undo, shown, say, idle, house, deletions, sandbox, store, chat } =
      await played(TURNS);
    const before = shown();
    await rewind('Answer 1.');
    await idle();
    expect(shown().slice(0, before.length)).toEqual(before);
    expect(shown().at(-1)).toContain(DIVIDER);
    await undo();
    await idle();
    expect(shown()).toEqual(before);
    await rewind('Answer 1.');
    await idle();
    // The connection breaks in the middle of taking them away, and the bot ends there.
    const since = deletions().length;
    sandbox.faults.drop({ method: 'POST', path: /bulk-delete$/ }, 'after');
    await say('Instead.', 'So be it.');
    await house.restart();
    await idle();
    expect(shown().slice(2)).toEqual([
      'Said 0.',
      'Answer 0.',
      'Said 1.',
      'Answer 1.',
      'Instead.',
      'So be it.',
    ]);
    expect(deletions().length - since).toBeLessThanOrEqual(Math.ceil((2 * TURNS) / 100) + 3);
    // Nobody wished for it: what was said is all in the log.
    const kinds = store.load(`chat:${chat}`);
    expect(kinds.some(({ type }) => type === 'TurnRemoved')).toBe(false);
  });

  test('older than 14 days goes one by one and within the limits, and on where the bot was ended', async () => {
    const old = { older: FIFTEEN_DAYS, rateLimits: FEW_DELETIONS };
    const { ann, channel, models, rewind, shown, idle, house, deletions, sandbox } = await played(
      8,
      'channel',
      old,
    );
    sandbox.faults.moveClock(FIFTEEN_DAYS);
    await rewind('Answer 0.');
    await idle();
    const since = deletions().length;
    const gone = () => deletions().length - since;
    models.script('So be it.');
    await ann.say(channel, 'Instead.');
    await vi.waitUntil(() => gone() > 4, { interval: 2, timeout: 5_000 });
    expect(gone()).toBeLessThan(14);
    await house.restart();
    await idle();
    expect(shown().slice(2)).toEqual(['Said 0.', 'Answer 0.', 'Instead.', 'So be it.']);
    expect(
      deletions()
        .slice(since)
        .every(({ method }) => method === 'DELETE'),
    ).toBe(true);
  });

  test('is said again when it comes back after it was taken away', async () => {
    const { house, chat, rewind, say, idle, shown, store, channel, ann } = await played(2);
    const head = store.chat(chat)?.head ?? '';
    await rewind('Answer 0.');
    await idle();
    await say('Instead.', 'So be it.');
    expect(shown()).not.toContain('Answer 1.');
    const [old] = [repliesIn(store, channel).find(({ text }) => text === 'Answer 1.')?.node];
    expect(old).toBe(head);
    const said = store.load(`chat:${chat}`).find((event) => {
      return event.type === 'UserSpoke' && event.payload.text === 'Said 1.';
    });
    await house.bot.troupe.variants.choose({
      channel,
      command: 'choose',
      by: { person: `user:${ann.user.id}`, managesChannels: true, managesServer: true, roles: [] },
      from: null,
      variant: said?.node ?? '',
    });
    await idle();
    const now = shown();
    expect(now.at(-1)).toBe('Answer 1.');
    expect(now.at(-2)).toMatch(/^\*\*.*\*\*\nSaid 1\.$/);
  });

  test('is said again once, though somebody asks for more in the same moment', async () => {
    const { house, rewind, say, idle, shown, store, channel, ann, sandbox, chat } = await played(2);
    const head = store.chat(chat)?.head ?? '';
    await rewind('Answer 0.');
    await idle();
    await say('Instead.', 'So be it.');
    const by = {
      person: `user:${ann.user.id}`,
      managesChannels: true,
      managesServer: true,
      roles: [],
    };
    const said = store.load(`chat:${chat}`).find((event) => {
      return event.type === 'UserSpoke' && event.payload.text === 'Said 1.';
    });
    // Who speaks there is looked up anew by both.
    await house.restart();
    sandbox.faults.latency({ method: 'GET', path: /webhooks$/ }, 100);
    const { variants } = house.bot.troupe;
    await variants.choose({
      channel,
      command: 'choose',
      by,
      from: null,
      variant: said?.node ?? '',
    });
    await house.bot.troupe.goOn(channel, 'go-on', by);
    await idle();
    expect(store.transcript(chat, 100).some(({ node }) => node === head)).toBe(true);
    expect(shown().filter((content) => content.includes('Said 1.'))).toHaveLength(1);
    expect(shown().filter((content) => content.includes('Answer 1.'))).toHaveLength(1);
  });

  test.each(['channel', 'direct message'] as const)(
    'stays below a line where it cannot be taken away, in a %s',
    async (where) => {
      const { rewind, say, idle, shown, sandbox, channel } = await played(2, where);
      if (where === 'channel') sandbox.controls.deny(channel, ['ManageMessages']);
      await rewind('Answer 0.');
      await idle();
      expect(shown().at(-1)).toContain(DIVIDER);
      await say('Instead.', 'So be it.');
      const now = shown().map((content) => content.replace(/^\*\*[^\n]*\*\*\n/, ''));
      expect(now).not.toContain('Answer 1.');
      expect(now).toContain('Said 1.');
      const line = now.findIndex((content) => content.includes(DIVIDER));
      expect(now.indexOf('Said 1.')).toBeLessThan(line);
      expect(now.indexOf('Instead.')).toBeGreaterThan(line);
      expect(spokenIn(sandbox, channel).length).toBeGreaterThan(2);
    },
  );

  test('ends the reply that is being told', async () => {
    const { rewind, idle, shown, ann, channel, models, store } = await played(2);
    models.script({ text: 'A long story with many words.', pace: 40 });
    await ann.say(channel, 'Tell me.');
    await ann.waitFor(channel, ({ content }) => content.startsWith('A long'));
    await rewind('Answer 0.');
    await idle();
    expect(repliesIn(store, channel).at(-1)).toMatchObject({ truncated: true });
    expect(shown().at(-1)).toContain(DIVIDER);
  });
});
